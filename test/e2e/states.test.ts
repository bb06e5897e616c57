import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportId, RunId, StudyId } from '#core/contract/ids'
import { verdict } from '#core/stats/verdict'
import { connect } from '#db/open'
import { createStore } from '#db/store'
import type { StudyKind } from '#core/study/index'
import { places, runTabs } from '#renderer/places'
import { contestSpec } from '../support/contestSpec.ts'
import { TAG, taggedProcesses } from '../support/taggedProcesses.ts'
import { complaint, type Mood } from '../support/moodyWire.ts'
import { decisionsCsv, interleavedCsv } from './logFiles.ts'
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

/** A table of ratings; another one for another `shift`. */
function ratings(shift: number): string {
  const lines = ['user,item,rating,time']
  for (let user = 1; user <= 60; user++) {
    for (let i = 0; i < 40; i++) {
      const item = 1 + ((user * 7 + i * 3) % 80)
      const likes = item % 2 === (user + shift) % 2
      lines.push([user, item, likes ? 4 + (i % 2) : 1 + (i % 3), 880_000_000 + i].join())
    }
  }
  return lines.join('\n')
}

/** Not one of the browser's processes. */
const isJob = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker/job')

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
  const tag = randomUUID() // of the job processes
  let app: Console
  let workspace: string
  let run: RunId
  let report: ReportId
  let loads = 0
  let kept: readonly string[] = frame
  let mood: Mood | Promise<Mood> = 'answer'

  beforeAll(async () => {
    const moods = (name: string) => (kept.includes(name) ? 'answer' : mood)
    process.env[TAG] = tag
    const fill = (path: string) => {
      workspace = path
      return Promise.resolve()
    }
    app = await openConsole({ reducedMotion: 'reduce' }, fill, moods)
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
    const detail = await api.call('runs.get', { run })
    kept = [...frame, ...ofRun]
    const routes = [
      ...pages.map(({ name, path }) => ({ name, path: path.replace(/:report.*/, String(report)) })),
      ...runTabs
        .filter(({ shows }) => !shows || shows(detail))
        .map(({ name }) => ({ name, path: `/runs/${run}/${name}` })),
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

  it.runIf(process.platform === 'linux')(
    'tell that the engine crashed, and that it goes on to the same result',
    async () => {
      const { api, page } = app
      kept = frame
      mood = 'answer'
      const spec = {
        name: 'A run that is killed',
        environment: { kind: 'typedLatent' as const, users: 120, items: 300, ratingsPerUser: 60 },
        traffic: { users: 120, impressionsPerUser: 25 },
        agent: { kind: 'drn' as const, pretrainSteps: 20 },
      }
      const whole = await api.call('runs.start', { spec, seed: 5 })
      const digestOf = async (id: RunId) =>
        (await api.call('runs.get', { run: id })).summary!.digest
      for await (const frames of api.stream('runs.watch', { run: whole, afterStep: -1 })) {
        if (frames.at(-1)?.state === 'finished') break
      }
      const killed = await api.call('runs.start', { spec, seed: 5 })
      await app.go(`/runs/${killed}/live`)
      for await (const frames of api.stream('runs.watch', { run: killed, afterStep: -1 })) {
        if (frames.at(-1)!.done > 300) break
      }
      for (const pid of taggedProcesses(tag).filter(isJob)) process.kill(pid, 'SIGKILL')
      const told = page.locator('[data-test="restarted"]')
      await told.waitFor()
      expect(await told.innerText()).toContain('The engine crashed and was started again.')
      expect(await told.innerText()).toMatch(/ended with signal SIGKILL after batch \d+ \(\d+ of/)
      await told.getByRole('link', { name: 'Open the log' }).click()
      await page.getByRole('cell', { name: 'crashed, restarted' }).waitFor()
      for await (const frames of api.stream('runs.watch', { run: killed, afterStep: -1 })) {
        if (frames.at(-1)?.state === 'finished') break
      }
      await told.waitFor({ state: 'detached' })
      expect(await digestOf(killed)).toBe(await digestOf(whole))
    },
  )

  it('withhold a verdict that a check blocks, everywhere, and name no side', async () => {
    const { api, page } = app
    const spec = { ...contestSpec('duel', ['popularity', 'random'], 200), name: 'Out of balance' }
    const [first, second] = [1, 2].map((seed) => api.call('runs.start', { spec, seed }))
    const [bad, good] = [await first!, await second!]
    for (const id of [bad, good]) {
      for await (const frames of api.stream('runs.watch', { run: id, afterStep: -1 })) {
        if (frames.at(-1)?.state === 'finished') break
      }
    }
    // as a broken draft would leave it: what follows from the totals is as the engine says it
    const store = createStore(connect(workspace))
    const stored = store.runs.get(bad)!.summary!
    const blocked = { value: 2.4e-7, level: 'block' as const }
    const health = stored.health.map((check) =>
      check.id === 'firstPickFairness' ? { ...check, ...blocked } : check,
    )
    const { state, reason, usersStillNeeded, differenceExists } = verdict({
      blocking: health.filter(({ level }) => level === 'block').map(({ id }) => id),
      configChanged: false,
      users: stored.usersVoting,
      delta: stored.delta.value,
      interval: { low: stored.delta.low!, high: stored.delta.high! },
      equivalence: 0.01,
      horizon: null,
    })
    const found = { state, reason, usersStillNeeded, differenceExists }
    store.summarise(bad, { ...stored, health, verdict: found })
    store.close()

    const why = 'No verdict: first picks are out of balance'
    const side = /is preferred|is better/
    // a hue of a team, among what stands for the effect
    const hued = (within: string) =>
      page.locator(within).evaluate((root) => {
        const probe = document.createElement('i')
        root.append(probe)
        const hues = ['--a', '--b', '--a-text', '--b-text'].map((name) => {
          probe.style.color = `var(${name})`
          return getComputedStyle(probe).color
        })
        probe.remove()
        return [...root.querySelectorAll('svg *')].filter((mark) => {
          const { fill, stroke } = getComputedStyle(mark)
          return hues.includes(fill) || hues.includes(stroke)
        }).length
      })
    const hatched = (within: string) => page.locator(`${within} [stroke-dasharray]`).count()
    const withheld = page.locator('[data-test="withheld"]')

    await open(`/runs/${bad}/results`)
    await withheld.waitFor()
    const card = page.locator('section.verdict')
    expect(await card.innerText()).toContain(why)
    expect(await card.innerText()).not.toMatch(side)
    expect(await hued('section.verdict')).toBe(0)
    expect(await hatched('section.verdict')).toBe(1)
    const [box, banner] = [await card.boundingBox(), await withheld.boundingBox()]
    expect(box!.y).toBeGreaterThan(banner!.y + banner!.height)
    await withheld.getByRole('link', { name: 'See causes' }).click()
    await page.waitForURL(/view=health/)
    await app.go(`/runs/${bad}/live`)
    await page.locator('.hero').getByText(why).waitFor()
    expect(await withheld.count()).toBe(1)

    await app.go('/experiments')
    await page.getByRole('row').filter({ hasText: 'Out of balance' }).first().waitFor()
    await page.getByText('a check blocks the verdict').first().waitFor()
    expect(await hatched('tr:has-text("Out of balance") td.bar')).toBeGreaterThan(0)
    await app.go(`/compare?runs=${bad}.${good}`)
    await page.getByRole('button', { name: 'Show the seeds apart' }).click()
    await page.locator('main').getByRole('table').first().waitFor()
    expect(await hatched('main table')).toBeGreaterThan(0)
    await app.go('/')
    const inbox = page.getByRole('region', { name: 'Health inbox' })
    await inbox.getByText('First picks').waitFor()
    const { text } = await api.call('reports.render', { run: bad, format: 'html', language: 'en' })
    const [, main = ''] = text.split('</head>')
    expect(main).toContain(`✕ ${why}`)
    expect(main).not.toMatch(side)
    const [forest = ''] = /<svg[\s\S]*?<\/svg>/.exec(main.slice(main.indexOf('<h1'))) ?? []
    expect(forest.match(/stroke-dasharray="4 3"/g)?.length).toBe(4) // every engine's interval
  })

  it('tell that the engine is gone, and go on by themselves when it answers', async () => {
    const { api, page } = app
    kept = frame
    mood = 'answer'
    const sockets: WebSocketRoute[] = []
    let isDown = false
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      if (isDown) {
        void socket.close()
        return
      }
      socket.connectToServer()
      sockets.push(socket)
    })
    const spec = { ...contestSpec('duel', ['popularity', 'random'], 200), name: 'Followed' }
    const followed = await api.call('runs.start', { spec, seed: 8 })
    await api.call('runs.pause', { run: followed })
    await open('/experiments')
    const filter = page.getByPlaceholder(/^Name, seed/)
    await filter.fill('Follow')
    isDown = true
    for (const socket of sockets.splice(0)) await socket.close()
    const lost = page.getByRole('alert').filter({ hasText: 'The engine has gone away' })
    await lost.waitFor()
    expect(await page.getByRole('link', { name: 'Followed' }).count()).toBe(1) // as of then
    await page.waitForTimeout(700) // a try that fails
    await api.call('runs.resume', { run: followed })
    for await (const frames of api.stream('runs.watch', { run: followed, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'finished') break
    }
    isDown = false
    await lost.waitFor({ state: 'detached' })
    const row = page.getByRole('row').filter({ hasText: 'Followed' })
    await row.getByText('Finished').waitFor()
    expect(await filter.inputValue()).toBe('Follow') // what was typed is there

    const again = await api.call('runs.start', { spec, seed: 9 })
    await api.call('runs.pause', { run: again })
    await app.go(`/runs/${again}/live`)
    await page.locator('.hero').waitFor()
    for (const socket of sockets.splice(0)) await socket.close()
    await lost.waitFor()
    await lost.waitFor({ state: 'detached' })
    await api.call('runs.resume', { run: again }) // which the page has to follow anew
    await page.getByText('Finished', { exact: true }).waitFor()
    expect(await page.locator('[data-test="error-state"]').count()).toBe(0)
  })

  /** Brings a file in, under a name that may be of a dataset that was deleted. */
  async function bring(name: string, text: string): Promise<void> {
    const { api } = app
    const upload = await api.call('uploads.begin', { fileName: `${name}.csv` })
    const bytes = new TextEncoder().encode(text)
    for (let from = 0; from < bytes.length; from += 200_000) {
      const part = bytes.subarray(from, from + 200_000)
      await api.call('uploads.append', { upload, bytes: part })
    }
    const wish = { upload, companions: [], events: null, name, plan: null, maxBad: null }
    for await (const events of api.stream('datasets.import', wish)) {
      expect(events).not.toHaveLength(0)
    }
  }

  const computed = async (kind: StudyKind, spec: unknown): Promise<StudyId> => {
    const study = await app.api.call('studies.start', { kind, spec, seed: 1 })
    for await (const frames of app.api.stream('studies.watch', { study })) {
      const { state, reason } = frames.at(-1)!
      if (state === 'finished') break
      if (state === 'failed') expect.fail(`${kind}: ${reason}`)
    }
    return study
  }

  it('say that their data were replaced, and compute again on those of today', async () => {
    const { api, page } = app
    kept = frame
    mood = 'answer'
    const files: Readonly<Record<string, string>> = {
      Ours: ratings(0),
      'Ours as well': ratings(0), // so that the one a model needs may go
      Lists: interleavedCsv(),
      Choices: decisionsCsv(),
    }
    for (const [name, text] of Object.entries(files)) await bring(name, text)
    const spec = {
      name: 'On ratings',
      environment: { kind: 'ratings' as const, dataset: 'Ours' },
      traffic: { users: 30 },
      agent: { kind: 'drn' as const, hidden: 8, pretrainSteps: 20 },
    }
    const rated = await api.call('runs.start', { spec, seed: 3 })
    for await (const frames of api.stream('runs.watch', { run: rated, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'finished') break
    }
    const policy = {
      kind: 'tpgr',
      world: { kind: 'ratings', dataset: 'Ours', horizon: 6 },
      representation: { kind: 'rating', width: 8 },
      tree: { depth: 2, split: 'pca' },
      agent: { updates: 2, episodesPerUpdate: 8 },
      evaluateEvery: 2,
      evaluationUsers: 8,
    }
    const world = { kind: 'ratings', dataset: 'Ours' }
    const lab = await computed('calibration', { experiment: spec, repetitions: 10, effect: 0.1 })
    const signs = await computed('validity', { environment: world, requests: 100, seeds: 2 })
    const trained = await computed('training', policy)
    const [model] = await api.call('models.list', {})
    const logs = await computed('logAnalysis', { dataset: 'Lists' })
    const choices = await computed('replay', { dataset: 'Choices', policy: { kind: 'uniform' } })
    const sources = [{ kind: 'run' as const, id: rated }]
    const about = await api.call('reports.create', {
      template: 'standard',
      sources,
      language: 'en',
    })
    // the same names, and other contents
    const shorter = (text: string) => text.trimEnd().split('\n').slice(0, -120).join('\n')
    const others = {
      Ours: ratings(1),
      Lists: shorter(files['Lists']!),
      Choices: shorter(files['Choices']!),
    }
    for (const [name, text] of Object.entries(others)) {
      await api.call('datasets.delete', { name })
      await bring(name, text)
    }

    const stale = page.locator('[data-test="stale"]')
    const routes = [
      `/runs/${rated}/results`,
      `/simulator/peek-lab?study=${lab}`,
      `/simulator?study=${signs}`,
      `/models/train?study=${trained}`,
      `/data/log-analysis?study=${logs}`,
      `/data/off-policy?study=${choices}`,
      `/models?show=${model!.id}`,
      `/trees?model=${model!.id}`,
    ]
    const hashes = (await api.call('datasets.list', {})).map(({ hash }) => hash.slice(0, 10))
    for (const route of routes) {
      await app.go(route)
      await stale.waitFor({ timeout: 10_000 }).catch(() => expect.fail(`${route} is not stale`))
      const [, before, after] =
        /: (\w{10}) then, (\w{10}) now\./.exec(await stale.innerText()) ?? []
      expect([route, hashes]).toEqual([route, expect.arrayContaining([after])])
      expect([route, before]).not.toEqual([route, after])
      await stale.getByRole('button', { name: 'Recompute' }).click()
      // another run or study of the same name is on screen, and it is not stale
      await page.waitForURL((url) => !url.hash.endsWith(route))
      await stale
        .waitFor({ state: 'detached', timeout: 20_000 })
        .catch(() => expect.fail(`${route} stays stale`))
    }
    const again = (await api.call('runs.list', {})).find(({ name }) => name === 'On ratings')!
    expect(again.id).toBeGreaterThan(rated)
    expect((await api.call('runs.get', { run: again.id })).dataset!.hash.slice(0, 10)).toBeOneOf(
      hashes,
    )

    await app.go('/reports')
    const row = page.getByRole('row').filter({ hasText: 'On ratings' })
    await row.getByText('stale').waitFor()
    await app.go(`/reports/${about}`)
    expect(await stale.innerText()).toContain('On ratings was computed on an earlier dataset Ours')
    await stale.getByRole('link', { name: 'To its page' }).click()
    await page.waitForURL(new RegExp(`#/runs/${rated}/results`))
  }, 60_000)
})
