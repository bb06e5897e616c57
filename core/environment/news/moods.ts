import { exponential } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import type { NewsParams } from './newsParams.ts'

/** No request follows another of the same user sooner; requests within it can be served together. */
export const shortestGap = 30 // s

const inSessionMean = 180 // s
const dailyMean = 86_400 // s

/** What the lists did to the users: boredom with topics, and satisfaction, which brings them back. */
export class Moods {
  readonly #params: NewsParams
  readonly #boredom: Float64Array // [users × topics], at #since
  readonly #since: Float64Array // [users], s; -Infinity before the first list
  readonly #satisfaction: Float64Array // [users], in [−.5, 1]

  constructor(params: NewsParams) {
    this.#params = params
    this.#boredom = new Float64Array(params.users * params.topics)
    // not 0: the log is earlier than that
    this.#since = new Float64Array(params.users).fill(-Infinity)
    this.#satisfaction = new Float64Array(params.users)
  }

  /** Share of the boredom of the last list that is left. */
  decay(user: number, seconds: number): number {
    return 2 ** (-(seconds - this.#since[user]!) / (this.#params.boredomHours * 3600))
  }

  /** Logits that the topic loses with the user, as of the user's last list: times `decay`. */
  boredom(user: number, topic: number): number {
    return this.#boredom[user * this.#params.topics + topic]!
  }

  /**
   * The user has seen a list: topics that he clicked bore by each item shown of them, and s ← .9 s + .1
   * (1 or −.5).
   * @param topics of the shown items
   * @param satisfied whether a click was on something that satisfies
   */
  respond(
    user: number,
    seconds: number,
    topics: readonly number[],
    clicked: Uint8Array,
    satisfied: boolean,
  ): void {
    const { boredom, topics: width } = this.#params
    const left = this.decay(user, seconds)
    const at = user * width
    for (let k = at; k < at + width; k++) this.#boredom[k]! *= left
    this.#since[user] = seconds
    const clickedTopics = new Set(topics.filter((_, slot) => clicked[slot] === 1))
    for (const topic of topics) {
      if (clickedTopics.has(topic)) this.#boredom[at + topic]! += boredom
    }
    const reward = satisfied ? 1 : -0.5
    this.#satisfaction[user] = 0.9 * this.#satisfaction[user]! + 0.1 * reward
  }

  /** Seconds until the user's next request: within the session, or some day later. */
  gap(user: number, rng: Rng): number {
    const { inSession, returnEffect } = this.#params
    const daily = dailyMean * Math.exp(-returnEffect * this.#satisfaction[user]!)
    const mean = rng.u() < inSession ? inSessionMean : daily
    return shortestGap + exponential(rng, mean - shortestGap)
  }

  state(): MoodsState {
    return {
      boredom: this.#boredom.slice(),
      since: this.#since.slice(),
      satisfaction: this.#satisfaction.slice(),
    }
  }

  restore(state: MoodsState): void {
    this.#boredom.set(state.boredom)
    this.#since.set(state.since)
    this.#satisfaction.set(state.satisfaction)
  }
}

export interface MoodsState {
  readonly boredom: Float64Array
  readonly since: Float64Array
  readonly satisfaction: Float64Array
}
