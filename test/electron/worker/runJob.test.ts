import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { ExperimentSpec } from '#core/experimentSpec'
import type { RunEvent, RunJob } from '#core/jobContract'
import { runJob } from '#electron/worker/runJob'
import { last } from '../../support/last.ts'
import { fakeBackend } from '../../support/fakeRun.ts'

const spec = ExperimentSpec.parse({
  name: 'small',
  environment: { kind: 'typedLatent', users: 30, items: 60, ratingsPerUser: 20 },
  traffic: { users: 12, impressionsPerUser: 8, poolSize: 20, listLength: 5 },
  agent: { kind: 'drn', hidden: 8, pretrainSteps: 10, majorSteps: 3 },
  explorer: { kind: 'dbgd', duelImpressions: 10 },
})
const job: RunJob = {
  spec,
  seed: 3,
  dataset: null,
  models: {},
  checkpoint: null,
  checkpointEvery: 1000,
}

interface Wishes {
  readonly stopAt?: { readonly batches: number; readonly how: 'pause' | 'cancel' }
  /** Milliseconds that pass between two batches. */
  readonly tick?: number
  /** Milliseconds that a summary takes. */
  readonly summing?: number
}

async function events(changes: Partial<RunJob>, { stopAt, tick = 1, summing = 0 }: Wishes = {}) {
  const seen: RunEvent[] = []
  let time = 0
  const batches = () => seen.filter((event) => event.type === 'batch').length
  const control = {
    choice: fakeBackend,
    ops: tfOps,
    now: () => (time += summing),
    stop: () => {
      time += tick
      return stopAt && batches() >= stopAt.batches ? stopAt.how : null
    },
    memory: () => ({ megabytes: 1, wasmMegabytes: 0, tensors: tf.memory().numTensors }),
  }
  for await (const event of runJob({ ...job, ...changes }, control)) seen.push(event)
  return seen
}

type Batch = Extract<RunEvent, { type: 'batch' }>
const batchesOf = (seen: readonly RunEvent[]) =>
  seen.filter((event): event is Batch => event.type === 'batch')

const digestOf = (seen: readonly RunEvent[]) => {
  const last = seen.at(-1)
  return last?.type === 'finished' ? last.summary.digest : undefined
}

let whole: readonly RunEvent[]
beforeAll(async () => {
  await tf.setBackend('cpu')
  whole = await events({})
})

describe('a run job', () => {
  it('starts with its backend and engine, and ends with a summary and its digest', () => {
    expect(whole[0]).toMatchObject({ type: 'started', backend: fakeBackend })
    expect(digestOf(whole)).toMatch(/^[0-9a-f]{64}$/)
    expect(batchesOf(whole).map((event) => event.batch.step)).toEqual([...batchesOf(whole).keys()])
  })

  it('makes summaries and checkpoints when they are due, and both with the last batch', async () => {
    const rare = batchesOf(await events({ checkpointEvery: 1e9 }, { tick: 1e-6 }))
    expect(rare.filter((event) => event.checkpoint)).toEqual([rare.at(-1)])
    expect(rare.filter((event) => event.summary)).toEqual([rare[0], rare.at(-1)])
    const often = batchesOf(await events({ checkpointEvery: 0 }, { tick: 1000 }))
    expect(often.every((event) => event.checkpoint && event.summary)).toBe(true)
    const costly = batchesOf(await events({}, { tick: 1000, summing: 30 }))
    const summed = costly.map(({ summary }) => summary !== null)
    expect(summed.slice(0, 3)).toEqual([true, false, true])
  })

  it('pauses with a checkpoint and a summary of the last batch, and goes on to the same digest', async () => {
    const first = await events(
      { checkpointEvery: 1e9 },
      { tick: 1e-6, stopAt: { batches: 2, how: 'pause' } },
    )
    const end = last(first)
    const { done } = batchesOf(first)[1]!.batch
    expect(end).toMatchObject({
      ...{ type: 'paused', checkpoint: { step: 1 } },
      summary: { impressions: done },
    })
    const checkpoint = end.type === 'paused' ? end.checkpoint : null
    const second = await events({ checkpoint })
    expect(batchesOf(second)[0]?.batch.step).toBe(2)
    expect(digestOf(second)).toBe(digestOf(whole))
  })

  it('pauses before the first batch with what it was given', async () => {
    const fresh = await events({}, { stopAt: { batches: 0, how: 'pause' } })
    expect(fresh.at(-1)).toEqual({ type: 'paused', checkpoint: null, summary: null })
    expect(batchesOf(fresh)).toEqual([])
  })

  it('ends silently when it is cancelled', async () => {
    const seen = await events({}, { stopAt: { batches: 1, how: 'cancel' } })
    expect(last(seen).type).toBe('batch')
    expect(batchesOf(seen)).toHaveLength(1)
  })

  it('says so when its dataset can not be read', async () => {
    const dataset = { name: 'gone', hash: 'x', path: '/nonexistent/x.ratings' }
    await expect(events({ dataset })).rejects.toThrow('the file of the dataset "gone" is missing')
  })

  it('leaves no tensor behind, however it ends', async () => {
    const before = tf.memory().numTensors
    await events({})
    await events({}, { stopAt: { batches: 2, how: 'pause' } })
    await events({}, { stopAt: { batches: 1, how: 'cancel' } })
    expect(tf.memory().numTensors).toBe(before)
  })
})
