import { unitInterval, type Interval } from './interval.ts'

/** How an impression ended for the user who saw it. */
export type TallyOutcome = 'a' | 'b' | 'tie' | 'noVote'

/** What one user's impressions add up to. */
export interface UserVotes {
  readonly winsA: number
  readonly winsB: number
  readonly ties: number
  readonly noVotes: number
  /** Sum of the vote values over wins and ties. */
  readonly voteSum: number
}

/** Plain columns of a tally, one row per user, as a checkpoint stores them. */
export interface TallyState {
  readonly counts: Int32Array // [users × 4]: wins A, wins B, ties, no-votes
  readonly voteSums: Float64Array // [users]
  readonly closed: Uint8Array // [users], 1 = entered the analysis
}

const columns = { a: 0, b: 1, tie: 2, noVote: 3 } as const
const width = 4

/**
 * Sufficient statistics per user, O(1) per impression. A user is the unit of the verdict and enters
 * it once, by `close`; after that an impression of that user is an error, not a late vote.
 */
export class UserTally {
  readonly #counts: Int32Array
  readonly #voteSums: Float64Array
  readonly #closed: Uint8Array
  readonly #range: Interval

  /**
   * @param users number of users; they are named 0 … users − 1. Or a state to continue from.
   * @param range of a vote value
   */
  constructor(users: number | TallyState, range: Interval = unitInterval) {
    this.#range = range
    if (typeof users === 'number') {
      this.#counts = new Int32Array(users * width)
      this.#voteSums = new Float64Array(users)
      this.#closed = new Uint8Array(users)
    } else {
      this.#counts = users.counts.slice()
      this.#voteSums = users.voteSums.slice()
      this.#closed = users.closed.slice()
    }
  }

  /**
   * @param vote vote value of a win or a tie; null for a no-vote
   * @throws RangeError for an unknown or closed user, or a vote that does not fit the outcome
   */
  add(user: number, outcome: TallyOutcome, vote: number | null): void {
    this.#requireOpen(user)
    if (outcome === 'noVote' ? vote !== null : vote === null || !this.#isVote(vote)) {
      throw new RangeError(`vote ${vote ?? 'null'} does not fit the outcome ${outcome}`)
    }
    const cell = user * width + columns[outcome]
    this.#counts[cell] = this.#counts[cell]! + 1
    if (vote !== null) this.#voteSums[user] = this.#voteSums[user]! + vote
  }

  /**
   * Ends the enrolment of a user and gives the score, the mean vote value; null for a user without
   * any vote, who does not enter the analysis.
   *
   * @throws RangeError for an unknown user, or one who closed before
   */
  close(user: number): number | null {
    this.#requireOpen(user)
    this.#closed[user] = 1
    const { winsA, winsB, ties, voteSum } = this.votes(user)
    const votes = winsA + winsB + ties
    return votes === 0 ? null : voteSum / votes
  }

  isClosed(user: number): boolean {
    return this.#closed[user] === 1
  }

  /** @throws RangeError for an unknown user */
  votes(user: number): UserVotes {
    this.#requireKnown(user)
    const row = user * width
    return {
      winsA: this.#counts[row + columns.a]!,
      winsB: this.#counts[row + columns.b]!,
      ties: this.#counts[row + columns.tie]!,
      noVotes: this.#counts[row + columns.noVote]!,
      voteSum: this.#voteSums[user]!,
    }
  }

  /** The closed users with at least one vote, by user id: the clusters of the secondary analysis. */
  closedVotes(): UserVotes[] {
    const rows: UserVotes[] = []
    for (let user = 0; user < this.#closed.length; user++) {
      if (this.#closed[user] === 0) continue
      const row = this.votes(user)
      if (row.winsA + row.winsB + row.ties > 0) rows.push(row)
    }
    return rows
  }

  state(): TallyState {
    return {
      counts: this.#counts.slice(),
      voteSums: this.#voteSums.slice(),
      closed: this.#closed.slice(),
    }
  }

  #isVote(vote: number): boolean {
    return Number.isFinite(vote) && vote >= this.#range.low && vote <= this.#range.high
  }

  #requireKnown(user: number): void {
    if (!(Number.isInteger(user) && user >= 0 && user < this.#closed.length)) {
      throw new RangeError(`user ${user} is not one of 0 … ${this.#closed.length - 1}`)
    }
  }

  #requireOpen(user: number): void {
    this.#requireKnown(user)
    if (this.#closed[user] === 1) throw new RangeError(`user ${user} has closed already`)
  }
}
