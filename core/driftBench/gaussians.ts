import type { Rng } from '#core/random/rng'
import { Xoshiro128 } from '#core/random/xoshiro128'

/** Many standard normals from one stream, by Box–Muller with both branches. */
export class Gaussians {
  readonly #random = new Xoshiro128()
  readonly #words = new Uint32Array(512)

  /** Fills `out` from the stream's next numbers. */
  fill(rng: Rng, out: Float64Array): void {
    const words = this.#words
    this.#random.seed(rng)
    for (let i = 0; i < out.length; i += 2) {
      const at = i % words.length
      if (at === 0) this.#random.fill(words)
      const radius = Math.sqrt(-2 * Math.log((words[at]! + 1) * 2 ** -32))
      const angle = 2 * Math.PI * words[at + 1]! * 2 ** -32
      out[i] = radius * Math.cos(angle)
      if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle)
    }
  }
}
