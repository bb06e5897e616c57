import type { ImpressionChunk } from '#core/run/batch'
import type { Measure } from '#core/run/measure'

/** Votes of a pilot run, in the order in which they were cast. */
export interface PilotColumns {
  readonly user: Int32Array // [impressions], row of the world
  readonly vote: Float64Array // [impressions], as the run measures them; NaN for a no-vote
}

/** The same by user: what a repetition draws its users from. */
export interface PilotVotes {
  readonly users: number // users that were served, with or without a vote
  readonly impressions: number
  readonly start: Int32Array // [users + 1], where each user's votes begin
  readonly votes: Float64Array // values in [0, 1], 1 = A
  /** Largest |score|, which stands for ±½ of Δ; null for votes, which are in [0, 1] themselves. */
  readonly scale: number | null
}

export const noColumns: PilotColumns = { user: new Int32Array(0), vote: new Float64Array(0) }

/** The columns with those of one more batch behind them. */
export function withChunk(columns: PilotColumns, chunk: ImpressionChunk): PilotColumns {
  const { length } = columns.user
  const user = new Int32Array(length + chunk.count)
  const vote = new Float64Array(length + chunk.count)
  user.set(columns.user)
  vote.set(columns.vote)
  user.set(chunk.user, length)
  vote.set(chunk.vote, length)
  return { user, vote }
}

/**
 * Groups the votes by user, users in the order of their first impression. Scores become votes by
 * x = ½ + δ/(2M), M being the largest |δ| there is, which no engine but the betting one notices.
 */
export function votesByUser({ user, vote }: PilotColumns, kind: Measure['kind']): PilotVotes {
  const scale = kind === 'vote' ? null : largest(vote)
  const place = new Map<number, number>()
  for (const id of user) if (!place.has(id)) place.set(id, place.size)
  const start = new Int32Array(place.size + 1)
  user.forEach((id, i) => {
    if (!Number.isNaN(vote[i]!)) start[place.get(id)! + 1]!++
  })
  for (let u = 0; u < place.size; u++) start[u + 1]! += start[u]!
  const votes = new Float64Array(start[place.size]!)
  const next = start.slice()
  user.forEach((id, i) => {
    const value = vote[i]!
    if (Number.isNaN(value)) return
    votes[next[place.get(id)!]!++] = scale === null ? value : 0.5 + value / (2 * scale)
  })
  return { users: place.size, impressions: user.length, start, votes, scale }
}

/** 1 where nobody scored: there, any scale will do. */
function largest(scores: Float64Array): number {
  let size = 0
  for (const score of scores) if (Math.abs(score) > size) size = Math.abs(score)
  return size > 0 ? size : 1
}
