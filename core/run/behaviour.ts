import type { Environment } from '#core/environment/environment'
import type { BehaviourSummary } from './summary.ts'
import { ratioEstimate } from './ratioEstimate.ts'

const day = 86_400
const bins = 10

/** What users did beside clicking: how often they came back, and what their clicks have in common. */
export class Behaviour {
  readonly #factors: Float32Array
  readonly #rank: number
  readonly #requests: Float64Array // [users]
  readonly #first: Float64Array // [users], s
  readonly #last: Float64Array // [users], s
  readonly #activeness: Float64Array // [users], sum over requests
  readonly #histogram: Float64Array // requests by activeness, tenths
  readonly #clicks: Float64Array // [users], clicked items with a direction
  readonly #directions: Float64Array // [users × rank], sum of their unit vectors
  readonly #ages: Float64Array // [users], sum of hours
  readonly #aged: Float64Array // [users], clicks with an age

  constructor({ users, observed: { factors, rank } }: Environment, state?: BehaviourState) {
    const perUser = (from?: Float64Array) => from?.slice() ?? new Float64Array(users)
    this.#factors = factors
    this.#rank = rank
    this.#requests = perUser(state?.requests)
    this.#first = perUser(state?.first)
    this.#last = perUser(state?.last)
    this.#activeness = perUser(state?.activeness)
    this.#histogram = state?.histogram.slice() ?? new Float64Array(bins)
    this.#clicks = perUser(state?.clicks)
    this.#directions = state?.directions.slice() ?? new Float64Array(users * rank)
    this.#ages = perUser(state?.ages)
    this.#aged = perUser(state?.aged)
  }

  /** @param activeness S right after the request */
  request(user: number, seconds: number, activeness: number): void {
    if (this.#requests[user]!++ === 0) this.#first[user] = seconds
    this.#last[user] = seconds
    this.#activeness[user]! += activeness
    this.#histogram[Math.min(bins - 1, Math.floor(bins * activeness))]!++
  }

  /** @param ageHours of the item; null where items have no age */
  click(user: number, item: number, ageHours: number | null): void {
    const rank = this.#rank
    let square = 0
    for (let f = 0; f < rank; f++) square += this.#factors[item * rank + f]! ** 2
    if (square > 0) {
      this.#clicks[user]!++
      const scale = 1 / Math.sqrt(square)
      for (let f = 0; f < rank; f++) {
        this.#directions[user * rank + f]! += scale * this.#factors[item * rank + f]!
      }
    }
    if (ageHours === null) return
    this.#ages[user]! += ageHours
    this.#aged[user]!++
  }

  /** @param level confidence of the intervals, clustered by user */
  summary(level: number): BehaviourSummary {
    const returns = this.#requests.map((n) => Math.max(0, n - 1))
    const days = this.#last.map((last, user) => (last - this.#first[user]!) / day)
    const similarities = this.#requests.map((_, user) => this.#similarity(user) ?? 0)
    const comparable = this.#clicks.map((n) => (n > 1 ? 1 : 0))
    const present = this.#clicks.reduce((n, clicks) => n + (clicks === 1 ? 1 : 0), 0)
    return {
      returnsPerDay: ratioEstimate(returns, days, level),
      activeness: ratioEstimate(this.#activeness, this.#requests, level),
      activenessHistogram: Array.from(this.#histogram),
      clickedSimilarity: ratioEstimate(similarities, comparable, level),
      usersWithOneClick: present,
      clickAgeHours: ratioEstimate(this.#ages, this.#aged, level),
    }
  }

  /** Mean cosine over the pairs of clicked items: (‖Σu‖² − n) / (n (n − 1)); null below two. */
  #similarity(user: number): number | null {
    const n = this.#clicks[user]!
    if (n < 2) return null
    let square = 0
    for (let f = user * this.#rank; f < (user + 1) * this.#rank; f++) {
      square += this.#directions[f]! ** 2
    }
    return (square - n) / (n * (n - 1))
  }

  state(): BehaviourState {
    return {
      requests: this.#requests.slice(),
      first: this.#first.slice(),
      last: this.#last.slice(),
      activeness: this.#activeness.slice(),
      histogram: this.#histogram.slice(),
      clicks: this.#clicks.slice(),
      directions: this.#directions.slice(),
      ages: this.#ages.slice(),
      aged: this.#aged.slice(),
    }
  }
}

export interface BehaviourState {
  readonly requests: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  readonly activeness: Float64Array
  readonly histogram: Float64Array
  readonly clicks: Float64Array
  readonly directions: Float64Array
  readonly ages: Float64Array
  readonly aged: Float64Array
}
