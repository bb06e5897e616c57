/** Times are cut into slots of this length; counts reach features at the start of the next slot. */
const slotSeconds = 600

/**
 * How often each item was shown and clicked, as a recommender would know it: with a delay, so that
 * requests of one slot see the same numbers in whatever batches they are served.
 */
export class ItemCounters {
  readonly clicks: Float64Array // [items], known
  readonly shows: Float64Array // [items], known
  readonly #newClicks: Float64Array
  readonly #newShows: Float64Array
  #slot = Number.NEGATIVE_INFINITY

  constructor(items: number) {
    this.clicks = new Float64Array(items)
    this.shows = new Float64Array(items)
    this.#newClicks = new Float64Array(items)
    this.#newShows = new Float64Array(items)
  }

  /** The first time at which the numbers may be others than at `seconds`. */
  changesAt(seconds: number): number {
    return (Math.floor(seconds / slotSeconds) + 1) * slotSeconds
  }

  add(item: number, shows: number, clicks: number): void {
    this.#newShows[item]! += shows
    this.#newClicks[item]! += clicks
  }

  /** Time passes: what was counted in earlier slots becomes known. */
  advance(seconds: number): void {
    const slot = Math.floor(seconds / slotSeconds)
    if (slot <= this.#slot) return
    this.#slot = slot
    for (let item = 0; item < this.clicks.length; item++) {
      this.clicks[item]! += this.#newClicks[item]!
      this.shows[item]! += this.#newShows[item]!
    }
    this.#newClicks.fill(0)
    this.#newShows.fill(0)
  }

  state(): ItemCountersState {
    return {
      clicks: this.clicks.slice(),
      shows: this.shows.slice(),
      newClicks: this.#newClicks.slice(),
      newShows: this.#newShows.slice(),
      slot: Number.isFinite(this.#slot) ? this.#slot : null,
    }
  }

  restore(state: ItemCountersState): void {
    this.clicks.set(state.clicks)
    this.shows.set(state.shows)
    this.#newClicks.set(state.newClicks)
    this.#newShows.set(state.newShows)
    this.#slot = state.slot ?? Number.NEGATIVE_INFINITY
  }
}

export interface ItemCountersState {
  readonly clicks: Float64Array
  readonly shows: Float64Array
  readonly newClicks: Float64Array
  readonly newShows: Float64Array
  readonly slot: number | null
}
