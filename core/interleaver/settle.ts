import type { Clicks, Credit, Draw, Ranking, Reason, Vote } from './interleaver.ts'
import { distinct, sameTop } from './prepare.ts'

/** What a method makes of the clicked slots. */
export interface Scores {
  /** Per ranker. */
  readonly credit: readonly number[]
  /** Preference for ranker x over y in [-1, 1]; the sign of the credit difference when absent. */
  readonly preference?: (x: number, y: number) => number
  /** From the preference for x over y and the credit difference; ½ + ½·preference when absent. */
  readonly voteValue?: (preference: number, delta: number) => number | null
  /** False when there are too many rankers to compare in all pairs. */
  readonly allPairs?: boolean
}

interface PairVote extends Vote {
  readonly preference: number
}

/**
 * Turns scores into votes by the one table that holds for every method: no attributed click is a
 * no-vote; identical lists, clicks on neutral slots only and equal credits are ties.
 *
 * @param score receives the 0-based slots whose clicks count, ascending; never called without one
 * @throws RangeError when the clicks do not match the list
 */
export function settle(
  draw: Draw,
  rankings: readonly Ranking[],
  clicked: Clicks,
  creditTail: boolean,
  score: (slots: readonly number[]) => Scores,
): Credit {
  if (clicked.length !== draw.list.length) {
    throw new RangeError(`${clicked.length} click flags for a list of ${draw.list.length}`)
  }
  const n = rankings.length
  const slots: number[] = []
  let clicks = 0
  for (let slot = 0; slot < clicked.length; slot++) {
    if (!clicked[slot]) continue
    clicks++
    if (creditTail || draw.tail[slot] !== true) slots.push(slot)
  }
  if (slots.length === 0) {
    const reason = draw.list.length === 0 ? 'empty_list' : clicks > 0 ? 'tail_only' : 'no_click'
    const scores: Scores = { credit: Array<number>(n).fill(0) }
    return assemble(scores, () => ({ ...NO_VOTE, reason }))
  }
  const scores = score(slots)
  const { teams, identical } = draw
  const neutral = teams !== null && slots.every((slot) => teams[slot] === -1)
  // of more than two rankers, a single pair may agree
  const lists = n > 2 && !identical ? rankings.map(distinct) : null
  return assemble(scores, (x, y) => {
    if (identical || (lists && sameTop(lists[x]!, lists[y]!, draw.list.length))) {
      return tie(scores, 'identical_lists')
    }
    return neutral ? tie(scores, 'neutral_only') : compare(scores, x, y)
  })
}

const NO_VOTE = { outcome: 'noVote', delta: 0, voteValue: null, preference: 0 } as const

// a preference is a sum of shares, which may end a rounding beyond certainty
const softValue = (preference: number): number => Math.max(0, Math.min(1, 0.5 + 0.5 * preference))

function tie({ voteValue = softValue }: Scores, reason: Reason): PairVote {
  return { outcome: 'tie', reason, delta: 0, voteValue: voteValue(0, 0), preference: 0 }
}

function compare(scores: Scores, x: number, y: number): PairVote {
  const { credit, voteValue = softValue } = scores
  const delta = credit[x]! - credit[y]!
  const preference = scores.preference
    ? scores.preference(x, y)
    : signBeyond(delta, Math.max(1, Math.abs(credit[x]!), Math.abs(credit[y]!)))
  const sign = signBeyond(preference, 1)
  return {
    outcome: sign > 0 ? 'a' : sign < 0 ? 'b' : 'tie',
    reason: sign === 0 ? 'equal_credit' : 'credit',
    delta,
    voteValue: voteValue(preference, delta),
    preference,
  }
}

/** Sums of the same credits in another order differ by rounding; that is no preference. */
function signBeyond(difference: number, scale: number): number {
  return Math.abs(difference) <= 1e-12 * scale ? 0 : Math.sign(difference)
}

function assemble(scores: Scores, pair: (x: number, y: number) => PairVote): Credit {
  const { credit, allPairs = true } = scores
  const n = credit.length
  const votes: Vote[] = []
  for (let challenger = 1; challenger < n; challenger++) {
    const { outcome, reason, delta, voteValue } = pair(0, challenger)
    votes.push({ outcome, reason, delta, voteValue })
  }
  let preference: number[][] | null = null
  if (n > 2 && allPairs) {
    preference = credit.map(() => Array<number>(n).fill(0))
    for (let x = 0; x < n; x++) {
      for (let y = x + 1; y < n; y++) {
        const value = pair(x, y).preference
        preference[x]![y] = value
        preference[y]![x] = 0 - value // not -value: no negative zeros in stored results
      }
    }
  }
  return { credit, ...votes[0]!, votes, preference }
}
