import type { ExperimentSpec } from '#core/experimentSpec'
import { sidesOf } from '#core/sideNames'
import { engines } from '#core/stats/engine/index'
import type { Moments } from '#core/stats/moments'
import { signTest } from '#core/stats/signTest'
import { studentInverse } from '#core/stats/special'
import { verdict } from '#core/stats/verdict'
import type { ArmTally } from './arms.ts'
import { clusteredRatio, ratioEstimate } from './clusteredRatio.ts'
import type { Comparison } from './comparison.ts'
import { finishChain } from './digest.ts'
import { correctedVerdict, familyOf } from './family.ts'
import { healthChecks } from './health.ts'
import type { Arm, Challenger, Contest, Estimate, RunSummary, Verdict } from './summary.ts'
import type { Tally } from './tally.ts'
import type { VoteCounts } from './voteTally.ts'

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
  const votes = tally.votes[0]!.counts
  const comparison = tally.comparisons[0]!
  const level = 1 - spec.analysis.errorRate
  const health = healthChecks(tally, spec.design)
  const blocking = health.filter((check) => check.level === 'block').map((check) => check.id)
  const contest = spec.design === 'explore' ? null : contestOf(tally, spec, blocking)
  const impression = impressionLevel(tally, level)
  const body: Omit<RunSummary, 'digest' | 'backend'> = {
    engineVersion: facts.engineVersion,
    impressions: counts.impressions,
    users: counts.users,
    usersVoting: comparison.users,
    outcomes: {
      a: votes.a,
      b: votes.b,
      tie: votes.tie,
      noVote: votes.noVote,
      identical: counts.identical,
    },
    clicks: counts.clicks,
    delta: comparison.estimate(spec.analysis.engine),
    logE: comparison.logE(),
    decidedAtUser: tally.decidedAtUser < 0 ? null : tally.decidedAtUser,
    otherEngines: otherEngines(comparison, spec),
    deltaImpression: impression.estimate,
    designEffect: impression.designEffect,
    signTest: usersSign(votes),
    verdict: contest?.challengers[0]?.verdict ?? decide(comparison, spec, blocking),
    health,
    arms: tally.arms.map((arm) => armEstimate(tally, arm, level)),
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
    ...(contest ? { contest } : {}),
  }
  return { ...body, backend: facts.backend, digest: finishChain(facts.chain, body) }
}

function contestOf(tally: Tally, spec: ExperimentSpec, blocking: readonly string[]): Contest {
  const { split, comparisons } = tally
  const family = familyOf(comparisons, spec.analysis)
  const challengers = comparisons.map((comparison, i): Challenger => {
    const votes = split ? null : tally.votes[i]!.counts
    return {
      side: i + 1,
      outcomes: votes && { a: votes.a, b: votes.b, tie: votes.tie, noVote: votes.noVote },
      delta: comparison.estimate(spec.analysis.engine),
      logE: comparison.logE(),
      otherEngines: otherEngines(comparison, spec),
      signTest: votes && usersSign(votes),
      verdict: correctedVerdict(decide(comparison, spec, blocking), family, i),
    }
  })
  const level = 1 - spec.analysis.errorRate
  return {
    design: split ? 'split' : 'duel',
    sides: sidesOf(spec),
    challengers,
    family,
    clicksPerList: split && split.moments.map((moments) => meanOf(moments, level)),
  }
}

function otherEngines(comparison: Comparison, { analysis }: ExperimentSpec) {
  return (
    comparison.engines
      // the beta-binomial engine estimates a share of users, not Δ: no row beside the others
      .filter((id) => id !== analysis.engine && id !== 'betaBinomial')
      .map((id) => ({ id, estimate: comparison.estimate(id) }))
  )
}

/** Student's interval of one arm alone. */
function meanOf({ n, mean, squares }: Moments, level: number): Estimate {
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noData' }
  if (n < 2) return { value: mean, low: null, high: null, n, reason: 'fewerThanTwoUsers' }
  const half = studentInverse(1 - (1 - level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { value: mean, low: mean - half, high: mean + half, n }
}

/** Secondary: every vote counts once, clustered by user; and what ignoring the clusters would miss. */
function impressionLevel(
  tally: Tally,
  level: number,
): { readonly estimate: Estimate; readonly designEffect: number | null } {
  const users = tally.votes[0]!.votes.closedVotes()
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
  const { a, b, tie, voteSquares } = tally.votes[0]!.counts
  const variance = voteSquares / (a + b + tie) - (share.value ?? 0) ** 2
  const naive = Math.sqrt(Math.max(0, variance) / votes)
  const designEffect = standardError !== null && naive > 0 ? (standardError / naive) ** 2 : null
  return { estimate, designEffect }
}

function usersSign(votes: VoteCounts): RunSummary['signTest'] {
  const { usersPreferA: winsA, usersPreferB: winsB } = votes
  const { decisive, p } = signTest({ winsA, winsB, ties: votes.usersVoting - winsA - winsB })
  return { p: decisive > 0 ? p : null, winsA, winsB, unit: 'user' }
}

function decide(
  comparison: Comparison,
  { analysis, traffic }: ExperimentSpec,
  blocking: readonly string[],
): Verdict {
  const found = verdict({
    blocking,
    configChanged: false, // the host locks the spec; a changed one is another experiment
    users: comparison.users,
    delta: comparison.delta(),
    interval: comparison.interval(),
    equivalence: analysis.equivalence,
    horizon: engines[analysis.engine].anytime ? null : traffic.users,
  })
  const { state, reason, usersStillNeeded, differenceExists } = found
  return { state, reason, usersStillNeeded, differenceExists }
}

function armEstimate(tally: Tally, arm: ArmTally, level: number): Arm {
  const ctr = ratioEstimate(arm.clicks, arm.items, level)
  const quality = arm.id === 'q'
  return {
    id: arm.id,
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
