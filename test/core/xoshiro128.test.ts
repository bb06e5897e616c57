import { describe, expect, it } from 'vitest'
import { rngFrom } from '#core/random/rng'
import { Xoshiro128 } from '#core/random/xoshiro128'

/** Uniforms that give these words when multiplied by 2³². */
const seeded = (...words: number[]): Xoshiro128 => {
  const random = new Xoshiro128()
  random.seed(rngFrom(() => words.shift()! / 2 ** 32))
  return random
}

/** The authors' xoshiro128plusplus.c, written out with big integers. */
function reference(state: bigint[], n: number): number[] {
  const word = (x: bigint): bigint => BigInt.asUintN(32, x)
  const rotate = (x: bigint, k: bigint): bigint => word((x << k) | (x >> (32n - k)))
  return Array.from({ length: n }, () => {
    const result = word(rotate(word(state[0]! + state[3]!), 7n) + state[0]!)
    const t = word(state[1]! << 9n)
    state[2]! ^= state[0]!
    state[3]! ^= state[1]!
    state[1]! ^= state[2]!
    state[0]! ^= state[3]!
    state[2]! ^= t
    state[3] = rotate(state[3]!, 11n)
    return Number(result)
  })
}

describe('Xoshiro128', () => {
  it('gives the words of the published generator, in one piece or in several', () => {
    const state = [0x9e3779b9, 0x243f6a88, 0xfedcba98, 0x80000001]
    const expected = reference(state.map(BigInt), 300)
    const whole = new Uint32Array(300)
    seeded(...state).fill(whole)
    expect([...whole]).toEqual(expected)
    const parts = new Uint32Array(300)
    const random = seeded(...state)
    for (const [from, to] of [
      [0, 1],
      [1, 120],
      [120, 300],
    ]) {
      random.fill(parts.subarray(from, to))
    }
    expect(parts).toEqual(whole)
  })

  it('starts from zeros as well', () => {
    const out = new Uint32Array(8)
    seeded(0, 0, 0, 0).fill(out)
    expect([...out]).toEqual(reference([0n, 0n, 0n, 1n], 8))
    expect(new Set(out).size).toBeGreaterThan(4)
  })
})
