import { binomialTest } from './binomial.ts'
import { contingencyTest, type ChiSquareTest, type ContingencyTest } from './contingency.ts'
import { levelOfP, type HealthLevel } from './healthLevel.ts'

export interface FirstPickFairness {
  readonly firstA: number
  readonly n: number
  readonly share: number | null
  /** Exact, against a fair coin; null without a pick. */
  readonly p: number | null
  /** Whether the rounds agree with each other. */
  readonly homogeneity: ChiSquareTest
  readonly level: HealthLevel
}

/**
 * Whether the draw that decides who picks first is a fair coin. One row per draft round of team
 * draft: later picks of a round are determined and must not be counted. One row for balanced (its
 * coin) and for probabilistic interleaving (the draw of the ranker).
 *
 * @param rounds [A first, B first] per round
 */
export function firstPickFairness(
  rounds: readonly (readonly [number, number])[],
): FirstPickFairness {
  const firstA = rounds.reduce((total, [a]) => total + a, 0)
  const n = rounds.reduce((total, [a, b]) => total + a + b, 0)
  const p = n === 0 ? null : binomialTest(firstA, n, 0.5)
  const { chi2, df, p: pRounds } = contingencyTest(rounds)
  return {
    firstA,
    n,
    share: n === 0 ? null : firstA / n,
    p,
    homogeneity: { chi2, df, p: pRounds },
    level: levelOfP(p),
  }
}

/** Whether both teams get every position equally often: [team A, team B] first picks per position. */
export function positionTeam(
  table: readonly (readonly number[])[],
): ContingencyTest & { readonly level: HealthLevel } {
  const test = contingencyTest(table)
  return { ...test, level: levelOfP(test.p) }
}

/** Whether no-votes depend on who picked first: [votes, no-votes] for A first, then for B first. */
export function noVoteByCoin(
  firstA: readonly [number, number],
  firstB: readonly [number, number],
): ChiSquareTest & { readonly level: HealthLevel } {
  const { chi2, df, p } = contingencyTest([firstA, firstB])
  return { chi2, df, p, level: levelOfP(p) }
}

/** Share of the votes above which the most active users are pointed out. */
const heavyUsersLimit = 0.2

/**
 * Share of all votes that the most active 1 % of users cast; null with fewer than 100 users, where
 * one of them is always more than 1 %.
 *
 * @param votes number of votes per user that voted
 */
export function heavyUsers(votes: readonly number[]): {
  readonly share: number | null
  readonly level: HealthLevel
} {
  if (votes.length < 100) return { share: null, level: 'ok' }
  const total = votes.reduce((a, b) => a + b, 0)
  const top = [...votes].sort((a, b) => b - a).slice(0, Math.ceil(votes.length / 100))
  const share = top.reduce((a, b) => a + b, 0) / total
  return { share, level: share > heavyUsersLimit ? 'warn' : 'ok' }
}
