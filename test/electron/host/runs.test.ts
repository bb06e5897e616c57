import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunId } from '#core/contract/ids'
import { pointIndex, pointWidth } from '#core/run/point'
import {
  bench,
  digestOf,
  fakeSpec,
  forkFake,
  untilServed,
  untilState,
  type Bench,
} from '../../support/hostHarness.ts'
import { last } from '../../support/last.ts'
import { TAG, taggedProcesses } from '../../support/taggedProcesses.ts'
import { FAKE_BATCH_SIZE, FAKE_BATCHES, fakeBatch } from '../../support/fakeRun.ts'

const SERVED = FAKE_BATCHES * FAKE_BATCH_SIZE

let b: Bench
beforeEach(async () => {
  b = await bench({ checkpointEvery: 50 })
})
afterEach(() => b.end())

const start = (wishes = '', seed = 1) =>
  b.api.call('runs.start', { spec: fakeSpec('run', wishes), seed })

/** The digest that a run of this seed has when nothing disturbs it. */
async function undisturbed(wishes: string, seed = 1): Promise<string | undefined> {
  const run = await start(wishes, seed)
  await untilState(b.api, run, 'finished')
  return digestOf(b.api, run)
}

describe('a run', () => {
  it('goes from the click to its result, every point stored and seen once', async () => {
    const run = await start()
    const rows: number[] = []
    const states = new Set<string>()
    for await (const frames of b.api.stream('runs.watch', { run, afterStep: -1 })) {
      for (const frame of frames) {
        states.add(frame.state)
        for (let i = 0; i < frame.points.length; i += pointWidth) {
          rows.push(frame.points[i + pointIndex.impressions]!)
        }
        expect(frame.ticker.length).toBeLessThanOrEqual(50)
      }
    }
    expect(rows).toEqual(Array.from({ length: FAKE_BATCHES }, (_, i) => (i + 1) * FAKE_BATCH_SIZE))
    expect([...states].at(-1)).toBe('finished')
    const detail = await b.api.call('runs.get', { run })
    expect(detail).toMatchObject({ state: 'finished', done: SERVED, total: SERVED, seed: 1 })
    expect(detail.summary?.impressions).toBe(SERVED)
    expect(detail.backend?.name).toBe('cpu')
    expect(detail.finishedAt).not.toBeNull()
  })

  it('that goes back to a checkpoint takes back what the page has seen since', async () => {
    // the checkpoint is after step 9; the preparation leaves the page time to see that it is back
    const run = await start('waitAt=13 prepare=200')
    const steps: number[] = []
    let resumed = false
    for await (const frames of b.api.stream('runs.watch', { run, afterStep: -1 })) {
      for (const { state, afterStep, done } of frames) {
        // what a frame ends with is what is stored
        expect(afterStep).toBe(done / FAKE_BATCH_SIZE - 1)
        steps.push(afterStep)
        if (afterStep === 12 && state === 'running' && !resumed) {
          await b.api.call('runs.kill', { run })
        }
        if (state === 'interrupted' && !resumed) {
          resumed = true
          await b.api.call('runs.resume', { run })
        }
      }
    }
    expect(resumed).toBe(true)
    expect(steps[steps.lastIndexOf(12) + 1]).toBe(9)
    expect(last(steps)).toBe(FAKE_BATCHES - 1)
  })

  it('is caught up from any step, for a page that comes late', async () => {
    const run = await start()
    await untilState(b.api, run, 'finished')
    const frames = []
    for await (const batch of b.api.stream('runs.watch', { run, afterStep: 29 }))
      frames.push(...batch)
    const points = frames.flatMap((frame) => [...frame.points])
    expect(points.length).toBe((FAKE_BATCHES - 30) * pointWidth)
    expect(points.slice(0, pointWidth)).toEqual([...fakeBatch(1, 30).point])
    expect(last(frames).ticker).toHaveLength(50)
  })

  it('shows any impression of its chunks', async () => {
    const run = await start()
    await untilState(b.api, run, 'finished')
    const shown = await b.api.call('runs.impression', { run, index: 123 })
    const { chunk } = fakeBatch(1, 12)
    expect(shown.index).toBe(123)
    expect(shown.user).toBe(chunk.user[3])
    expect(shown.listA).toEqual([...chunk.listA.slice(9, 12)].filter((item) => item >= 0))
    expect(shown.slots.map((slot) => slot.item)).toEqual([...chunk.shown.slice(9, 12)])
    for (const slot of shown.slots) {
      if (slot.rankA !== null) expect(shown.listA[slot.rankA - 1]).toBe(slot.item)
    }
    await expect(b.api.call('runs.impression', { run, index: SERVED })).rejects.toThrow(
      `run ${run} has ${SERVED} impressions, none numbered ${SERVED}`,
    )
  })
})

