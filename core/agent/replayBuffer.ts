import { firstAbove } from '#core/compute/firstAbove'
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

/** What is kept and how it is drawn. */
export interface ReplayRule {
  /** Weight of the activeness S after the return that closes a transition: r = click + β·S. */
  readonly beta: number
  /** What becomes of an impression whose user never returns: forgotten, or closed without a future. */
  readonly openTail: 'drop' | 'terminal'
  readonly sampling: ReplaySampling
}

export type ReplaySampling =
  | { readonly kind: 'uniform' }
  /** P ∝ 2^(−age / halfLife), age in impressions. */
  | { readonly kind: 'recency'; readonly halfLife: number }
  /** P ∝ |TD error|^exponent, weights (N·P)^−correction (Schaul et al., ICLR 2016). */
  | { readonly kind: 'prioritised'; readonly exponent: number; readonly correction: number }

/** A mini-batch of transitions (s, a, r, s′, C′) as columns. */
export interface ReplaySample {
  readonly slot: Int32Array // [n], where each lies in the buffer
  readonly weight: Float32Array // [n], at most 1
  readonly state: Float32Array // [n × stateWidth]
  readonly item: Int32Array // [n]
  readonly pairs: Float32Array // [n × pairWidth]
  readonly reward: Float32Array // [n]
  readonly nextState: Float32Array // [n × stateWidth]
  readonly nextPool: Int32Array // [n × poolSize], −1 padded; empty where there is no next request
  readonly nextPairs: Float32Array // [n × poolSize × pairWidth]
}

/** Draws in vain, in sizes of the buffer, after which the slots are weighed one by one. */
const PATIENCE = 64

const uniformly: ReplayRule = { beta: 0, openTail: 'drop', sampling: { kind: 'uniform' } }

/**
 * The most recent impressions. A transition is one shown item; its next state is the same user's
 * next request. Impressions whose user has not returned yet are open and are not sampled, nor are those
 * that showed nothing, as to a user who has seen the whole catalogue.
 */
export class ReplayBuffer {
  readonly #shape: ReplayShape
  readonly #rule: ReplayRule
  readonly #impression: Float64Array // index of the impression in each place, −1 = empty
  /** Index of the same user's next impression, its own where there will be none, −1 = open. */
  readonly #next: Float64Array
  readonly #state: Float32Array
  readonly #pool: Int32Array
  readonly #pairs: Float32Array
  readonly #item: Int32Array
  readonly #itemPairs: Float32Array
  readonly #reward: Float32Array
  readonly #priority: Float32Array // by slot, |TD error|^exponent; 0 where nothing can be drawn
  #closed = 0
  #dropped = 0
  #newest = -1
  #highest = 1 // priority of what has not been drawn yet
  #sample: ReplaySample | undefined

  constructor(shape: ReplayShape, rule: ReplayRule = uniformly) {
    const { capacity, stateWidth, listLength, poolSize, pairWidth } = shape
    this.#shape = shape
    this.#rule = rule
    this.#impression = new Float64Array(capacity).fill(-1)
    this.#next = new Float64Array(capacity).fill(-1)
    this.#state = new Float32Array(capacity * stateWidth)
    this.#pool = new Int32Array(capacity * poolSize)
    this.#pairs = new Float32Array(capacity * poolSize * pairWidth)
    this.#item = new Int32Array(capacity * listLength).fill(-1)
    this.#itemPairs = new Float32Array(capacity * listLength * pairWidth)
    this.#reward = new Float32Array(capacity * listLength)
    this.#priority = new Float32Array(capacity * listLength)
  }

  /** Impressions that can be sampled. */
  get closed(): number {
    return this.#closed
  }

  /** Impressions that were never sampled because no return closed them. */
  get dropped(): number {
    return this.#dropped
  }

