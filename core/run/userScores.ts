import type { ImpressionChunk } from './batch.ts'

interface UserSums {
  arm: number // side of the user's first slot
  lists: number
  clicks: number
  votes: number
  voteSum: number
}

/** What every user of a run did, summed from its impressions; a run that has ended is told whole. */
export class UserScores {
  readonly #centre: number
  #users = new Map<number, UserSums>()
  #impressions = 0

  /** @param centre a vote that prefers nobody */
  constructor(centre: number) {
    this.#centre = centre
  }

  add({ count, k, user, vote, team, clicked }: ImpressionChunk): void {
    this.#impressions += count
    for (let i = 0; i < count; i++) {
      let sums = this.#users.get(user[i]!)
      if (!sums) {
        sums = { arm: team[i * k]!, lists: 0, clicks: 0, votes: 0, voteSum: 0 }
        this.#users.set(user[i]!, sums)
      }
      sums.lists++
      for (let slot = i * k; slot < (i + 1) * k; slot++) sums.clicks += clicked[slot]!
      const value = vote[i]!
      if (Number.isNaN(value)) continue
      sums.votes++
      sums.voteSum += value
    }
  }

  get impressions(): number {
    return this.#impressions
  }

  /** Mean vote less the centre of each user with a vote; > 0 speaks for side 0. */
  preferences(): number[] {
    return [...this.#users.values()]
      .filter(({ votes }) => votes > 0)
      .map(({ votes, voteSum }) => voteSum / votes - this.#centre)
  }

  /** Of a split with two arms: clicks per list of each user of arm 0 and of arm 1. */
  clicksPerList(): readonly [a: number[], b: number[]] {
    const of = (wanted: number) =>
      [...this.#users.values()]
        .filter(({ arm }) => arm === wanted)
        .map(({ clicks, lists }) => clicks / lists)
    return [of(0), of(1)]
  }
}
