import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportId, RunId } from '#core/contract'
import { places, runTabs } from '#renderer/places'
import { complaint, type Mood } from '../support/moodyWire.ts'
import { openConsole, type Console } from './openConsole.ts'

/** Without these there is no page at all. */
const frame = ['app.info', 'app.events', 'settings.get', 'settings.set', 'runs.list']
/** Without these a run's page shows its own state, whatever the tab. */
const ofRun = ['runs.get', 'runs.watch']
/** Pages that ask for nothing beyond that: all they show is there already. */
const askNothing = ['plan', 'live', 'compare']
/** Pages that have something to show in a workspace without anything. */
const neverEmpty = ['setup', 'world', 'learn', 'settings']

/** Pages that wait for something that is not in sight. */
const waitUnseen = ['experiments', 'results']

const pages = places.flatMap(({ views }) => views)
const bad = /\bNaN\b|\bundefined\b|\[object |\b(?:states|machine|tour|run)\.[a-z]\w/

/** What a page says about itself. */
const stateOf = (page: Page) =>
  page.evaluate(() => {
    const visible = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(`main ${selector}`)].filter((element) =>
        element.checkVisibility({ opacityProperty: true }),
      ).length
    return {
      text: document.body.innerText,
      skeletons: visible('.skeleton'),
      errors: visible('[data-test="error-state"]'),
    }
  })

describe('the states of every page', () => {
  let app: Console
  let run: RunId
  let report: ReportId
  let loads = 0
  let kept: readonly string[] = frame
  let mood: Mood | Promise<Mood> = 'answer'

  beforeAll(async () => {
    const moods = (name: string) => (kept.includes(name) ? 'answer' : mood)
    app = await openConsole({ reducedMotion: 'reduce' }, undefined, moods)
  })
  afterAll(() => app.close())

  /** Loads the page anew: nothing of what another one has read is there. */
  async function open(route: string): Promise<void> {
    const { origin } = new URL(app.page.url())
    await app.page.goto(`${origin}/?${++loads}#${route}`)
    await app.page.locator('main :is(h1, h2, .say, .skeleton, [role="alert"])').first().waitFor()
  }

  it('say in a fresh workspace what is missing, and promise nothing', async () => {
    for (const { name, path } of pages.filter(({ path }) => !path.includes(':'))) {
      await open(path)
      const filled = neverEmpty.includes(name) ? 'h1' : '.empty'
      await app.page
        .locator(`main ${filled}`)
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => expect.fail(`${name} shows nothing`))
      await app.page.waitForFunction(() => !document.querySelector('main .skeleton'))
      const { text, errors } = await stateOf(app.page)
      expect([name, text]).toEqual([name, expect.not.stringMatching(bad)])
      expect([name, errors]).toEqual([name, 0])
    }
  })

  it('wait with bars, say what failed, and get over it by a retry', async () => {
    const { api, page } = app
    const spec = {
      name: 'A run to look at',
      environment: { kind: 'typedLatent' as const, users: 40, items: 300, ratingsPerUser: 60 },
      traffic: { users: 40 },
      agent: { kind: 'drn' as const, pretrainSteps: 20 },
    }
    run = await api.call('runs.start', { spec, seed: 3 })
    for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'failed') break
    }
    const sources = [{ kind: 'run' as const, id: run }]
    report = await api.call('reports.create', { template: 'standard', sources, language: 'en' })
    kept = [...frame, ...ofRun]
    const routes = [
      ...pages.map(({ name, path }) => ({ name, path: path.replace(/:report.*/, String(report)) })),
      ...runTabs.map(({ name }) => ({ name, path: `/runs/${run}/${name}` })),
    ].filter(({ name }) => !askNothing.includes(name))
    for (const { name, path } of routes) {
      const held = Promise.withResolvers<Mood>()
      mood = held.promise
      await open(path)
      if (!waitUnseen.includes(name)) {
        await page
          .locator('main .skeleton')
          .first()
          .waitFor({ timeout: 10_000 })
          .catch(() => expect.fail(`${name} shows nothing while it waits`))
      }
      const waiting = await stateOf(page)
      expect([name, waiting.errors]).toEqual([name, 0])
      expect([name, waiting.text]).toEqual([name, expect.not.stringMatching(bad)])

      mood = 'fail'
      held.resolve('fail')
      const error = page.locator('[data-test="error-state"]').first()
      await error
        .waitFor({ timeout: 10_000 })
        .catch(() => expect.fail(`${name} does not say that it failed`))
      expect(await error.innerText()).toContain(complaint)
      const failed = await stateOf(page)
      expect([name, failed.skeletons]).toEqual([name, 0])
      expect([name, failed.text]).toEqual([name, expect.not.stringMatching(bad)])

      mood = 'answer'
      const retry = error.getByRole('button', { name: 'Try again' })
      for (let left = 6; left > 0 && (await error.isVisible()); left--) {
        await retry.click({ timeout: 500 }).catch(() => undefined)
        await page.waitForTimeout(100)
      }
      await error
        .waitFor({ state: 'detached', timeout: 5000 })
        .catch(() => expect.fail(`${name} does not get over it`))
    }
  })

  it('do so when the run itself can not be read', async () => {
    kept = frame
    mood = 'fail'
    await open(`/runs/${run}/live`)
    const error = app.page.locator('[data-test="error-state"]').first()
    await error.waitFor()
    mood = 'answer'
    await error.getByRole('button', { name: 'Try again' }).click()
    await app.page.locator('.hero').waitFor()
    await error.waitFor({ state: 'detached' })
  })
})
