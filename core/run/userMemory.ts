import type { RatedObserved } from '#core/environment/environment'
import type { Rng } from '#core/random/rng'
import { Xoshiro128 } from '#core/random/xoshiro128'

/**
 * What the recommender has learnt of each user during the run: visits, clicks, clicked items. It
 * gives the state vector of a request and the candidates that are left to show.
 *
 * State = user features, sum of the clicked items' vectors / √(1 + visits), clicks per visit,
 * log(1 + visits).
 */
export class UserMemory {
  readonly stateWidth: number
  readonly #observed: RatedObserved
  readonly #visits: Int32Array
  readonly #clicked: (number[] | undefined)[]
  readonly #feedback: Float32Array // [users × rank]
  /** Stamp per item of the last pool that saw or excluded it; avoids clearing a set per request. */
  readonly #stamp: Int32Array
  #stamps = 0
  readonly #random = new Xoshiro128()
  readonly #words = new Uint32Array(256)

  constructor(observed: RatedObserved, users: number, items: number) {
    this.#observed = observed
    this.stateWidth = observed.userWidth + observed.rank + 2
    this.#visits = new Int32Array(users)
    this.#clicked = new Array<number[] | undefined>(users)
    this.#feedback = new Float32Array(users * observed.rank)
    this.#stamp = new Int32Array(items)
  }

  /** Writes the state of the user's next request. */
  writeState(user: number, out: Float32Array, offset: number): void {
    const { userFeatures, userWidth, rank } = this.#observed
    const features = userFeatures.subarray(user * userWidth, (user + 1) * userWidth)
    const feedback = this.#feedback.subarray(user * rank, (user + 1) * rank)
    const clicks = this.#clicked[user]?.length ?? 0
    this.#write(features, feedback, clicks, this.#visits[user]!, out, offset)
  }

  /** The state that a user with these features, clicks and requests would have. */
  composeState(
    features: Float32Array,
    clicked: readonly number[],
    visits: number,
    out: Float32Array,
    offset: number,
  ): void {
    const { itemFeatures, itemWidth, rank } = this.#observed
    const feedback = new Float32Array(rank)
    for (const item of clicked) {
      for (let f = 0; f < rank; f++) feedback[f]! += itemFeatures[item * itemWidth + f]!
    }
    this.#write(features, feedback, clicked.length, visits, out, offset)
  }

  #write(
    features: Float32Array,
    feedback: Float32Array,
    clicks: number,
    visits: number,
    out: Float32Array,
    offset: number,
  ): void {
    const { userWidth, rank } = this.#observed
    out.set(features, offset)
    const scale = 1 / Math.sqrt(1 + visits)
    for (let f = 0; f < rank; f++) out[offset + userWidth + f] = feedback[f]! * scale
    out[offset + userWidth + rank] = clicks / (1 + visits)
    out[offset + userWidth + rank + 1] = Math.log1p(visits)
  }

  /**
   * Draws `size` distinct candidates uniformly from the items the user has neither rated in the
   * visible history nor clicked in this run; fewer when fewer are left, padded with −1.
   * @returns the number of candidates
   */
  drawPool(user: number, size: number, rng: Rng, out: Int32Array, offset: number): number {
    const { history } = this.#observed
    const items = this.#stamp.length
    const stamp = ++this.#stamps
    let open = items
    const exclude = (item: number) => {
      if (this.#stamp[item] !== stamp) open--
      this.#stamp[item] = stamp
    }
    for (let e = history.start[user]!; e < history.start[user + 1]!; e++) exclude(history.item[e]!)
    for (const item of this.#clicked[user] ?? []) exclude(item)

    const wanted = Math.min(size, open)
    const stamps = this.#stamp
    const words = this.#words
    const scale = items / 2 ** 32
    let drawn = 0
    this.#random.seed(rng)
    // rejection is fast while most items are open; near exhaustion a scan ends it
    const attempts = 8 * wanted + 64
    for (let attempt = 0; drawn < wanted && attempt < attempts; attempt += words.length) {
      this.#random.fill(words)
      const turns = Math.min(words.length, attempts - attempt)
      for (let turn = 0; turn < turns && drawn < wanted; turn++) {
        const item = (words[turn]! * scale) | 0
        // a coin that no processor foresees: a write that the next one covers is cheaper than a branch
        out[offset + drawn] = item
        drawn += stamps[item] === stamp ? 0 : 1
        stamps[item] = stamp
      }
    }
    if (drawn < wanted) drawn = this.#fillByScan(stamp, wanted, drawn, rng, out, offset)
    out.fill(-1, offset + drawn, offset + size)
    return drawn
  }

  #fillByScan(
    stamp: number,
    wanted: number,
    drawn: number,
    rng: Rng,
    out: Int32Array,
    offset: number,
  ): number {
    const rest: number[] = []
    this.#stamp.forEach((s, item) => {
      if (s !== stamp) rest.push(item)
    })
    while (drawn < wanted) {
      const place = rng.int(rest.length)
      out[offset + drawn++] = rest[place]!
      rest[place] = rest[rest.length - 1]!
      rest.pop()
    }
    return drawn
  }

  /** Records one shown list. */
  observe(user: number, clickedItems: readonly number[]): void {
    const { itemFeatures, itemWidth, rank } = this.#observed
    this.#visits[user]!++
    if (clickedItems.length === 0) return
    const clicked = (this.#clicked[user] ??= [])
    for (const item of clickedItems) {
      clicked.push(item)
      for (let f = 0; f < rank; f++) {
        this.#feedback[user * rank + f]! += itemFeatures[item * itemWidth + f]!
      }
    }
  }

  state(): UserMemoryState {
    const users: number[] = []
    const items: number[] = []
    this.#clicked.forEach((clicked, user) => {
      for (const item of clicked ?? []) {
        users.push(user)
        items.push(item)
      }
    })
    return {
      visits: this.#visits.slice(),
      clickUser: Int32Array.from(users),
      clickItem: Int32Array.from(items),
    }
  }

  restore(state: UserMemoryState): void {
    this.#feedback.fill(0)
    this.#clicked.fill(undefined)
    // feedback is summed again in the order of the clicks, so that rounding agrees to the bit
    state.clickUser.forEach((user, i) => this.observe(user, [state.clickItem[i]!]))
    this.#visits.set(state.visits)
  }
}

export interface UserMemoryState {
  readonly visits: Int32Array
  readonly clickUser: Int32Array
  readonly clickItem: Int32Array
}
