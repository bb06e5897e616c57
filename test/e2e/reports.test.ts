import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'
import { seriousFindings } from './seriousFindings.ts'

describe('a report, written by keyboard', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole({ reducedMotion: 'reduce' })
    const { api, go, page } = app
    const spec = {
      name: 'A run to write about',
      environment: { kind: 'typedLatent' as const, users: 60, items: 600 },
      traffic: { users: 60 },
      agent: { kind: 'drn' as const, pretrainSteps: 50 },
    }
    const run = await api.call('runs.start', { spec, seed: 3 })
    for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'finished') break
    }
    await go(`/runs/${run}/results`)
    await page.getByRole('button', { name: 'Report', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/reports\/1$/)
    await page.getByRole('button', { name: /^Move “Health”/ }).waitFor()
  })
  afterAll(() => app.close())

  const preview = () => app.page.frameLocator('iframe')
  const titles = () => preview().locator('h2').allInnerTexts()
  const saved = () => app.page.locator('.state.saved').waitFor()

  it('moves blocks, takes changes back and shows them at once', async () => {
    const { page } = app
    const before = await titles()
    expect(before[2]).toContain('Health')
    await page.getByRole('button', { name: /^Move “Health”/ }).focus()
    await page.keyboard.press('Home')
    await page.getByText('“Health” is now at place 1').waitFor({ state: 'attached' })
    await preview().locator('section:first-of-type h2', { hasText: 'Health' }).waitFor()
    const took = await page.locator('[data-took]').getAttribute('data-took')
    console.info(`report: preview ${took} ms after a move`)
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(
      /^Move “Health”, place 1/,
    )
    await page.keyboard.press('Control+z')
    await preview().locator('section:first-of-type h2', { hasText: 'Question' }).waitFor()
    expect(await titles()).toEqual(before)
  })

  it('has text of its own, and exports exactly what it previews', async () => {
    const { page, api } = app
    await page.getByRole('button', { name: 'Add a block' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter') // the first entry is a text
    await page.keyboard.type('# Our reading\nKeep **Q** <b>for now</b>.')
    await preview().getByText('Our reading').waitFor()
    await saved()
    await page.getByRole('button', { name: 'Undo' }).focus()
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')])
    const file = await readFile(await download.path(), 'utf8')
    expect(file).toBe(await page.locator('iframe').getAttribute('srcdoc'))
    expect(file).toContain('Keep <strong>Q</strong> &lt;b&gt;for now&lt;/b&gt;.')
    const [row] = await api.call('reports.list', {})
    expect(row!.lastExport).toMatchObject({ format: 'html', name: 'a-run-to-write-about.html' })
    await page.getByText(row!.lastExport!.sha256.slice(0, 12)).waitFor()
  })

  it('has no serious finding of axe, on the list and on the editor', async () => {
    const { page, go } = app
    for (const route of ['/reports/1', '/reports?new=1']) {
      await go(route)
      await page.locator('h1').waitFor()
      await page.waitForTimeout(300)
      // the page in the frame has a test of its own
      expect(await seriousFindings(page), route).toEqual([])
    }
    expect(app.problems).toEqual([])
  })
})
