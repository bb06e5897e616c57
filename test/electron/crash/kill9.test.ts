import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunId } from '#core/contract/ids'
import type { ExperimentSpecInput } from '#core/experimentSpec'
import { mulberry32 } from '#core/random/mulberry32'
import { connect as openAsIs, integrityProblems } from '#db/open'
import { createStore } from '#db/store'
import { forkWorker } from '#electron/worker/fork'
import {
  bench,
  digestOf,
  fakeJobEntry,
  fakeSpec,
  forkFake,
  untilServed,
  untilState,
  type Bench,
} from '../../support/hostHarness.ts'
import { TAG, taggedProcesses, untilGone } from '../../support/taggedProcesses.ts'

/** Moments per kind of run and kill; `DUELIST_CRASH_MOMENTS=10` gives 20 of the host and 20 of the job. */
const wanted = process.env['DUELIST_CRASH_MOMENTS']

interface Kind {
  readonly name: string
  readonly spec: ExperimentSpecInput
  readonly moments: number
  readonly jobEntry: string
  readonly fork: typeof forkFake
}

const kinds: readonly Kind[] = [
  {
    name: 'a run without learning',
    spec: fakeSpec('kill me', 'slow=4 batches=100'),
    moments: Number(wanted ?? 2),
    jobEntry: fakeJobEntry,
    fork: forkFake,
  },
  {
    name: 'a DRN run',
    spec: {
      name: 'kill me',
      environment: { kind: 'typedLatent', users: 80, items: 150, ratingsPerUser: 30 },
      traffic: { users: 80, impressionsPerUser: 12, poolSize: 40 },
      agent: { kind: 'drn', hidden: 8, pretrainSteps: 20, majorEveryDuels: 3, majorSteps: 3 },
      explorer: { kind: 'dbgd', duelImpressions: 20 },
    },
    moments: Number(wanted ?? 1),
    jobEntry: '',
    fork: forkWorker,
  },
]

const SEED = 11
const moments = mulberry32(2026)

describe.runIf(process.platform === 'linux').each(kinds)('kill -9 of $name', (kind) => {
  let expected: string | undefined
  let total = 0
  const folders: string[] = []

  beforeAll(async () => {
    const b = await bench({ fork: kind.fork })
    const run = await b.api.call('runs.start', { spec: kind.spec, seed: SEED })
    total = (await untilState(b.api, run, 'finished')).total
    expected = await digestOf(b.api, run)
    await b.end()
  })
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  const each = Array.from({ length: kind.moments }, (_, i) => i + 1)
  const moment = () => moments.u() * 0.7 * total

  it.each(each)('its job process, moment %i', async () => {
    await untilCaught(async () => {
      const tag = randomUUID()
      process.env[TAG] = tag
      const b = await bench({ fork: kind.fork, checkpointEvery: 50 })
      try {
        const run = await b.api.call('runs.start', { spec: kind.spec, seed: SEED })
        await untilServed(b.api, run, moment())
        for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
        // another process goes on from the last checkpoint, and nobody has to ask for it
        await untilState(b.api, run, 'finished', 'failed', 'interrupted')
        const log = await b.api.call('audit.list', { limit: 20, subject: `run ${run}` })
        const crashes = log.filter(({ action }) => action === 'run.restarted')
        if (crashes.length === 0) return false
        expect(crashes).toMatchObject([
          {
            detail: expect.stringMatching(
              /^the job process ended with signal SIGKILL after batch \d+ \(\d+ of /,
            ) as string,
          },
        ])
        await endsAsExpected(b, run)
      } finally {
        await b.end()
      }
      expect(await untilGone(tag)).toEqual([])
      return true
    })
  })

  it.each(each)('its host, moment %i', async () => {
    await untilCaught(async () => {
      const tag = randomUUID()
      const folder = mkdtempSync(join(tmpdir(), 'duelist-kill-'))
      folders.push(folder)
      const workspace = join(folder, 'w.db')
      const told = await killHostAt(moment(), workspace, tag)
      expect(await untilGone(tag)).toEqual([]) // no orphans

      const db = openAsIs(workspace)
      expect(integrityProblems(db)).toEqual([])
      const store = createStore(db)
      const stored = store.runs.get(told.run)!
      expect(stored.done).toBeGreaterThanOrEqual(told.done) // what was announced had been stored
      expect(store.impressions.totals(told.run).impressions).toBe(stored.done)
      expect(store.points(told.run, -1, 1e6).lastStep).toBe(stored.step)
      store.close()
      if (stored.state === 'finished') return false
      expect(stored.state).toBe('running')

      const b = await bench({ fork: kind.fork }, folder)
      const row = await b.api.call('runs.get', { run: told.run })
      expect(row).toMatchObject({ state: 'interrupted', done: stored.done })
      expect(row.reason).toMatch(/^the program ended while the run was going/)
      await resumeAndCompare(b, told.run)
      await b.end()
      return true
    })
  })

  /** On a busy machine the run may be over before the kill arrives: that was no moment of a run. */
  async function untilCaught(attempt: () => Promise<boolean>): Promise<void> {
    for (let attempts = 0; attempts < 8; attempts++) if (await attempt()) return
    throw new Error('the run was over before it could be killed, eight times')
  }

  async function killHostAt(impressions: number, workspace: string, tag: string) {
    const args = [workspace, kind.jobEntry, JSON.stringify(kind.spec), String(SEED)]
    const child = fork(join(import.meta.dirname, '../../support/hostChild.ts'), args, {
      execArgv: [],
      env: { ...process.env, [TAG]: tag },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const exited = once(child, 'exit')
    let told: { readonly run: RunId; readonly done: number } | undefined
    child.on('message', (message) => {
      told = message as { readonly run: RunId; readonly done: number }
      if (told.done >= impressions) child.kill('SIGKILL')
    })
    await exited
    return told!
  }

  async function resumeAndCompare(b: Bench, run: RunId): Promise<void> {
    await b.api.call('runs.resume', { run })
    await endsAsExpected(b, run)
  }

  async function endsAsExpected(b: Bench, run: RunId): Promise<void> {
    const end = await untilState(b.api, run, 'finished', 'failed', 'interrupted')
    expect(end).toMatchObject({ state: 'finished', done: total })
    expect(await digestOf(b.api, run)).toBe(expected)
    await b.stop()
    const db = openAsIs(b.workspace)
    expect(integrityProblems(db)).toEqual([])
    db.close()
  }
})
