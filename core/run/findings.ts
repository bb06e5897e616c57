import type { AnalysisSpec } from '#core/experimentSpec'
import { engines } from '#core/stats/engine/index'
import type { Moments } from '#core/stats/moments'
import { signTest } from '#core/stats/signTest'
import { studentInverse } from '#core/stats/special'
import { asymptoticMinimum } from '#core/stats/asymptoticSequence'
import { clusteredRatio } from '#core/stats/clusteredRatio'
import { iccOfSums } from '#core/stats/icc'
import { moved } from '#core/stats/interval'
import { verdict, type VerdictReason } from '#core/stats/verdict'
import type { Comparison } from './comparison.ts'
import { correctedVerdict, familyOf } from './family.ts'
import type {
  Challenger,
  Contest,
  Estimate,
  Findings,
  HealthCheck,
  Side,
  Verdict,
} from './summary.ts'
import type { Tally } from './tally.ts'
import type { VoteCounts } from './voteTally.ts'

/** What inference looks at, counted from a run or from a log. */
export type Evidence = Pick<Tally, 'votes' | 'comparisons' | 'split' | 'decidedAtUser'> & {
  readonly counts: Pick<Tally['counts'], 'impressions' | 'users' | 'clicks' | 'identical'>
}

/** What was fixed before the first look. */
interface FindingsPlan {
  readonly analysis: AnalysisSpec
  /** Users after which a test with a fixed horizon takes its look. */
  readonly plannedUsers: number
  /** Who is compared, by name; null in `explore`, whose sides are Q and Q~. */
  readonly sides: readonly Side[] | null
}

/** The verdict with all that stands behind it; the health checks come from the caller. */
export function findingsOf(
  evidence: Evidence,
  plan: FindingsPlan,
  health: readonly HealthCheck[],
): Omit<Findings, 'meanOverlap' | 'effectiveItems'> {
  const { counts } = evidence
  const votes = evidence.votes[0]!.counts
  const comparison = evidence.comparisons[0]!
  const { engine, errorRate } = plan.analysis
  const blocking = health.filter((check) => check.level === 'block').map((check) => check.id)
  const contest = plan.sides && contestOf(evidence, plan, plan.sides, blocking)
  const impression = impressionLevel(evidence, errorRate)
  return {
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
    delta: comparison.estimate(engine),
    logE: comparison.logE(),
    decidedAtUser: evidence.decidedAtUser < 0 ? null : evidence.decidedAtUser,
    otherEngines: otherEngines(comparison, plan),
    deltaImpression: impression.estimate,
    designEffect: impression.designEffect,
    signTest: usersSign(votes),
    verdict: contest?.challengers[0]?.verdict ?? decide(comparison, plan, blocking),
    health,
    ...(contest ? { contest } : {}),
  }
}

function contestOf(
  { split, comparisons, votes: tallies }: Evidence,
  plan: FindingsPlan,
  sides: readonly Side[],
  blocking: readonly string[],
): Contest {
  const { analysis } = plan
  const family = familyOf(comparisons, analysis)
  const challengers = comparisons.map((comparison, i): Challenger => {
    const votes = split ? null : tallies[i]!.counts
    return {
      side: i + 1,
      outcomes: votes && { a: votes.a, b: votes.b, tie: votes.tie, noVote: votes.noVote },
      delta: comparison.estimate(analysis.engine),
      logE: comparison.logE(),
      otherEngines: otherEngines(comparison, plan),
      signTest: votes && usersSign(votes),
      verdict: correctedVerdict(decide(comparison, plan, blocking), family, i),
    }
  })
  const level = 1 - analysis.errorRate
  return {
    design: split ? 'split' : 'duel',
    sides,
    challengers,
    family,
    clicksPerList: split && split.moments.map((moments) => meanOf(moments, level)),
  }
}

function otherEngines(comparison: Comparison, { analysis }: FindingsPlan) {
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
  { votes: [tally] }: Evidence,
  alpha: number,
): { readonly estimate: Estimate; readonly designEffect: number | null } {
  const users = tally!.votes.closedVotes().map(({ voteSum, winsA, winsB, ties }) => ({
    voteSum,
    votes: winsA + winsB + ties,
  }))
  const sizes = users.map(({ votes }) => votes)
  const votes = sizes.reduce((sum, n) => sum + n, 0)
  // of users still enrolled only the sum is known: the closed ones are taken to spread alike
  const { a, b, tie, voteSquares } = tally!.counts
  const meanSquare = voteSquares / (a + b + tie)
  const correlation = votes > 0 ? iccOfSums(users, meanSquare * votes) : null
  const ratio = clusteredRatio(
    users.map(({ voteSum }) => voteSum),
    sizes,
    alpha,
    correlation?.icc,
  )
  const { centre } = tally!.measure
  const interval = ratio.interval && moved(ratio.interval, centre)
  const estimate: Estimate = {
    value: ratio.value === null ? null : ratio.value - centre,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: ratio.clusters,
    ...(ratio.reason !== null && { reason: ratio.reason }),
  }
  // against independent votes of the same spread
  const naive = Math.sqrt(Math.max(0, meanSquare - (ratio.value ?? 0) ** 2) / votes)
  const designEffect = ratio.se !== null && naive > 0 ? (ratio.se / naive) ** 2 : null
  return { estimate, designEffect }
}

function usersSign(votes: VoteCounts): Findings['signTest'] {
  const { usersPreferA: winsA, usersPreferB: winsB } = votes
  const { decisive, p } = signTest({ winsA, winsB, ties: votes.usersVoting - winsA - winsB })
  return { p: decisive > 0 ? p : null, winsA, winsB, unit: 'user' }
}

function decide(
  comparison: Comparison,
  { analysis, plannedUsers }: FindingsPlan,
  blocking: readonly string[],
): Verdict {
  const found = verdict({
    blocking,
    configChanged: false, // the host locks the spec; a changed one is another experiment
    users: comparison.users,
    delta: comparison.delta(),
    interval: comparison.interval(),
    equivalence: analysis.equivalence,
    widest: comparison.widest,
    ...(Number.isFinite(comparison.widest) ? {} : { noInterval: whyNone(comparison, analysis) }),
    horizon: engines[analysis.engine].anytime ? null : plannedUsers,
  })
  const { state, reason, usersStillNeeded, differenceExists } = found
  return { state, reason, usersStillNeeded, differenceExists }
}

/** Scores without a bound have no interval before the central limit or the look. */
function whyNone({ users }: Comparison, { engine }: AnalysisSpec): VerdictReason {
  if (!engines[engine].anytime) return 'beforeTheLook'
  return users < asymptoticMinimum ? 'fewerThanFiftyUsers' : 'noVariance'
}