describe('pause and resume', () => {
  it('end with the digest of a run that was never paused', async () => {
    const expected = await undisturbed('slow=5')
    const run = await start('slow=5')
    await untilServed(b.api, run, 120)
    await b.api.call('runs.pause', { run })
    const paused = await untilState(b.api, run, 'paused')
    expect(paused.done).toBeLessThan(SERVED)
    expect(paused.summary?.impressions).toBe(paused.done)
    await b.api.call('runs.resume', { run })
    await untilState(b.api, run, 'finished')
    expect(await digestOf(b.api, run)).toBe(expected)
  })

  it('work before the first batch and before the job has begun', async () => {
    const run = await start('slow=5 prepare=200')
    await b.api.call('runs.pause', { run })
    expect((await untilState(b.api, run, 'paused', 'finished')).state).toBe('paused')
    await b.api.call('runs.resume', { run })
    expect((await untilState(b.api, run, 'finished')).done).toBe(SERVED)
  })

  it('survive the host in between', async () => {
    const expected = await undisturbed('slow=5')
    const run = await start('slow=5')
    await untilServed(b.api, run, 120)
    await b.stop() // pauses, with a checkpoint
    const again = await bench({}, b.folder)
    expect(await again.api.call('runs.get', { run })).toMatchObject({ state: 'paused' })
    await again.api.call('runs.resume', { run })
    await untilState(again.api, run, 'finished')
    expect(await digestOf(again.api, run)).toBe(expected)
    await again.end()
  })

  it('are refused when there is nothing to pause or to resume', async () => {
    const run = await start()
    await untilState(b.api, run, 'finished')
    for (const name of ['runs.pause', 'runs.resume', 'runs.cancel', 'runs.kill'] as const) {
      await expect(b.api.call(name, { run })).rejects.toMatchObject({ code: 'WRONG_STATE' })
      await expect(b.api.call(name, { run: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

/** Replaces the host by one whose job processes are real. */
async function withProcesses(): Promise<void> {
  await b.end()
  b = await bench({ fork: forkFake, checkpointEvery: 50 })
}

describe('cancel', () => {
  it('ends a run, keeps what was stored, and lets it go on later', async () => {
    const expected = await undisturbed('slow=5')
    const run = await start('slow=5')
    await untilServed(b.api, run, 60)
    await b.api.call('runs.cancel', { run })
    const cancelled = await untilState(b.api, run, 'cancelled')
    expect(cancelled.done).toBeGreaterThanOrEqual(60)
    expect(cancelled.summary?.impressions).toBe(cancelled.done)
    await b.api.call('runs.resume', { run })
    await untilState(b.api, run, 'finished')
    expect(await digestOf(b.api, run)).toBe(expected)
  })

  it('becomes a kill when the job does not answer for two seconds', async () => {
    await withProcesses()
    const run = await start('hangAt=9')
    await untilServed(b.api, run, 40)
    const begin = performance.now()
    await b.api.call('runs.cancel', { run })
    await untilState(b.api, run, 'cancelled')
    expect(performance.now() - begin).toBeGreaterThan(1500)
    const next = await start('batches=2')
    await untilState(b.api, next, 'finished')
  })
})

describe('a job process that dies', () => {
  beforeEach(withProcesses)

  const crash = /^the job process ended with code 7 after batch 1\d \(1\d0 of 400 impressions\)/
  const logOf = async (run: RunId) =>
    (await b.api.call('audit.list', { limit: 20, subject: `run ${run}` })).reverse()

  it('is followed by another, from the last checkpoint to the same digest, which says so', async () => {
    const expected = await undisturbed('')
    const run = await start('slow=2 crashAt=17') // only without a checkpoint
    const said: (string | null)[] = []
    for await (const frames of b.api.stream('runs.watch', { run, afterStep: -1 })) {
      said.push(...frames.filter(({ state }) => state === 'running').map(({ reason }) => reason))
    }
    expect(said[0]).toBeNull()
    expect(said.at(-1)).toMatch(crash)
    expect(await b.api.call('runs.get', { run })).toMatchObject({ state: 'finished', reason: null })
    expect(await digestOf(b.api, run)).toBe(expected)
    const log = (await logOf(run)).map(({ action, detail }) => [action, crash.test(detail)])
    expect(log).toEqual([
      ['run.start', false],
      ['run.running', false],
      ['run.restarted', true],
      ['run.running', true],
      ['run.finished', false],
    ])
  })

  it('twice from one checkpoint interrupts its run, and the next run goes on', async () => {
    const run = await start('dieAt=4') // before its first checkpoint
    const other = await start('', 2)
    const { reason } = await untilState(b.api, run, 'interrupted')
    expect(reason).toMatch(
      /^the job process ended with code 7 (after|before its first) batch.*, for the second time from the same checkpoint$/,
    )
    await untilState(b.api, other, 'finished')
    // as somebody asked for it, it may be chance again
    await b.api.call('runs.resume', { run })
    await untilState(b.api, run, 'interrupted')
    const log = (await logOf(run)).filter(({ action }) => action === 'run.restarted')
    expect(log).toHaveLength(2)
  })

  it.runIf(process.platform === 'linux')('is not followed when it was to pause', async () => {
    const tag = randomUUID()
    process.env[TAG] = tag
    await withProcesses()
    const run = await start('slow=300')
    await untilServed(b.api, run, 10)
    await b.api.call('runs.pause', { run })
    for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
    const { reason } = await untilState(b.api, run, 'interrupted', 'paused')
    expect(reason).toMatch(/^the job process ended with signal SIGKILL after batch 0/)
  })

  it('on request is an interrupted run as well', async () => {
    const run = await start('slow=5')
    await untilServed(b.api, run, 60)
    await b.api.call('runs.kill', { run })
    const { reason } = await untilState(b.api, run, 'interrupted')
    expect(reason).toMatch(/^the job process was killed on request after batch \d+/)
  })

  it('of its own error leaves a failed run with the message', async () => {
    const run = await start('throwAt=3')
    const frame = await untilState(b.api, run, 'failed')
    expect(frame.reason).toBe('the world is too small')
    expect(frame.done).toBeLessThanOrEqual(30)
  })
})

describe('the queue', () => {
  it('runs as many at once as the settings say, in order', async () => {
    await b.api.call('settings.set', { concurrency: 1 })
    const runs = [
      await start('slow=3 batches=5'),
      await start('batches=5', 2),
      await start('batches=5', 3),
    ]
    const list = await b.api.call('runs.list', {})
    expect(list.filter((row) => row.state === 'queued').map((row) => row.id)).toEqual([
      runs[2],
      runs[1],
    ])
    await b.api.call('runs.cancel', { run: runs[1]! })
    await untilState(b.api, runs[2]!, 'finished')
    const after = await b.api.call('runs.list', {})
    expect(after.map((row) => row.state)).toEqual(['finished', 'cancelled', 'finished'])
    const log = await b.api.call('audit.list', { limit: 50 })
    const begun = log.filter((row) => row.action === 'run.running').map((row) => row.subject)
    expect(begun).toEqual([`run ${runs[2]}`, `run ${runs[0]}`])
  })

  it('tells every page what happens, without being asked', async () => {
    const types = new Set<string>()
    let running = 0
    const { api, close } = b.connect()
    const seen = (async () => {
      for await (const events of api.stream('app.events', {})) {
        for (const event of events) {
          types.add(event.type)
          if (event.type === 'status') running = Math.max(running, event.status.running)
          if (event.type === 'runDeleted') return
        }
      }
    })()
    const run = await start('slow=20 batches=20')
    await untilState(b.api, run, 'finished')
    await b.api.call('runs.delete', { run })
    await seen
    close()
    expect([...types].sort()).toEqual(['run', 'runDeleted', 'status'])
    expect(running).toBe(1)
    await expect(b.api.call('runs.get', { run })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('refuses to delete what is going', async () => {
    const run = await start('slow=20')
    await expect(b.api.call('runs.delete', { run })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  })
})

describe('a watcher', () => {
  it('gets at most 20 frames a second, and what it missed in the next', async () => {
    const run = await start('slow=2 batches=200')
    let frames = 0
    let rows = 0
    const begin = performance.now()
    for await (const batch of b.api.stream('runs.watch', { run, afterStep: -1 })) {
      frames += batch.length
      for (const frame of batch) rows += frame.points.length / pointWidth
    }
    const seconds = (performance.now() - begin) / 1000
    expect(rows).toBe(200)
    expect(frames).toBeLessThanOrEqual(20 * seconds + 3)
  })

  it('that reads slowly loses nothing and lets nothing pile up', async () => {
    const run = await start('slow=1 batches=300')
    let rows = 0
    let largest = 0
    for await (const batch of b.api.stream('runs.watch', { run, afterStep: -1 }, { window: 1 })) {
      for (const frame of batch) {
        rows += frame.points.length / pointWidth
        largest = Math.max(largest, frame.points.length / pointWidth)
      }
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    expect(rows).toBe(300)
    expect(largest).toBeLessThanOrEqual(250)
  })
})
