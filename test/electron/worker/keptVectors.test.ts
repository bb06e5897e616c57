import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { encodeRatings } from '#core/dataset/ratingsTable'
import { typedLatentRatings } from '#core/environment/typedLatent'
import type { StudyEvent } from '#core/jobContract'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import { modelHash, type SavedModel } from '#core/model/savedModel'
import { vectorsBeside } from '#electron/vectorsBeside'
import { studyJob } from '#electron/worker/studyJob'
import { fakeBackend } from '../../support/fakeRun.ts'
import { last } from '../../support/last.ts'

const folder = mkdtempSync(join(tmpdir(), 'duelist-vectors-'))
const path = join(folder, 'abc.ratings')
beforeAll(async () => {
  await tf.setBackend('cpu')
  const world = { users: 40, items: 30, types: 2, likeSame: 0.9, likeOther: 0.1 }
  const { table } = typedLatentRatings({ ...world, ratingsPerUser: 30, worldSeed: 7 })
  writeFileSync(path, encodeRatings(table))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function trained(changes: object = {}, seed = 1) {
  const spec = training.spec.parse({
    kind: 'tpgr',
    world: { kind: 'ratings', dataset: 'ml', horizon: 4 },
    representation: { kind: 'vae', width: 2, hidden: 4, epochs: 2 },
    agent: { updates: 1, episodesPerUpdate: 8, feedback: 2, recurrent: false },
    evaluationUsers: 4,
    ...changes,
  })
  const seen: StudyEvent[] = []
  let time = 0
  const control = {
    choice: fakeBackend,
    ops: tfOps,
    now: () => (time += 200),
    stop: () => null,
  }
  const dataset = { name: 'ml', hash: 'abc', path }
  const rest = { models: {}, checkpoint: null, checkpointEvery: 0 }
  const job = { kind: 'training', spec, seed, dataset, ...rest } as const
  for await (const event of studyJob(job, control)) seen.push(event)
  const end = last(seen)
  if (end.type !== 'finished') throw new Error('the training did not finish')
  const stages = new Set(seen.flatMap((one) => (one.type === 'progress' ? [one.stage] : [])))
  const models: readonly SavedModel[] = end.models
  const hash = models.map(modelHash)
  return { report: end.report as TrainReport, stages, hash }
}
const files = () => readdirSync(vectorsBeside(path))

describe('item vectors of a dataset', () => {
  it('are learnt once: the next training takes them by their key, to the same result', async () => {
    const first = await trained()
    expect([first.stages.has('representation'), first.stages.has('keptVectors')]).toEqual([
      true,
      false,
    ])
    expect(files()).toEqual([first.report.vectors])
    const second = await trained()
    expect([second.stages.has('representation'), second.stages.has('keptVectors')]).toEqual([
      false,
      true,
    ])
    expect(second.report).toEqual(first.report)
    expect(second.hash).toEqual(first.hash)
    // another agent on the same vectors
    const other = await trained({ tree: { depth: 1 } })
    expect(other.stages.has('keptVectors')).toBe(true)
    expect(other.report.vectors).toBe(first.report.vectors)
  })

  it('are learnt anew for another split, other parameters, or from a damaged file', async () => {
    const { report, stages } = await trained({}, 2)
    expect(stages.has('representation')).toBe(true)
    const wider = await trained({ representation: { kind: 'vae', width: 3, hidden: 4, epochs: 2 } })
    expect(wider.stages.has('representation')).toBe(true)
    expect(new Set(files()).size).toBe(3)
    const file = join(vectorsBeside(path), report.vectors!)
    const bytes = readFileSync(file)
    // cut off, then with one bit turned
    writeFileSync(file, bytes.subarray(0, 20))
    const again = await trained({}, 2)
    expect(again.stages.has('representation')).toBe(true)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(file, bytes)
    const third = await trained({}, 2)
    expect(third.stages.has('representation')).toBe(true)
    expect([again.report, third.report]).toEqual([report, report])
  })
})