  /** Keeps an impression and closes the transition of the user's impression before. */
  add(feedback: Feedback): void {
    const { impression, previous, state, pool, pairs, shown, clicked, activeness, last } = feedback
    const { capacity, stateWidth, listLength, poolSize, pairWidth } = this.#shape
    const place = impression % capacity
    if (this.#isDrawable(place)) this.#closed--
    const wasOpen = this.#next[place]! < 0 && this.#impression[place]! >= 0
    if (wasOpen) this.#dropped++
    this.#newest = impression
    this.#impression[place] = impression
    this.#next[place] = -1
    this.#state.set(state, place * stateWidth)
    this.#pool.set(pool, place * poolSize)
    this.#pairs.set(pairs, place * poolSize * pairWidth)
    this.#item.set(shown, place * listLength)
    this.#priority.fill(0, place * listLength, (place + 1) * listLength)
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
    if (previous >= 0) this.#close(previous, impression, activeness)
    if (last && this.#rule.openTail === 'terminal') this.#close(impression, impression, 0)
  }

  #close(impression: number, next: number, activeness: number): void {
    const { capacity, listLength } = this.#shape
    const place = impression % capacity
    if (this.#impression[place] !== impression) return // already overwritten
    this.#next[place] = next
    if (this.#isDrawable(place)) this.#closed++
    for (let slot = place * listLength; slot < (place + 1) * listLength; slot++) {
      if (this.#item[slot]! < 0) continue
      this.#reward[slot]! += this.#rule.beta * activeness
      this.#priority[slot] = this.#highest
    }
  }

  /** Whether it is closed and showed something. */
  #isDrawable(place: number): boolean {
    const { listLength } = this.#shape
    if (this.#next[place]! < 0) return false
    for (let slot = place * listLength; slot < (place + 1) * listLength; slot++) {
      if (this.#item[slot]! >= 0) return true
    }
    return false
  }

  /**
   * `n` transitions, drawn with replacement over (closed impression, shown item). Its columns are
   * valid until the next call.
   * @throws RangeError if no impression is closed
   */
  sample(n: number, rng: Rng): ReplaySample {
    if (this.#closed === 0) throw new RangeError('the replay buffer holds no closed impression')
    if (this.#sample?.item.length !== n) this.#sample = emptySample(n, this.#shape)
    const sample = this.#sample
    sample.weight.fill(1)
    this.#draw(sample, rng)
    for (let i = 0; i < n; i++) this.#copy(sample, i)
    return sample
  }

  #draw(sample: ReplaySample, rng: Rng): void {
    const { sampling } = this.#rule
    if (sampling.kind === 'prioritised') {
      this.#drawByPriority(sample, sampling.correction, rng)
      return
    }
    const { slot: slots } = sample
    const patience = PATIENCE * this.#shape.capacity
    for (let i = 0, misses = 0; i < slots.length;) {
      if (misses > patience) {
        this.#drawExactly(slots.subarray(i), rng)
        return
      }
      const slot = this.#anySlot(rng)
      if (slot < 0) misses++
      else {
        slots[i++] = slot
        misses = 0
      }
    }
  }

  /** A slot as the rule weighs them, or −1 where nothing can be drawn there. */
  #anySlot(rng: Rng): number {
    const { sampling } = this.#rule
    const { capacity, listLength } = this.#shape
    let place: number
    if (sampling.kind === 'recency') {
      const age = Math.floor(-sampling.halfLife * Math.log2(1 - rng.u()))
      if (age > this.#newest || age >= capacity) return -1
      place = (this.#newest - age) % capacity
    } else place = rng.int(capacity)
    if (this.#next[place]! < 0) return -1
    const slot = place * listLength + rng.int(listLength)
    return this.#item[slot]! < 0 ? -1 : slot
  }

  /** The same law by sums over all slots: where so few can be drawn that chance hardly meets one. */
  #drawExactly(slots: Int32Array, rng: Rng): void {
    const { sampling } = this.#rule
    const { listLength } = this.#shape
    const age = (place: number) => this.#newest - this.#impression[place]!
    const drawable = [...this.#next.keys()].filter((place) => this.#isDrawable(place))
    const youngest = drawable.reduce((least, place) => Math.min(least, age(place)), Infinity)
    const cumulated = new Float64Array(drawable.length * listLength)
    let total = 0
    drawable.forEach((place, i) => {
      const older = age(place) - youngest
      const weight = sampling.kind === 'recency' ? 2 ** (-older / sampling.halfLife) : 1
      for (let k = 0; k < listLength; k++) {
        if (this.#item[place * listLength + k]! >= 0) total += weight
        cumulated[i * listLength + k] = total
      }
    })
    for (let i = 0; i < slots.length; i++) {
      const at = firstAbove(cumulated, rng.u() * total)
      slots[i] = drawable[Math.floor(at / listLength)]! * listLength + (at % listLength)
    }
  }

  #drawByPriority({ slot: slots, weight }: ReplaySample, correction: number, rng: Rng): void {
    const cumulated = new Float64Array(this.#priority.length)
    let total = 0
    let open = 0
    this.#priority.forEach((priority, slot) => {
      total += priority
      if (priority > 0) open++
      cumulated[slot] = total
    })
    let largest = 0
    for (let i = 0; i < slots.length; i++) {
      const slot = firstAbove(cumulated, rng.u() * total)
      slots[i] = slot
      weight[i] = ((open * this.#priority[slot]!) / total) ** -correction
      largest = Math.max(largest, weight[i]!)
    }
    for (let i = 0; i < weight.length; i++) weight[i]! /= largest
  }

  #copy(sample: ReplaySample, i: number): void {
    const { capacity, stateWidth, listLength, poolSize, pairWidth } = this.#shape
    const slot = sample.slot[i]!
    const place = Math.floor(slot / listLength)
    const next = this.#next[place]!
    const row = (from: Float32Array, at: number, width: number) =>
      from.subarray(at * width, (at + 1) * width)
    sample.state.set(row(this.#state, place, stateWidth), i * stateWidth)
    sample.item[i] = this.#item[slot]!
    sample.pairs.set(row(this.#itemPairs, slot, pairWidth), i * pairWidth)
    sample.reward[i] = this.#reward[slot]!
    if (next === this.#impression[place]) {
      sample.nextPool.fill(-1, i * poolSize, (i + 1) * poolSize)
      return
    }
    const after = next % capacity
    sample.nextState.set(row(this.#state, after, stateWidth), i * stateWidth)
    sample.nextPool.set(this.#pool.subarray(after * poolSize, (after + 1) * poolSize), i * poolSize)
    const width = poolSize * pairWidth
    sample.nextPairs.set(row(this.#pairs, after, width), i * width)
  }

  /** The candidates that the sampled items were shown among, as `nextPool` and `nextPairs`. */
  candidates({ slot }: ReplaySample): { readonly pool: Int32Array; readonly pairs: Float32Array } {
    const { listLength, poolSize, pairWidth } = this.#shape
    const pool = new Int32Array(slot.length * poolSize)
    const width = poolSize * pairWidth
    const pairs = new Float32Array(slot.length * width)
    slot.forEach((at, i) => {
      const place = Math.floor(at / listLength)
      pool.set(this.#pool.subarray(place * poolSize, (place + 1) * poolSize), i * poolSize)
      pairs.set(this.#pairs.subarray(place * width, (place + 1) * width), i * width)
    })
    return { pool, pairs }
  }

  /** Tells a prioritised buffer the errors of a sample. @param errors y − Q, [n] */
  prioritise({ slot }: ReplaySample, errors: Float32Array): void {
    const { sampling } = this.#rule
    if (sampling.kind !== 'prioritised') return
    slot.forEach((at, i) => {
      const priority = (Math.abs(errors[i]!) + smallestError) ** sampling.exponent
      this.#priority[at] = priority
      this.#highest = Math.max(this.#highest, priority)
    })
  }

  state(): ReplayState {
    return {
      impression: this.#impression.slice(),
      next: this.#next.slice(),
      state: this.#state.slice(),
      pool: inFewBits(this.#pool),
      pairs: this.#pairs.slice(),
      itemPairs: this.#itemPairs.slice(),
      item: this.#item.slice(),
      reward: this.#reward.slice(),
      priority: this.#priority.slice(),
      dropped: this.#dropped,
      newest: this.#newest,
      highest: this.#highest,
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
    this.#priority.set(state.priority)
    this.#dropped = state.dropped
    this.#newest = state.newest
    this.#highest = state.highest
    this.#closed = 0
    this.#next.forEach((_, place) => {
      if (this.#isDrawable(place)) this.#closed++
    })
  }
}

function emptySample(n: number, { stateWidth, poolSize, pairWidth }: ReplayShape): ReplaySample {
  return {
    slot: new Int32Array(n),
    weight: new Float32Array(n),
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
  readonly pool: Int32Array | Int16Array
  readonly pairs: Float32Array
  readonly itemPairs: Float32Array
  readonly item: Int32Array
  readonly reward: Float32Array
  readonly priority: Float32Array
  readonly dropped: number
  readonly newest: number
  readonly highest: number
}

/** A copy, in 16 bits where the catalogue allows: pools are nearly all of a checkpoint. */
const inFewBits = (items: Int32Array): Int32Array | Int16Array =>
  items.every((item) => item < 2 ** 15) ? Int16Array.from(items) : items.slice()

/** Keeps every transition possible (Schaul et al., ICLR 2016, ε of §3.3). */
const smallestError = 1e-3
