import { rngFrom, type Rng } from './rng.ts'

/**
 * The 32-bit generator that the oracles name; runs use `philox` streams, whose state is large enough.
 *
 * @param seed integer; taken modulo 2³²
 */
export function mulberry32(seed: number): Rng {
  let state = seed >>> 0
  return rngFrom(() => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  })
}
