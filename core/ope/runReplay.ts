import type { BanditLog } from '#core/dataset/kinds/bandit'
import { streams } from '#core/random/philox'
import { emptyChain, finishChain } from '#core/run/digest'
import type { Estimate } from '#core/run/summary'
import type { StudyStep } from '#core/study/study'
import { bootstrapSums } from './clusterSums.ts'
import { weightDiagnostics, weightHistogram } from './diagnostics.ts'
import { fromSums, type ReplayEstimatorId } from './estimatorSums.ts'
import { offPolicyEstimators } from './estimators.ts'
import type { LoggedRounds } from './loggedRounds.ts'
import { propensityChecks } from './propensityChecks.ts'
import { replayAlarms } from './replayAlarms.ts'
import type { PolicyParts } from './rankedPolicy.ts'
import type { ReplayReport } from './replayReport.ts'
import type { ReplaySpec } from './replaySpec.ts'
import { slateEss, slateEstimatorIds, slateTerms } from './slates.ts'
import { slatesOf } from './slatesOf.ts'
import { SumLayout } from './sumLayout.ts'
import { targetOf, type Target } from './target.ts'

/**
 * What a policy would have earned had it decided instead of the one that was logged. It can not
 * credit exploration, nor whether users come back.
 *
 * @param parts for policies that are learners or saved models; others need none
 * @throws RangeError for a spec that does not fit the log
 */
export function* runReplay(
  spec: ReplaySpec,
  log: BanditLog,
  seed: number,
  parts: PolicyParts | null = null,
): Generator<StudyStep<ReplayReport>> {
  if (log.rounds === 0) throw new RangeError(`dataset "${spec.dataset}" has no round`)
  const stream = streams(seed)
  const cluster = clustersOf(log)
  const target = yield* targetOf(spec, log, cluster.of, stream, parts)
  const { rounds } = target
  const propensity = propensityChecks(log)
  const matched = propensity.uniform ? matchedRounds(target, log) : null

  const sweepAt = [...clipPoints(rounds.weight)]
  const slates = slatesOf(log, rounds)
  const layout = new SumLayout(log, spec, sweepAt, slates !== null)
  const sums = new Float64Array(cluster.count * layout.width)
  for (let i = 0; i < log.rounds; i++) {
    layout.add(rounds, i, matched, sums, cluster.of(i) * layout.width)
  }
  if (slates) {
    const terms = slateEstimatorIds.map((id) => slateTerms[id](slates))
    for (let s = 0; s + 1 < slates.start.length; s++) {
      const offset = cluster.of(slates.start[s]!) * layout.width + layout.slateStart
      terms.forEach((term, e) => (sums[offset + e]! += term[s]!))
      sums[offset + terms.length]! += 1
    }
  }
  const intervals = yield* withProgress(
    bootstrapSums(
      sums,
      layout.width,
      layout.statistics,
      spec.replicates,
      spec.errorRate,
      stream('bootstrap', 0),
    ),
    spec.replicates,
  )
  const whole = new Float64Array(layout.width)
  for (let at = 0; at < sums.length; at++) whole[at % layout.width]! += sums[at]!
  const n = cluster.count
  const estimate = (index: number): Estimate => {
    const value = layout.statistics[index]!(whole)
    if (Number.isNaN(value)) return { value: null, low: null, high: null, n, reason: 'noWeight' }
    const interval = intervals[index]
    if (!interval) return { value, low: null, high: null, n, reason: 'fewerThanTwoUsers' }
    return { value, ...interval, n }
  }
  const range = { low: spec.rewardLow, high: spec.rewardHigh }
  const weights = weightDiagnostics(rounds, spec.clip, range)
  const effectiveRewards = effectiveOf(rounds)
  const options = { clip: spec.clip, switchAt: spec.switchAt, shrinkage: spec.shrinkage }
  const ids = Object.keys(fromSums) as ReplayEstimatorId[]
  const body: Omit<ReplayReport, 'digest'> = {
    spec,
    rounds: log.rounds,
    actions: log.actions,
    positions: log.positions,
    clusters: cluster.count,
    unit: log.user ? 'user' : 'round',
    logged: estimate(layout.logged),
    estimates: ids.map((id, index) => {
      if (id === 'liReplay') {
        if (matched) return { id, ...estimate(index), se: null }
        return { id, value: null, low: null, high: null, n, se: null, reason: 'notUniform' }
      }
      const { value, se, reason } = offPolicyEstimators[id](rounds, options)
      if (value === null) {
        return { id, value, low: null, high: null, n, se, reason: reason ?? 'notEstimable' }
      }
      return { id, ...estimate(index), value, se }
    }),
    positionValues: Array.from({ length: log.positions > 1 ? log.positions : 0 }, (_, p) => ({
      position: p + 1,
      rounds: whole[layout.positionStart + 3 * p]!,
      ips: estimate(layout.positionIps(p)),
      snips: estimate(layout.positionIps(p) + 1),
    })),
    slates: slates && {
      count: slates.start.length - 1,
      estimates: slateEstimatorIds.map((id, e) => ({
        id,
        ...estimate(layout.slateValue(e)),
        ess: slateEss(slates, id),
      })),
    },
    weights,
    histogram: weightHistogram(rounds.weight),
    sweep: sweepAt.map((clip, c) => ({
      clip,
      ips: estimate(layout.sweepIps(c)),
      snips: estimate(layout.sweepIps(c) + 1),
    })),
    propensity,
    matched: matched && matched.reduce((sum, flag) => sum + flag, 0),
    unsupported: target.unsupported,
    effectiveRewards,
    alarms: replayAlarms({
      weights,
      propensity,
      unsupported: target.unsupported,
      effectiveRewards,
    }),
  }
  yield { type: 'finished', report: { ...body, digest: finishChain(emptyChain, body) } }
}

function* withProgress<R>(
  work: Generator<number, R>,
  total: number,
): Generator<StudyStep<ReplayReport>, R> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    yield { type: 'progress', stage: 'bootstrap', share: step.value / total }
  }
}

function matchedRounds({ drawn }: Target, log: BanditLog): Uint8Array {
  return Uint8Array.from(drawn, (action, i) => (action === log.action[i] ? 1 : 0))
}

/** Users, or rounds where none were logged. */
function clustersOf(log: BanditLog): {
  readonly count: number
  readonly of: (round: number) => number
} {
  const { user } = log
  if (!user) return { count: log.rounds, of: (round) => round }
  return { count: log.users, of: (round) => user[round]! }
}

/** Thresholds from the median weight to the largest, evenly on a log scale. */
function* clipPoints(weight: readonly number[]): Generator<number> {
  let most = 0
  for (const w of weight) most = Math.max(most, w)
  const from = Math.min(1, most)
  for (let c = 0; c < 12 && most > 0; c++) yield from * (most / from) ** (c / 11)
}

function effectiveOf({ weight, reward }: LoggedRounds): number {
  let total = 0
  let squares = 0
  weight.forEach((w, i) => {
    total += Math.abs(w * reward[i]!)
    squares += (w * reward[i]!) ** 2
  })
  return squares === 0 ? 0 : total ** 2 / squares
}
