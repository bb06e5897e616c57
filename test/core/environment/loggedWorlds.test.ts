import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import type { LoggedData } from '#core/dataset/loggedData'
import type { QueryLog } from '#core/dataset/kinds/queries'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import { runToEnd } from '../../support/runToEnd.ts'
import { syntheticBandit } from '../../support/syntheticBandit.ts'
import { syntheticImpressions } from '../../support/syntheticImpressions.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const queries = (): QueryLog => {
  const [count, each, width] = [20, 12, 6]
  const documents = count * each
  const rng = streams(2)('features', 0)
  const features = Float32Array.from({ length: documents * width }, () => rng.u())
  return {
    queries: count,
    documents,
    queryIds: Array.from({ length: count }, (_, q) => `q${q}`),
    documentIds: null,
    first: Int32Array.from({ length: count + 1 }, (_, q) => q * each),
    // the first feature tells the grade
    grade: Float32Array.from({ length: documents }, (_, d) => Math.floor(5 * features[d * width]!)),
    width,
    featureNames: Array.from({ length: width }, (_, f) => `f${f}`),
    features,
  }
}

const worlds: Record<
  'impressions' | 'queries' | 'bandit',
  { logged: LoggedData; traffic: ExperimentSpecInput['traffic'] }
> = {
  impressions: {
    logged: { kind: 'impressions', log: syntheticImpressions() },
    traffic: { users: 60, poolSize: 12, listLength: 4 },
  },
  queries: {
    logged: { kind: 'queries', log: queries() },
    traffic: { users: 40, impressionsPerUser: 10, poolSize: 12, listLength: 4 },
  },
  bandit: {
    logged: { kind: 'bandit', log: syntheticBandit(600, 3) },
    traffic: { users: 40, impressionsPerUser: 10, poolSize: 4, listLength: 2 },
  },
}

const specOf = (kind: keyof typeof worlds, change: Partial<ExperimentSpecInput> = {}) =>
  ExperimentSpec.parse({
    name: kind,
    environment: { kind, dataset: 'log', pastShare: 0.2 },
    traffic: worlds[kind].traffic,
    agent: {
      kind: 'drn',
      hidden: 16,
      batch: 32,
      pretrainSteps: 150,
      majorSteps: 10,
      majorEveryDuels: 1,
      replayImpressions: 300,
    },
    explorer: { kind: 'dbgd', alpha: 0.3, duelImpressions: 20 },
    ...change,
  })

describe.each(Object.keys(worlds) as (keyof typeof worlds)[])('the logged world of %s', (kind) => {
  const { logged } = worlds[kind]

  it('runs an exploration to its verdict, the same in any batches and after a resume', async () => {
    const spec = specOf(kind)
    const whole = await runToEnd(ops, spec, { logged })
    expect(whole.summary.impressions).toBeGreaterThan(100)
    const oracle = whole.summary.arms.find(({ id }) => id === 'oracle')!.ctr.value!
    const random = whole.summary.arms.find(({ id }) => id === 'random')!.ctr.value!
    expect(random).toBeLessThan(oracle)
    const single = await runToEnd(ops, spec, { logged, usersPerCall: 1 })
    expect(single.summary.digest).toBe(whole.summary.digest)
    const checkpoint = whole.checkpoints[Math.floor(whole.checkpoints.length / 2)]!
    const resumed = await runToEnd(ops, spec, { logged, checkpoint })
    expect(resumed.summary.digest).toBe(whole.summary.digest)
  })

  it('lets a learner beat random lists', async () => {
    const rankers = [{ kind: 'learner' }, { kind: 'random' }] as const
    const { summary } = await runToEnd(
      ops,
      specOf(kind, { design: 'duel', rankers: [...rankers] }),
      {
        logged,
      },
    )
    expect(summary.delta.value).toBeGreaterThan(0.05)
    expect(summary.outcomes.a).toBeGreaterThan(summary.outcomes.b)
  })

  it('says what is missing or of another kind', async () => {
    const run = (data: LoggedData | null) =>
      runToEnd(ops, specOf(kind), data ? { logged: data } : {})
    await expect(run(null)).rejects.toThrow('"log" was not loaded')
    const other = kind === 'bandit' ? worlds.queries.logged : worlds.bandit.logged
    await expect(run(other)).rejects.toThrow(`choose one of kind ${kind}`)
  })
})
