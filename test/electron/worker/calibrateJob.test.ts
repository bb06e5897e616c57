import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import type { CalibrateEvent, CalibrateJob } from '#core/jobContract'
import { calibrateJob } from '#electron/worker/calibrateJob'
import { fakeBackend } from '../../support/fakeRun.ts'
import { last } from '../../support/last.ts'
import { smallSpec } from '../../support/smallSpec.ts'

const job: CalibrateJob = {
  spec: smallSpec(),
  seed: 1,
  repetitions: 6,
  effect: 0.1,
  dataset: null,
  checkpoint: null,
  checkpointEvery: 0,
}

/** @param stopAfter events after which it is asked to stop */
async function events(
  changes: Partial<CalibrateJob> = {},
  stopAfter = Infinity,
  how: 'pause' | 'cancel' = 'pause',
) {
  const seen: CalibrateEvent[] = []
  let time = 0
  const control = {
    choice: fakeBackend,
    ops: tfOps,
    now: () => (time += 50),
    stop: () => (seen.length >= stopAfter ? how : null),
  }
  for await (const event of calibrateJob({ ...job, ...changes }, control)) seen.push(event)
  return seen
}

const reportOf = (seen: readonly CalibrateEvent[]) => {
  const end = last(seen)
  return end.type === 'finished' ? end.report : null
}

let whole: readonly CalibrateEvent[]
beforeAll(async () => {
  await tf.setBackend('cpu')
  whole = await events()
})

describe('a calibration job', () => {
  it('tells the pilot and each report with the checkpoint that goes on from it', () => {
    expect(whole[0]).toMatchObject({ type: 'started', backend: fakeBackend })
    expect(whole.some(({ type }) => type === 'pilot')).toBe(true)
    const stored = whole.filter((event) => event.type === 'repetitions')
    expect(stored.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6])
    for (const { done, report, checkpoint } of stored) {
      expect(report.repetitions).toBe(done)
      expect(checkpoint.tally?.done).toBe(done)
    }
    expect(reportOf(whole)?.digest).toBe(last(stored).report.digest)
  })

  it.each([
    ['in the pilot', () => 3],
    ['among the repetitions', () => whole.length - 3],
  ])('pauses %s and goes on to the same report', async (_, stopAfter) => {
    const first = await events({}, stopAfter())
    const end = last(first)
    if (end.type !== 'paused') throw new Error(`it ended with ${end.type}`)
    const second = await events({ checkpoint: end.checkpoint })
    expect(reportOf(second)).toEqual(reportOf(whole))
  })

  it('ends silently when it is cancelled', async () => {
    const seen = await events({}, 4, 'cancel')
    expect(['paused', 'finished']).not.toContain(last(seen).type)
  })
})
