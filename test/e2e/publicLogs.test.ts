import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labelNotes } from '#core/labelNotes'
import { openConsole, type Console } from './openConsole.ts'

const data = resolve(import.meta.dirname, '../../../shared/data')
const hasData = existsSync(data)
if (!hasData) console.info(`no data at ${data}: public logs are not run from the window`)

describe.skipIf(!hasData)('a public log, from the file to the report, in the window alone', () => {
  let c: Console
  beforeAll(async () => {
    c = await openConsole()
  })
  afterAll(() => c.close())

  const fill = (path: string, value: number) =>
    c.page.locator(`[data-field="${path}"]`).getByRole('textbox').fill(String(value))

  async function bringIn(name: string, files: readonly string[]) {
    await c.go('/data')
    const input = c.page.locator('input[type=file]').first()
    await input.setInputFiles(files.map((file) => join(data, file)))
    await c.page.getByLabel('Name of the dataset').fill(name)
    await c.page.getByRole('button', { name: 'Import', exact: true }).click()
    await c.page.getByText(`${name} imported:`).waitFor({ timeout: 30_000 })
    await c.go(`/data?show=${name}`)
    await c.page.getByRole('heading', { name, exact: true }).waitFor()
  }

  /** By the dataset's own button to Setup, smaller, and on to the end of the run. */
  async function launch(name: string, design: string, users: number, steps: number) {
    await c.go('/data')
    const row = c.page.getByRole('row', { name: new RegExp(name) })
    await row.getByRole('link', { name: design, exact: true }).click()
    await c.page.getByText('ready to launch').waitFor()
    await fill('traffic.users', users)
    await c.page.getByRole('button', { name: 'more settings' }).first().click()
    await fill('agent.pretrainSteps', steps)
    await c.page.getByText('ready to launch').waitFor()
    await c.page.getByRole('button', { name: 'Lock plan and launch' }).click()
    await c.page.locator('.page-head').getByText('Finished').waitFor({ timeout: 60_000 })
  }

  it('MIND is imported with its news, and says what its labels can show', async () => {
    await bringIn('MIND', ['mind-sample/behaviors.tsv', 'mind-sample/news.tsv'])
    for (const note of labelNotes('impressions', 'en')) await c.page.getByText(note).waitFor()
    await c.page.getByText('5,000 impressions of 4,637 users').first().waitFor()
  })

  it.each([
    ['Explore', /^Q|Undecided|undecided/],
    ['Duel', /DDQN|Popularity|ndecided/],
  ] as const)('MIND: %s from launch to an exported report', async (design, headline) => {
    const { page } = c
    await launch('MIND', design, 200, 40)
    await page.getByRole('link', { name: 'Results', exact: true }).click()
    await page.locator('.headline').waitFor()
    expect(await page.locator('.headline').innerText()).toMatch(headline)
    expect(await page.locator('.provenance').innerText()).toContain('MIND')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as HTML' }).click()
    const report = await readFile(await (await saved).path(), 'utf8')
    for (const note of labelNotes('impressions', 'en')) expect(report).toContain(note)
    expect(report).not.toMatch(/NaN|undefined/)
    const [row] = await c.api.call('runs.list', {})
    const { summary } = await c.api.call('runs.get', { run: row!.id })
    expect(summary!.delta.low).toBeLessThan(summary!.delta.high!)
  })

  it('MIND: Train from launch to a saved model, and says that nothing is compared', async () => {
    const { page } = c
    await launch('MIND', 'Train', 200, 20)
    await page.getByText('Nothing was compared').waitFor()
    await page.getByRole('button', { name: 'Save as model' }).click()
    await page.waitForURL(/#\/models\?show=1/)
    await page.locator('[data-test="model"]').getByText('MIND').first().waitFor()
  })

  it('wrote no error', () => {
    expect(c.problems).toEqual([])
  })
})
