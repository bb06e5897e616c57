import type { ExperimentSpec } from '#core/experimentSpec'
import { engines, type EngineId } from '#core/stats/engine/index'
import { toDelta } from '#core/stats/interval'
import { signTest } from '#core/stats/signTest'
import { verdict } from '#core/stats/verdict'
import { clusteredRatio, ratioEstimate } from './clusteredRatio.ts'
import { finishChain } from './digest.ts'
import { healthChecks } from './health.ts'
import { armIds, type Arm, type Estimate, type RunSummary, type Verdict } from './summary.ts'
import type { Tally } from './tally.ts'

/** What the run knows beside its tally. */
export interface RunFacts {
  readonly engineVersion: string
  readonly backend: string
  readonly normRatio: number
  readonly chain: Uint8Array
}

/** The result of a run as it stands now; the digest covers everything but itself. */
export function summarise(tally: Tally, spec: ExperimentSpec, facts: RunFacts): RunSummary {
  const { counts } = tally
  const level = 1 - spec.analysis.errorRate
  const health = healthChecks(tally)
  const delta = engineEstimate(tally, spec.analysis.engine)
  const impression = impressionLevel(tally, level)
  const usersSign = signTest({
    winsA: counts.usersPreferA,
    winsB: counts.usersPreferB,
    ties: counts.usersVoting - counts.usersPreferA - counts.usersPreferB,
  })
  const body: Omit<RunSummary, 'digest' | 'backend'> = {
    engineVersion: facts.engineVersion,
    impressions: counts.impressions,
    users: counts.users,
    usersVoting: counts.usersVoting,
    outcomes: {
      a: counts.a,
      b: counts.b,
      tie: counts.tie,
      noVote: counts.noVote,
      identical: counts.identical,
    },
    clicks: counts.clicks,
    delta,
    logE: tally.lockedEngine.logE(),
    decidedAtUser: tally.decidedAtUser < 0 ? null : tally.decidedAtUser,
    otherEngines: [...tally.engines.keys()]
      // the beta-binomial engine estimates a share of users, not Δ: no row beside the others
      .filter((id) => id !== spec.analysis.engine && id !== 'betaBinomial')
      .map((id) => ({ id, estimate: engineEstimate(tally, id) })),
    deltaImpression: impression.estimate,
    designEffect: impression.designEffect,
    signTest: {
      p: usersSign.decisive > 0 ? usersSign.p : null,
      winsA: counts.usersPreferA,
      winsB: counts.usersPreferB,
      unit: 'user',
    },
    verdict: decide(
      tally,
      spec,
      health.filter((c) => c.level === 'block').map((c) => c.id),
    ),
    health,
    arms: armIds.map((id) => armEstimate(tally, id, level)),
    explorationCost: explorationCost(tally, level),
    updates: {
      won: counts.duelsWon,
      lost: counts.duelsLost,
      tied: counts.duelsTied,
      void: counts.duelsVoid,
      major: counts.major,
      guard: counts.guard,
    },
    normRatio: facts.normRatio,
    meanOverlap: counts.impressions > 0 ? counts.overlap / counts.impressions : null,
    effectiveItems: counts.items > 0 ? tally.effectiveItems() : null,
  }
  return { ...body, backend: facts.backend, digest: finishChain(facts.chain, body) }
}

function engineEstimate(tally: Tally, id: EngineId): Estimate {
  const engine = tally.engines.get(id)!
  const interval = engine.interval()
  const n = engine.n
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
  // the beta-binomial engine estimates the share of users on A's side, the others the mean score
  const value = id === 'betaBinomial' ? signShare(tally) : tally.counts.scores / n - 0.5
  if (!interval) return { value, low: null, high: null, n, reason: 'notEstimable' }
  return { value, ...toDelta(interval), n }
}

function signShare(tally: Tally): number | null {
  const { usersPreferA, usersPreferB } = tally.counts
  const decisive = usersPreferA + usersPreferB
  return decisive > 0 ? usersPreferA / decisive - 0.5 : null
}

/** Secondary: every vote counts once, clustered by user; and what ignoring the clusters would miss. */
function impressionLevel(
  tally: Tally,
  level: number,
): { readonly estimate: Estimate; readonly designEffect: number | null } {
  const users = tally.users.closedVotes()
  const sums = users.map(({ voteSum }) => voteSum)
  const sizes = users.map(({ winsA, winsB, ties }) => winsA + winsB + ties)
  const { standardError, ...share } = clusteredRatio(sums, sizes, level)
  const votes = sizes.reduce((sum, n) => sum + n, 0)
  const shift = (value: number | null) => (value === null ? null : value - 0.5)
  const estimate = {
    ...share,
    value: shift(share.value),
    low: shift(share.low),
    high: shift(share.high),
  }
  // what independent votes of the same spread would have; users still enrolled add to the spread
  const { a, b, tie, voteSquares } = tally.counts
  const variance = voteSquares / (a + b + tie) - (share.value ?? 0) ** 2
  const naive = Math.sqrt(Math.max(0, variance) / votes)
  const designEffect = standardError !== null && naive > 0 ? (standardError / naive) ** 2 : null
  return { estimate, designEffect }
}

function decide(tally: Tally, spec: ExperimentSpec, blocking: readonly string[]): Verdict {
  const { counts } = tally
  const { analysis, traffic } = spec
  const interval = tally.lockedEngine.interval()
  const found = verdict({
    blocking,
    configChanged: false, // the host locks the spec; a changed one is another experiment
    users: counts.usersVoting,
    delta: counts.usersVoting > 0 ? counts.scores / counts.usersVoting - 0.5 : null,
    interval: interval && toDelta(interval),
    equivalence: analysis.equivalence,
    horizon: engines[analysis.engine].anytime ? null : traffic.users,
  })
  const { state, reason, usersStillNeeded, differenceExists } = found
  return { state, reason, usersStillNeeded, differenceExists }
}

function armEstimate(tally: Tally, id: (typeof armIds)[number], level: number): Arm {
  const arm = tally.arm(id)
  const ctr = ratioEstimate(arm.clicks, arm.items, level)
  const quality = id === 'q'
  return {
    id,
    ctr,
    ndcg: quality ? meanEstimate(tally.ndcg, level) : null,
    precision: quality ? meanEstimate(tally.precision, level) : null,
  }
}

function meanEstimate(
  per: { readonly sum: Float64Array; readonly n: Float64Array },
  level: number,
): Estimate {
  return ratioEstimate(per.sum, per.n, level)
}

/** Expected clicks lost over the run; the interval treats users as independent. */
function explorationCost(tally: Tally, level: number): Estimate {
  const q = tally.arm('q')
  const served = tally.arm('served')
  const lost = q.clicks.map((clicks, user) => clicks - served.clicks[user]!)
  const present = q.items.map((items) => (items > 0 ? 1 : 0))
  const mean = ratioEstimate(lost, present, level)
  const times = (value: number | null) => (value === null ? null : value * mean.n)
  return { ...mean, value: times(mean.value), low: times(mean.low), high: times(mean.high) }
}
