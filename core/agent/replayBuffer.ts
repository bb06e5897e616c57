import type { Rng } from '#core/random/rng'
import type { Feedback } from './feedback.ts'

/** Shapes of what is replayed. */
export interface ReplayShape {
  readonly capacity: number // impressions
  readonly stateWidth: number
  readonly listLength: number
  readonly poolSize: number
  readonly pairWidth: number
}

/** A mini-batch of transitions (s, a, r, s′, C′) as columns. */
export interface ReplaySample {
  readonly state: Float32Array // [n × stateWidth]
  readonly item: Int32Array // [n]
  readonly pairs: Float32Array // [n × pairWidth]
  readonly reward: Float32Array // [n]
  readonly nextState: Float32Array // [n × stateWidth]
  readonly nextPool: Int32Array // [n × poolSize], −1 padded
  readonly nextPairs: Float32Array // [n × poolSize × pairWidth]
}

/**
 * The most recent impressions. A transition is one shown item; its next state is the same user's
 * next request. Impressions whose user has not returned yet are open and are not sampled
 * (`openTail: drop` of drn.md §4).
 */
export class ReplayBuffer {
  readonly #shape: ReplayShape
  readonly #impression: Float64Array // index of the impression in each place, −1 = empty
  readonly #next: Float64Array // index of the same user's next impression, −1 = open
  readonly #state: Float32Array
  readonly #pool: Int32Array
  readonly #pairs: Float32Array
  readonly #item: Int32Array
  readonly #itemPairs: Float32Array
  readonly #reward: Float32Array
  #closed = 0
  #sample: ReplaySample | undefined

  constructor(shape: ReplayShape) {
    const { capacity, stateWidth, listLength, poolSize, pairWidth } = shape
    this.#shape = shape
    this.#impression = new Float64Array(capacity).fill(-1)
    this.#next = new Float64Array(capacity).fill(-1)
    this.#state = new Float32Array(capacity * stateWidth)
    this.#pool = new Int32Array(capacity * poolSize)
    this.#pairs = new Float32Array(capacity * poolSize * pairWidth)
    this.#item = new Int32Array(capacity * listLength).fill(-1)
    this.#itemPairs = new Float32Array(capacity * listLength * pairWidth)
    this.#reward = new Float32Array(capacity * listLength)
  }

  /** Impressions that can be sampled. */
  get closed(): number {
    return this.#closed
  }

  /** Keeps an impression and closes the transition of the user's impression before. */
  add({ impression, previous, state, pool, pairs, shown, clicked }: Feedback): void {
    const { capacity, stateWidth, listLength, poolSize, pairWidth } = this.#shape
    const place = impression % capacity
    if (this.#next[place]! >= 0) this.#closed--
    this.#impression[place] = impression
    this.#next[place] = -1
    this.#state.set(state, place * stateWidth)
    this.#pool.set(pool, place * poolSize)
    this.#pairs.set(pairs, place * poolSize * pairWidth)
    this.#item.set(shown, place * listLength)
    for (let slot = 0; slot < listLength; slot++) {
      this.#reward[place * listLength + slot] = clicked[slot]!
      const item = shown[slot]!
      if (pairWidth === 0 || item < 0) continue
      const at = pool.indexOf(item) * pairWidth
      this.#itemPairs.set(
        pairs.subarray(at, at + pairWidth),
        (place * listLength + slot) * pairWidth,
      )
    }
    if (previous < 0) return
    const before = previous % capacity
    if (this.#impression[before] !== previous) return // already overwritten
    this.#next[before] = impression
    this.#closed++
  }

  /**
   * `n` transitions, drawn uniformly with replacement over (closed impression, shown item). Its
   * columns are valid until the next call.
   * @throws RangeError if no impression is closed
   */
  sample(n: number, rng: Rng): ReplaySample {
    if (this.#closed === 0) throw new RangeError('the replay buffer holds no closed impression')
    const { capacity, stateWidth, listLength, poolSize, pairWidth } = this.#shape
    if (this.#sample?.item.length !== n) this.#sample = emptySample(n, this.#shape)
    const sample = this.#sample
    for (let i = 0; i < n;) {
      const place = rng.int(capacity)
      const next = this.#next[place]!
      if (next < 0) continue
      const slot = place * listLength + rng.int(listLength)
      const item = this.#item[slot]!
      if (item < 0) continue
      const after = next % capacity
      sample.state.set(
        this.#state.subarray(place * stateWidth, (place + 1) * stateWidth),
        i * stateWidth,
      )
      sample.nextState.set(
        this.#state.subarray(after * stateWidth, (after + 1) * stateWidth),
        i * stateWidth,
      )
      sample.nextPool.set(
        this.#pool.subarray(after * poolSize, (after + 1) * poolSize),
        i * poolSize,
      )
      const width = poolSize * pairWidth
      sample.nextPairs.set(this.#pairs.subarray(after * width, (after + 1) * width), i * width)
      sample.pairs.set(
        this.#itemPairs.subarray(slot * pairWidth, (slot + 1) * pairWidth),
        i * pairWidth,
      )
      sample.item[i] = item
      sample.reward[i] = this.#reward[slot]!
      i++
    }
    return sample
  }

  state(): ReplayState {
    return {
      impression: this.#impression.slice(),
      next: this.#next.slice(),
      state: this.#state.slice(),
      pool: this.#pool.slice(),
      pairs: this.#pairs.slice(),
      itemPairs: this.#itemPairs.slice(),
      item: this.#item.slice(),
      reward: this.#reward.slice(),
    }
  }

  restore(state: ReplayState): void {
    this.#impression.set(state.impression)
    this.#next.set(state.next)
    this.#state.set(state.state)
    this.#pool.set(state.pool)
    this.#pairs.set(state.pairs)
    this.#itemPairs.set(state.itemPairs)
    this.#item.set(state.item)
    this.#reward.set(state.reward)
    this.#closed = 0
    for (const next of this.#next) if (next >= 0) this.#closed++
  }
}

function emptySample(n: number, { stateWidth, poolSize, pairWidth }: ReplayShape): ReplaySample {
  return {
    state: new Float32Array(n * stateWidth),
    item: new Int32Array(n),
    pairs: new Float32Array(n * pairWidth),
    reward: new Float32Array(n),
    nextState: new Float32Array(n * stateWidth),
    nextPool: new Int32Array(n * poolSize),
    nextPairs: new Float32Array(n * poolSize * pairWidth),
  }
}

export interface ReplayState {
  readonly impression: Float64Array
  readonly next: Float64Array
  readonly state: Float32Array
  readonly pool: Int32Array
  readonly pairs: Float32Array
  readonly itemPairs: Float32Array
  readonly item: Int32Array
  readonly reward: Float32Array
}
