import { normal } from '#core/random/distributions'
import type { StreamFactory } from '#core/random/philox'
import { normalise, unitNormal } from './newsArchive.ts'
import type { NewsParams } from './newsParams.ts'

const day = 86_400

/**
 * Hidden tastes θ on the unit sphere, which drift and jump once a day. The taste of a user on a day
 * depends on the world alone; it is worked out when the user comes.
 */
export class Tastes {
  readonly #params: NewsParams
  readonly #stream: StreamFactory
  readonly #topicMeans: Float64Array
  readonly #theta: Float64Array // [users × dimensions]
  readonly #day: Int32Array // [users], that θ stands at
  readonly #firstDay: number

  constructor(params: NewsParams, topicMeans: Float64Array, stream: StreamFactory) {
    const { users, dimensions } = params
    this.#params = params
    this.#stream = stream
    this.#topicMeans = topicMeans
    this.#theta = new Float64Array(users * dimensions)
    this.#firstDay = -Math.ceil(params.logDays)
    this.#day = new Int32Array(users).fill(this.#firstDay)
    for (let user = 0; user < users; user++) this.#begin(user)
  }

  #begin(user: number): void {
    const { dimensions } = this.#params
    unitNormal(this.#theta, user * dimensions, dimensions, this.#stream('taste', user))
    this.#day[user] = this.#firstDay
  }

  /** θ of the user at that time, a view; times may go back. */
  at(user: number, seconds: number): Float64Array {
    const { dimensions, tasteDrift, tasteJump, topics } = this.#params
    const at = user * dimensions
    const today = Math.floor(seconds / day)
    if (today < this.#day[user]!) this.#begin(user)
    for (let d = this.#day[user]! + 1; d <= today; d++) {
      const rng = this.#stream('taste drift', user * 4096 + d - this.#firstDay)
      if (rng.u() < tasteJump) {
        const topic = rng.int(topics)
        this.#theta.set(this.#topicMeans.subarray(topic * dimensions, (topic + 1) * dimensions), at)
      } else if (tasteDrift > 0) {
        for (let i = at; i < at + dimensions; i++) this.#theta[i]! += tasteDrift * normal(rng)
        normalise(this.#theta, at, dimensions)
      }
    }
    this.#day[user] = Math.max(today, this.#day[user]!)
    return this.#theta.subarray(at, at + dimensions)
  }
}
