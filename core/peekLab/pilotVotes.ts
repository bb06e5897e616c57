import { outcomeCodes, type ImpressionChunk } from '#core/run/batch'

/** Votes of a pilot run, in the order in which they were cast. */
export interface PilotColumns {
  readonly user: Int32Array // [impressions], row of the world
  readonly vote: Float64Array // [impressions], value in [0, 1], 1 = A; NaN for a no-vote
}

/** The same by user: what a repetition draws its users from. */
export interface PilotVotes {
  readonly users: number // users that were served, with or without a vote
  readonly impressions: number
  readonly start: Int32Array // [users + 1], where each user's votes begin
  readonly votes: Float64Array // values in [0, 1]
}

export const noColumns: PilotColumns = { user: new Int32Array(0), vote: new Float64Array(0) }

/** Votes without a bounded value of their own count by who won. */
const byOutcome = { a: 1, b: 0, tie: 0.5, noVote: Number.NaN } as const

/** The columns with those of one more batch behind them. */
export function withChunk(columns: PilotColumns, chunk: ImpressionChunk): PilotColumns {
  const { length } = columns.user
  const user = new Int32Array(length + chunk.count)
  const vote = new Float64Array(length + chunk.count)
  user.set(columns.user)
  vote.set(columns.vote)
  for (let i = 0; i < chunk.count; i++) {
    const outcome = outcomeCodes[chunk.outcome[i]!]!
    const value = chunk.vote[i]!
    user[length + i] = chunk.user[i]!
    vote[length + i] = Number.isNaN(value) || outcome === 'noVote' ? byOutcome[outcome] : value
  }
  return { user, vote }
}

/** Groups the votes by user, users in the order of their first impression. */
export function votesByUser({ user, vote }: PilotColumns): PilotVotes {
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
    if (!Number.isNaN(vote[i]!)) votes[next[place.get(id)!]!++] = vote[i]!
  })
  return { users: place.size, impressions: user.length, start, votes }
}
