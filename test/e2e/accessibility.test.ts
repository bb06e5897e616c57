import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportId, RunId } from '#core/contract/ids'
import { openConsole, type Console } from './openConsole.ts'
import { seriousFindings } from './seriousFindings.ts'

/** What WCAG 2.2 AA asks; the rest of axe is advice. */
const criteria = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const routes = (run: RunId, report: ReportId) => [
  '/',
  '/experiments',
  '/experiments?fold=0&sel=1',
  `/compare?runs=${run}`,
  '/new',
  `/runs/${run}/plan`,
  `/runs/${run}/live`,
  `/runs/${run}/results`,
  ...['segments', 'places', 'drift&items=served', 'health', 'raw'].map(
    (view) => `/runs/${run}/results?view=${view}`,
  ),
  `/runs/${run}/networks`,
  `/runs/${run}/impressions?i=7&step=3`,
  `/runs/${run}/users?user=3`,
  `/runs/${run}/log`,
  `/runs/${run}/live?tour=2`,
  '/models?model=1',
  '/models/train',
  '/trees',
  '/reports',
  `/reports/${report}`,
  '/simulator',
  '/simulator/world',
  '/simulator/drift',
  '/simulator/peek-lab',
  '/data',
  '/data/log-analysis',
  '/data/off-policy',
  '/learn',
  '/settings',
  '/nowhere',
]

/** What scrolls sideways though it is the page itself, or neither a table nor drawn. */
const sideways = (page: Page) =>
  page.evaluate(() => {
    const main = document.querySelector('main')!
    const isWide = (box: Element) =>
      box.querySelector('table, canvas, .heads') !== null || // heads: of rows drawn in sight
      [...box.querySelectorAll('svg')].some((svg) => svg.clientWidth > 60)
    const boxes = [document.documentElement, main, ...main.querySelectorAll('.card')]
    return boxes
      .filter((box) => box.scrollWidth > box.clientWidth + 1)
      .filter((box) => !box.matches('.card') || !isWide(box))
      .map((box) => `${box.className || box.tagName} ${box.scrollWidth} in ${box.clientWidth}`)
  })

describe('accessibility of every route', () => {
  let app: Console
  let run: RunId
  let report: ReportId

  beforeAll(async () => {
    app = await openConsole({ reducedMotion: 'reduce' })
    const { api } = app
    const spec = {
      name: 'A run to look at',
      environment: { kind: 'typedLatent' as const, users: 60, items: 600 },
      traffic: { users: 60 },
      agent: { kind: 'drn' as const, pretrainSteps: 50 },
    }
    run = await api.call('runs.start', { spec, seed: 3 })
    for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'failed') break
    }
    expect((await api.call('runs.get', { run })).state).toBe('finished')
    await api.call('models.saveFromRun', { run, side: 0, name: null })
    const sources = [{ kind: 'run' as const, id: run }]
    report = await api.call('reports.create', { template: 'standard', sources, language: 'en' })
  })
  afterAll(() => app.close())

  // each theme and each language once: no colour depends on the language
  it.each([
    ['light', 'en'],
    ['dark', 'zh-CN'],
  ] as const)('has no serious finding in %s, %s', async (theme, language) => {
    const { page, api, go } = app
    await api.call('settings.set', { theme, language })
    const found: string[] = []
    const { width, height } = page.viewportSize()!
    await go('/')
    await page.reload()
    for (const route of routes(run, report)) {
      await go(route)
      await page.locator('h1, .say').first().waitFor()
      await page.waitForTimeout(250)
      for (const finding of await seriousFindings(page, criteria)) found.push(`${route} ${finding}`)
      // reflow (WCAG 1.4.10): at 320 px, which is 400 % zoom, only tables and charts scroll sideways
      if (theme === 'light') {
        await page.setViewportSize({ width: 320, height: 640 })
        found.push(...(await sideways(page)).map((what) => `${route} at 320 px: ${what}`))
        await page.setViewportSize({ width, height })
      }
      found.push(...(await sideways(page)).map((what) => `${route}: ${what}`))
      expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|\bfields\.|setup\./)
    }
    expect(found).toEqual([])
  })
})
