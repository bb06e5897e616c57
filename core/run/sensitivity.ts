import type { ComputeOps } from '#core/compute/ops'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { ExperimentSpec } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import { meanTest } from '#core/stats/meanTest'
import { noMoments, withValue } from '#core/stats/moments'
import {
  pooledRatio,
  sensitivityRatio,
  sizeForRightSign,
  type PooledRatio,
  type SensitivityPair,
} from '#core/stats/sensitivity'
import { welch } from '#core/stats/welch'
import { measureOf } from './measure.ts'
import { runExperiment } from './runExperiment.ts'
import { UserScores } from './userScores.ts'

export interface SensitivityInput {
  /** A duel or a split of exactly two rankers; its design and engine are replaced. */
  readonly spec: ExperimentSpec
  readonly seeds: readonly number[]
  readonly ops: ComputeOps
  readonly ratings: RatingsTable | null
}

export type SensitivityStep =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'finished'; readonly result: Sensitivity }

/** How many times fewer impressions interleaving needs than an A/B test, by both routes. */
export interface Sensitivity {
  /** The A/B metric that the ratios are about. */
  readonly abMetric: string
  readonly seeds: readonly number[]
  /** Evidence of each seed: z over impressions. */
  readonly pairs: readonly SensitivityPair[]
  /** R = (z²/n of interleaving) / (z²/n of the A/B test). */
  readonly byEvidence: PooledRatio
  /** R = impressions until 95 % of the draws have the right sign, A/B over interleaving. */
  readonly bySign: PooledRatio
}

const abMetric = 'clicks per list, mean over users'
const level = 0.05
const bootstrapReplicates = 2000
const rightShare = 0.95
const signDraws = 400

/**
 * Runs the same world as a duel and as a split on the same seeds: the same users come at the same
 * times with the same click coins, so that only the design differs (statistics.md §7.3).
 * @throws RangeError unless the spec has two rankers and there is a seed
 */
export async function* measureSensitivity(
  input: SensitivityInput,
): AsyncGenerator<SensitivityStep> {
  const { spec, seeds } = input
  if (spec.rankers.length !== 2) {
    throw new RangeError(
      `rankers has ${spec.rankers.length} entries; a sensitivity compares exactly 2`,
    )
  }
  if (seeds.length === 0) throw new RangeError('a sensitivity needs at least one seed')
  const pairs: SensitivityPair[] = []
  const bySign: (number | null)[] = []
  for (const [place, seed] of seeds.entries()) {
    const scores: UserScores[] = []
    for (const design of ['duel', 'split'] as const) {
      const before = (2 * place + scores.length) / (2 * seeds.length)
      const run = { ...spec, design, analysis: { ...spec.analysis, engine: 'asymptotic' as const } }
      const own = new UserScores(measureOf(run).centre)
      const { ops, ratings } = input
      const steps = runExperiment({ spec: run, seed, ops, ratings, backend: '', checkpoint: null })
      for await (const step of steps) {
        if (step.type !== 'batch') continue
        own.add(step.batch.chunk)
        const { done, total } = step.batch
        yield { type: 'progress', share: before + done / total / (2 * seeds.length) }
      }
      scores.push(own)
    }
    const [duel, split] = [scores[0]!, scores[1]!]
    pairs.push(evidence(duel, split))
    bySign.push(signRatio(duel, split, seed))
  }
  const bootstrap = () => ({
    replicates: bootstrapReplicates,
    rng: streams(seeds[0]!)('sensitivity bootstrap', 0),
  })
  const { ratios, pooled, interval } = sensitivityRatio(pairs, abMetric, level, bootstrap())
  const byEvidence = { ratios, pooled, interval }
  const result = {
    abMetric,
    seeds,
    pairs,
    byEvidence,
    bySign: pooledRatio(bySign, level, bootstrap()),
  }
  yield { type: 'finished', result }
}

/** z of the users' mean preference, and Welch's of their clicks per list; 0 without an estimate. */
function evidence(duel: UserScores, split: UserScores): SensitivityPair {
  const preference = meanTest(duel.preferences(), 0, level)
  const [a, b] = split.clicksPerList()
  const test = welch(a.reduce(withValue, noMoments), b.reduce(withValue, noMoments), level)
  return {
    zInterleaving: preference.t ?? 0,
    nInterleaving: duel.impressions,
    zAb: test?.t ?? 0,
    nAb: split.impressions,
  }
}

/** Null where one of the designs does not reach the share with all its users. */
function signRatio(duel: UserScores, split: UserScores, seed: number): number | null {
  const rng = streams(seed)('sensitivity sign', 0)
  const preferences = duel.preferences()
  const parts = differenceParts(...split.clicksPerList())
  const interleaving = sizeForRightSign(preferences, rightShare, signDraws, rng)
  const ab = sizeForRightSign(parts, rightShare, signDraws, rng)
  if (interleaving === null || ab === null) return null
  const lists = (scores: UserScores, users: number) => scores.impressions / users
  return (ab * lists(split, parts.length)) / (interleaving * lists(duel, preferences.length))
}

/** Each user's part in the difference of means: their mean is the difference itself. */
function differenceParts(a: readonly number[], b: readonly number[]): number[] {
  const n = a.length + b.length
  const centre = [...a, ...b].reduce((sum, x) => sum + x, 0) / n
  return [
    ...a.map((x) => ((x - centre) * n) / a.length),
    ...b.map((x) => ((centre - x) * n) / b.length),
  ]
}
