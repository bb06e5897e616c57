import type { Rng } from '#core/random/rng'

/**
 * Words of 32 bits from a state that a stream fills: where one request needs thousands of numbers, a
 * block of the stream's cipher for each of them would cost more than all that is done with them.
 *
 * xoshiro128++: Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021.
 */
export class Xoshiro128 {
  readonly #state = new Int32Array(4)

  /** Starts anew. */
  seed(rng: Rng): void {
    for (let i = 0; i < 4; i++) this.#state[i] = Math.floor(rng.u() * 2 ** 32)
    this.#state[3]! |= 1 // a state of zeros would stay zeros
  }

  /** Writes the next words. */
  fill(out: Uint32Array): void {
    const state = this.#state
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    for (let i = 0; i < out.length; i++) {
      const sum = (a + d) | 0
      out[i] = ((sum << 7) | (sum >>> 25)) + a
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
    }
    state[0] = a
    state[1] = b
    state[2] = c
    state[3] = d
  }
}
