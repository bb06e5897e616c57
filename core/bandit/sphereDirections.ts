import type { Rng } from '#core/random/rng'
import { Xoshiro128 } from '#core/random/xoshiro128'

/**
 * Directions uniform on the unit sphere, as `unitSphere` draws them, where thousands of coordinates are
 * needed for one list: normals by the ziggurat of 128 layers (Marsaglia & Tsang, J. Stat. Softw. 5(8),
 * 2000) from words that the stream seeds; layer and position take different bits of a word.
 */
export class SphereDirections {
  readonly all: readonly Float64Array[] // as drawn last; each of length `width`
  readonly #random = new Xoshiro128()
  readonly #words = new Uint32Array(512)
  #next = 512

  constructor(directions: number, width: number) {
    this.all = Array.from({ length: directions }, () => new Float64Array(width))
  }

  draw(rng: Rng): void {
    this.#random.seed(rng)
    this.#next = this.#words.length
    for (const out of this.all) this.#one(out)
  }

  #one(out: Float64Array): void {
    const words = this.#words
    const { limit, scale } = ziggurat
    let square = 0
    let next = this.#next
    for (let i = 0; i < out.length; i++) {
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
    const factor = 1 / Math.sqrt(square)
    for (let i = 0; i < out.length; i++) out[i]! *= factor
  }

  /** Outside of a layer's inner part: its wedge, or the tail behind the lowest layer. */
  #atTheEdge(layer: number, x: number): number {
    if (layer === 0) {
      for (;;) {
        const tail = -Math.log(this.#uniform()) / tailFrom
        if (-2 * Math.log(this.#uniform()) > tail * tail) {
          return x > 0 ? tailFrom + tail : -tailFrom - tail
        }
      }
    }
    const { height } = ziggurat
    const drawn = height[layer]! + this.#uniform() * (height[layer - 1]! - height[layer]!)
    if (drawn < Math.exp(-0.5 * x * x)) return x
    return this.#normal()
  }

  #normal(): number {
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

  /** In (0, 1]. */
  #uniform(): number {
    return (this.#word() + 1) * 2 ** -32
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
