import { existsSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunSummary } from '#core/run/summary'
import { logRows } from '../support/logText.ts'
import { openConsole, type Console } from './openConsole.ts'
import { seriousFindings } from './seriousFindings.ts'

const run = promisify(execFile)
const bootstrap = resolve(import.meta.dirname, '../../electron/bootstrap.mjs')

const movieLens = resolve(import.meta.dirname, '../../../shared/data/ml-100k/u.data')
const hasMovieLens = existsSync(movieLens)
if (!hasMovieLens) console.info(`MovieLens 100K is not at ${movieLens}: its import is not tested`)

/** 60 users × 40 of 80 items; likes follow parity. `extra` is put among them. */
function ratings(extra: readonly string[] = []): Buffer {
  const lines = ['user,item,rating,time']
  for (let user = 1; user <= 60; user++) {
    for (let i = 0; i < 40; i++) {
      const item = 1 + ((user * 7 + i * 3) % 80)
      const rating = item % 2 === user % 2 ? 4 + (i % 2) : 1 + (i % 3)
      lines.push(`${user},${item},${rating},${880_000_000 + user * 1000 + i}`)
    }
  }
  lines.splice(5, 0, ...extra)
  return Buffer.from(lines.join('\n'))
}

describe('ratings, from a file to a duel on them', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  type SomeFile = string | { name: string; buffer: Buffer }

  async function chooseFile(file: SomeFile) {
    const { page, go } = app
    await go('/data')
    const input = page.locator('input[type=file]')
    await input.setInputFiles(typeof file === 'string' ? file : { ...file, mimeType: 'text/csv' })
  }

  async function importFile(file: SomeFile, as: string) {
    const { page } = app
    await chooseFile(file)
    await page.getByLabel('Name of the dataset').fill(as)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
  }

  it('names every row that can not be read, and imports nothing of that file', async () => {
    const { page, api } = app
    const bad = ratings(['3,4,excellent,880000000', '3,5'])
    await importFile({ name: 'bad.csv', buffer: bad }, 'Bad')
    await page.getByText('bad.csv was not imported; the workspace is as before.').waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save these rows' }).click()
    const rejects = await readFile(await (await saved).path(), 'utf8')
    expect(rejects.trim().split('\n')).toHaveLength(3)
    expect(rejects).toContain('3,4,excellent,880000000')
    const rows = page.getByRole('region', { name: 'Rows that can not be read' })
    expect(await rows.innerText()).toContain('line 6, rating')
    expect(await rows.innerText()).toContain('line 7')
    expect(await api.call('datasets.list', {})).toEqual([])
  })

  it('imports what is sound and says which ratings came twice', async () => {
    const { page, api } = app
    const [, first = ''] = ratings().toString().split('\n')
    await importFile({ name: 'small.csv', buffer: ratings([first, first]) }, 'Small')
    await page.getByText('Small imported: 2,400 ratings of 60 users and 80 items.').waitFor()
    const problems = page.getByRole('region', { name: 'Rows that were left out' })
    expect(await problems.getByRole('row').count()).toBe(3)
    const [meta] = await api.call('datasets.list', {})
    expect(meta).toMatchObject({ name: 'Small', users: 60, items: 80, rows: 2400, hasTime: true })
  })

  it('refuses a file that is none and leaves the workspace as it was', async () => {
    const { page, api } = app
    await chooseFile({ name: 'poem.txt', buffer: Buffer.from('shall I compare thee\n') })
    await page.getByText(/poem\.txt was not imported/).waitFor()
    expect(await api.call('datasets.list', {})).toHaveLength(1)
  })

  it('shows what a dataset holds, keeps a note, and says the same content is there already', async () => {
    const { page, api } = app
    const [, first = ''] = ratings().toString().split('\n')
    await importFile({ name: 'small.csv', buffer: ratings([first, first]) }, 'Small')
    await page.getByText(/^Nothing to do: Small has this content already/).waitFor()
    await page.getByRole('table').getByRole('link', { name: 'Show Small' }).click()
    const detail = page.getByRole('region', { name: 'Small', exact: true })
    await detail.getByLabel('Licence and notes').fill('made up for a test')
    await detail.getByRole('button', { name: 'Save' }).click()
    await detail.getByText('Saved').waitFor()
    expect(await api.call('datasets.get', { name: 'Small' })).toMatchObject({
      note: 'made up for a test',
      uses: [],
    })
    expect(await detail.getByRole('img', { name: /rating: 0.0.% missing/ }).count()).toBe(1)
    expect(await seriousFindings(app.page)).toEqual([])
  })

  it('asks what the columns of an unknown table are, and remembers it', async () => {
    const { page, api } = app
    const lines = logRows().map((row) => Object.values(row).slice(0, 7).join(','))
    const buffer = Buffer.from(['Liste,Mensch,Zeit,Platz,Ding,Seite,Klick', ...lines].join('\n'))
    await chooseFile({ name: 'ours.csv', buffer })
    await page.getByText('Of no known format: say what its columns are').waitFor()
    expect(await seriousFindings(app.page)).toEqual([])
    const fields = ['impression', 'user', 'time', 'position', 'item', 'team', 'click']
    for (const [i, column] of [
      'Liste',
      'Mensch',
      'Zeit',
      'Platz',
      'Ding',
      'Seite',
      'Klick',
    ].entries()) {
      await page.getByLabel(`Field: ${column}`).selectOption(fields[i]!)
    }
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText(/^ours imported: 200 impressions of 40 users/).waitFor()
    const { meta } = await api.call('datasets.get', { name: 'ours' })
    expect(meta).toMatchObject({ kind: 'interleaving', rows: 800 })
    await chooseFile({ name: 'again.csv', buffer })
    await page.getByText('Mapped as the last file with these columns').waitFor()
  })

  it('runs a duel on the imported ratings to a verdict', async () => {
    const { page, go } = app
    await go('/new?dataset=Small')
    const field = (path: string) => page.locator(`[data-field="${path}"]`)
    await field('traffic.users').getByRole('textbox').fill('60')
    await field('traffic.poolSize').getByRole('textbox').fill('30')
    await page.getByText('ready to launch').waitFor()
    expect(await field('environment.dataset').getByRole('combobox').inputValue()).toBe('Small')
    await page.getByRole('button', { name: 'Lock plan and launch' }).click()
    await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 120_000 })
    await page.getByRole('link', { name: 'Results', exact: true }).click()
    expect((await page.locator('.headline').innerText()).length).toBeGreaterThan(10)
    expect(await page.locator('.provenance').innerText()).toContain('Small')
  })

  it.skipIf(!hasMovieLens)('imports MovieLens 100K whole', async () => {
    const { page } = app
    expect((await readFile(movieLens)).length).toBeGreaterThan(1_900_000)
    await importFile(movieLens, 'MovieLens 100K')
    await page
      .getByText('MovieLens 100K imported: 100,000 ratings of 943 users and 1,682 items.')
      .waitFor({ timeout: 60_000 })
  })

  it.skipIf(!hasMovieLens)(
    'runs DRN on MovieLens from the window, and to the same digest on the command line',
    async () => {
      const { page, go, api } = app
      await go('/new?dataset=MovieLens%20100K')
      const field = (path: string) => page.locator(`[data-field="${path}"]`)
      await field('traffic.users').getByRole('textbox').fill('300')
      await page.getByText('ready to launch').waitFor()
      await page.getByRole('button', { name: 'Lock plan and launch' }).click()
      await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 120_000 })
      const [row] = await api.call('runs.list', {})
      const { spec, seed, summary } = await api.call('runs.get', { run: row!.id })
      expect(spec.environment).toMatchObject({ kind: 'ratings', dataset: 'MovieLens 100K' })

      const folder = await mkdtemp(join(tmpdir(), 'duelist-cli-'))
      try {
        const file = join(folder, 'spec.json')
        await writeFile(file, JSON.stringify(spec))
        const db = ['--db', join(folder, 'workspace.duelist')]
        const duelist = async (...args: string[]) =>
          (await run(process.execPath, [bootstrap, ...args, ...db])).stdout
        await duelist('import', movieLens, '--as', 'MovieLens 100K')
        const events = await duelist('run', file, '--seed', String(seed), '--json')
        const lines = events.trim().split('\n')
        const last = JSON.parse(lines[lines.length - 1]!) as { summary: RunSummary }
        expect(last.summary.digest).toBe(summary!.digest)
        const ctr = (id: string) => last.summary.arms.find((arm) => arm.id === id)!.ctr
        expect(ctr('q').low!).toBeGreaterThan(ctr('random').high!)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  )

  it('wrote no error', () => {
    expect(app.problems).toEqual([])
  })
})
