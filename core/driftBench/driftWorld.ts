import type { StreamFactory } from '#core/random/philox'
import { Gaussians } from './gaussians.ts'

/** Sizes and motion of the world of drn.md §10. */
export interface DriftWorldParams {
  readonly requests: number
  readonly drift: number // standard deviation of θ's step per request; 0 = stationary
  readonly jump: number // size of the jump at half time; 0 = none
}

export const dimension = 20
export const poolSize = 50
export const listLength = 10

/** One request: fresh items, how attractive they are, and the coins that decide their clicks. */
export interface DriftRequest {
  readonly features: Float64Array // [poolSize × dimension]
  readonly probability: Float64Array // [poolSize], P(click), wherever the item stands
  readonly coin: Float64Array // [poolSize], an item is clicked where its coin is below
}

/**
 * Users whose taste θ ∈ R²⁰ wanders: P(click) = sig(3θ·x − 3) of items x ~ N(0, I), independent of
 * the slot. All agents of a seed meet the same requests and the same coins. Buffers are reused.
 */
export class DriftWorld {
  readonly #params: DriftWorldParams
  readonly #stream: StreamFactory
  readonly #gaussians = new Gaussians()
  readonly #theta = new Float64Array(dimension)
  readonly #step = new Float64Array(dimension)
  readonly #request: DriftRequest = {
    features: new Float64Array(poolSize * dimension),
    probability: new Float64Array(poolSize),
    coin: new Float64Array(poolSize),
  }

  constructor(params: DriftWorldParams, stream: StreamFactory) {
    this.#params = params
    this.#stream = stream
    this.#gaussians.fill(stream('theta', 0), this.#theta)
    normalise(this.#theta)
  }

  /**
   * A batch of the log that agents are trained on beforehand, under the first θ.
   * @param x receives items, [n × dimension] @param y receives clicks, [n]
   */
  logged(batch: number, x: Float64Array, y: Float64Array): void {
    this.#gaussians.fill(this.#stream('logged items', batch), x)
    const rng = this.#stream('logged clicks', batch)
    for (let i = 0; i < y.length; i++) y[i] = rng.u() < this.#clickProbability(x, i) ? 1 : 0
  }

  /** Requests have to be asked for in order. */
  next(t: number): DriftRequest {
    this.#move(t)
    const { features, probability, coin } = this.#request
    this.#gaussians.fill(this.#stream('items', t), features)
    const rng = this.#stream('coins', t)
    for (let i = 0; i < poolSize; i++) {
      probability[i] = this.#clickProbability(features, i)
      coin[i] = rng.u()
    }
    return this.#request
  }

  #move(t: number): void {
    const { drift, jump, requests } = this.#params
    if (drift > 0) this.#shift(this.#stream('drift', t), drift, false)
    if (jump > 0 && t === Math.floor(requests / 2)) this.#shift(this.#stream('jump', 0), jump, true)
  }

  #shift(rng: ReturnType<StreamFactory>, size: number, unit: boolean): void {
    this.#gaussians.fill(rng, this.#step)
    if (unit) normalise(this.#step)
    for (let f = 0; f < dimension; f++) this.#theta[f]! += size * this.#step[f]!
    normalise(this.#theta)
  }

  #clickProbability(x: Float64Array, row: number): number {
    let dot = 0
    for (let f = 0; f < dimension; f++) dot += this.#theta[f]! * x[row * dimension + f]!
    return 1 / (1 + Math.exp(3 - 3 * dot))
  }
}

function normalise(vector: Float64Array): void {
  let square = 0
  for (const value of vector) square += value * value
  const norm = Math.sqrt(square)
  for (let i = 0; i < vector.length; i++) vector[i]! /= norm
}
