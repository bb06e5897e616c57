import type { VoteCounts } from './signTest.ts'

/** `mean`: how often; `sign`: only whether the user preferred A, B or neither. */
export type UserScoreRule = 'mean' | 'sign'

/**
 * One user's score in [0, 1]: the share of votes for A with half of the ties, or the side of it.
 *
 * @returns null for a user without a vote, who does not enter the analysis
 */
export function userScore({ winsA, winsB, ties }: VoteCounts, rule: UserScoreRule): number | null {
  const votes = winsA + winsB + ties
  if (votes === 0) return null
  return rule === 'mean' ? (winsA + ties / 2) / votes : (Math.sign(winsA - winsB) + 1) / 2
}
