import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import type { StudyEvent, StudyJob } from '#core/jobContract'
import type { PeekReport } from '#core/peekLab/peekReport'
import type { PeekCheckpoint } from '#core/peekLab/runPeekLab'
import { studyJob } from '#electron/worker/studyJob'
import { fakeBackend } from '../../support/fakeRun.ts'
import { last } from '../../support/last.ts'
import { smallSpec } from '../../support/smallSpec.ts'

const job: StudyJob = {
  kind: 'calibration',
  spec: { experiment: smallSpec(), repetitions: 6, effect: 0.1 },
  seed: 1,
  dataset: null,
  models: {},
  checkpoint: null,
  checkpointEvery: 0,
}

/** @param stopAfter events after which it is asked to stop */
async function events(
  changes: Partial<StudyJob> = {},
  stopAfter = Infinity,
  how: 'pause' | 'cancel' = 'pause',
) {
  const seen: StudyEvent[] = []
  let time = 0
  const control = {
    choice: fakeBackend,
    ops: tfOps,
    now: () => (time += 50),
    stop: () => (seen.length >= stopAfter ? how : null),
  }
  for await (const event of studyJob({ ...job, ...changes }, control)) seen.push(event)
  return seen
}

const reportOf = (seen: readonly StudyEvent[]) => {
  const end = last(seen)
  return end.type === 'finished' ? (end.report as PeekReport) : null
}

let whole: readonly StudyEvent[]
beforeAll(async () => {
  await tf.setBackend('cpu')
  whole = await events()
})

describe('a study job', () => {
  it('tells its stages and each report with the checkpoint that goes on from it', () => {
    expect(whole[0]).toMatchObject({ type: 'started', backend: fakeBackend })
    expect(whole).toContainEqual(expect.objectContaining({ type: 'progress', stage: 'pilot' }))
    const stored = whole.filter((event) => event.type === 'point')
    expect(stored.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6])
    for (const { done, report, checkpoint } of stored) {
      expect(report).toMatchObject({ repetitions: done })
      expect((checkpoint as PeekCheckpoint).tally?.done).toBe(done)
    }
    expect(reportOf(whole)).toEqual(last(stored).report)
  })

  it.each([
    ['in the pilot', () => 8],
    ['among the repetitions', () => whole.length - 3],
  ])('pauses %s and goes on to the same report', async (_, stopAfter) => {
    const first = await events({}, stopAfter())
    const end = last(first)
    if (end.type !== 'paused') throw new Error(`it ended with ${end.type}`)
    const stored = first.findLast((event) => event.type === 'point')
    const checkpoint = end.checkpoint ?? stored?.checkpoint ?? null
    expect(checkpoint).not.toBeNull()
    const second = await events({ checkpoint })
    expect(reportOf(second)).toEqual(reportOf(whole))
  })

  it('ends silently when it is cancelled', async () => {
    const seen = await events({}, 4, 'cancel')
    expect(['paused', 'finished']).not.toContain(last(seen).type)
  })
})
