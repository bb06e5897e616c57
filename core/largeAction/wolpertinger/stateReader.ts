import type { Episodes } from '#core/episode/episodicWorld'
import { RidgeBelief, ridgePrior, type RidgePrior } from '#core/episode/ridgeBelief'
import type { StreamFactory } from '#core/random/philox'
import type { OpenedWorld } from '../openWorld.ts'

const beliefRank = 16

/** What the ridge estimate of a user starts from; null in worlds without users. */
export const beliefPrior = (opened: OpenedWorld, stream: StreamFactory): RidgePrior | null =>
  opened.kind === 'ratings' ? ridgePrior(opened.rewards, beliefRank, stream('belief', 0)) : null

export const stateWidthOf = ({ world }: OpenedWorld, prior: RidgePrior | null): number =>
  world.featureWidth + (prior?.rank ?? 0)

/** States for value networks: a world's features and, where there are users, the ridge estimate. */
export class StateReader {
  readonly #featureWidth: number
  readonly #prior: RidgePrior | null
  #belief: RidgeBelief | null = null
  #states = new Float32Array(0)

  constructor({ world }: Pick<OpenedWorld, 'world'>, prior: RidgePrior | null) {
    this.#featureWidth = world.featureWidth
    this.#prior = prior
  }

  begin(rows: number): void {
    this.#belief = this.#prior && new RidgeBelief(this.#prior, rows)
    this.#belief?.begin()
    this.#states = new Float32Array(rows * (this.#featureWidth + (this.#prior?.rank ?? 0)))
  }

  restart(row: number): void {
    this.#belief?.restart(row)
  }

  observe({ rows, feedback }: Episodes, items: Int32Array): void {
    for (let row = 0; row < rows; row++) {
      this.#belief?.observe(row, items[row]!, feedback.raw[row]!)
    }
  }

  /** [rows × width], overwritten by the next call. */
  read({ rows, features }: Episodes): Float32Array {
    const rank = this.#prior?.rank ?? 0
    const width = this.#featureWidth + rank
    for (let row = 0; row < rows; row++) {
      const own = features.subarray(row * this.#featureWidth, (row + 1) * this.#featureWidth)
      this.#states.set(own, row * width)
      for (let f = 0; f < rank; f++) {
        const { mean, sd } = this.#prior!
        this.#states[row * width + this.#featureWidth + f] =
          (this.#belief!.theta[row * rank + f]! - mean[f]!) / sd[f]!
      }
    }
    return this.#states
  }
}
