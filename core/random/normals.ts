import type { NormalSource } from './gammaDraw.ts'
import type { Rng } from './rng.ts'
import { Xoshiro128 } from './xoshiro128.ts'

/**
 * Standard normals where hundreds are needed at a time: by the ziggurat of 128 layers (Marsaglia & Tsang,
 * J. Stat. Softw. 5(8), 2000) from words that a stream seeds; layer and position take different bits of
 * a word.
 */
export class Normals implements NormalSource {
  readonly #random = new Xoshiro128()
  readonly #words = new Uint32Array(512)
  #next = 512

  seed(rng: Rng): void {
    this.#random.seed(rng)
    this.#next = this.#words.length
  }

  /** Fills out[0 … count − 1]. @returns the sum of their squares */
  fill(out: Float64Array, count: number): number {
    const words = this.#words
    const { limit, scale } = ziggurat
    let square = 0
    let next = this.#next
    for (let i = 0; i < count; i++) {
      if (next === words.length) {
        this.#random.fill(words)
        next = 0
      }
      const word = words[next++]! | 0
      const layer = word & 127
      const position = word >> 7
      let x = position * scale[layer]!
      if (position >= limit[layer]! || -position >= limit[layer]!) {
        this.#next = next
        x = this.#atTheEdge(layer, x)
        next = this.#next
      }
      out[i] = x
      square += x * x
    }
    this.#next = next
    return square
  }

  /** Outside of a layer's inner part: its wedge, or the tail behind the lowest layer. */
  #atTheEdge(layer: number, x: number): number {
    if (layer === 0) {
      for (;;) {
        const tail = -Math.log(1 - this.u()) / tailFrom
        if (-2 * Math.log(1 - this.u()) > tail * tail) {
          return x > 0 ? tailFrom + tail : -tailFrom - tail
        }
      }
    }
    const { height } = ziggurat
    const drawn = height[layer]! + (1 - this.u()) * (height[layer - 1]! - height[layer]!)
    if (drawn < Math.exp(-0.5 * x * x)) return x
    return this.normal()
  }

  normal(): number {
    const word = this.#word() | 0
    const layer = word & 127
    const position = word >> 7
    const x = position * ziggurat.scale[layer]!
    return Math.abs(position) < ziggurat.limit[layer]! ? x : this.#atTheEdge(layer, x)
  }

  #word(): number {
    if (this.#next === this.#words.length) {
      this.#random.fill(this.#words)
      this.#next = 0
    }
    return this.#words[this.#next++]!
  }

  /** With 32 bits. */
  u(): number {
    return this.#word() * 2 ** -32
  }
}

const layers = 128
const tailFrom = 3.442619855899
const area = 9.91256303526217e-3 // of each layer

/** Of each layer, 0 the lowest: positions below `limit` are inside, x = position · `scale`. */
const ziggurat = (() => {
  const range = 2 ** 24
  const limit = new Int32Array(layers)
  const scale = new Float64Array(layers)
  const height = new Float64Array(layers)
  const density = (x: number) => Math.exp(-0.5 * x * x)
  let outer = tailFrom
  let inner = tailFrom
  const base = area / density(tailFrom)
  limit[0] = Math.floor((tailFrom / base) * range)
  scale[0] = base / range
  height[0] = 1
  scale[layers - 1] = tailFrom / range
  height[layers - 1] = density(tailFrom)
  for (let i = layers - 2; i >= 1; i--) {
    outer = Math.sqrt(-2 * Math.log(area / outer + density(outer)))
    limit[i + 1] = Math.floor((outer / inner) * range)
    inner = outer
    height[i] = density(outer)
    scale[i] = outer / range
  }
  limit[1] = 0
  return { limit, scale, height }
})()
