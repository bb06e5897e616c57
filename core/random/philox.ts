import type { Rng } from './rng.ts'

/** Stream names are words, so that two uses can not collide by a number chosen twice. */
export type StreamFactory = (name: string, index: number) => Rng

/**
 * Counter-based streams: the generator keyed by (seed, name) and positioned at `index`, so that any
 * impression can be drawn again alone and no draw depends on how work was batched or resumed.
 *
 * Philox4x32-10: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 * The 64-bit key is a hash of (seed, name); the 128-bit counter holds the index and the block.
 * @param seed integer in [0, 2⁵³)
 * @throws RangeError for a seed or an index that is not a safe non-negative integer
 */
export function streams(seed: number): StreamFactory {
  requireCount('seed', seed)
  const keys = new Map<string, readonly [number, number]>()
  return (name, index) => {
    requireCount('stream index', index)
    let key = keys.get(name)
    if (!key) keys.set(name, (key = hashKey(seed, name)))
    return new PhiloxStream(key[0], key[1], index >>> 0, Math.floor(index / 2 ** 32))
  }
}

const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

class PhiloxStream implements Rng {
  #key0: number
  #key1: number
  #low: number
  #high: number
  #block = 0
  #words = new Uint32Array(4)
  #used = 4

  constructor(key0: number, key1: number, low: number, high: number) {
    this.#key0 = key0
    this.#key1 = key1
    this.#low = low
    this.#high = high
  }

  u(): number {
    if (this.#used === 4) {
      philox4x32(this.#block++, 0, this.#low, this.#high, this.#key0, this.#key1, this.#words)
      this.#used = 0
    }
    const a = this.#words[this.#used]! >>> 5
    const b = this.#words[this.#used + 1]! >>> 6
    this.#used += 2
    return (a * 67108864 + b) / 9007199254740992
  }

  int(m: number): number {
    return m <= 1 ? 0 : Math.floor(this.u() * m)
  }
}

/** Ten rounds of Philox4x32; the four output words are written to `out`. */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let k0 = key0
  let k1 = key1
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(M0, c0)
    const high0 = mulHigh(M0, c0)
    const low1 = Math.imul(M1, c2)
    const high1 = mulHigh(M1, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + W0) | 0
    k1 = (k1 + W1) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/**
 * High 32 bits of the unsigned 64-bit product, by 16-bit halves: no sum leaves 32 bits, so that it
 * all stays integer arithmetic (Warren, Hacker's Delight, §8-2).
 */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0
  const low = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (low >>> 16)) | 0
}

/** 64 bits from (seed, name): two FNV-1a passes with different offsets, each finished by murmur3's mixer. */
function hashKey(seed: number, name: string): readonly [number, number] {
  const text = `${String(seed)}/${name}`
  return [mix(fnv1a(text, 0x811c9dc5)), mix(fnv1a(text, 0x2f0b4c57))]
}

function fnv1a(text: string, offset: number): number {
  let hash = offset
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function requireCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what} ${String(value)} is not an integer from 0 to 2^53 - 1`)
  }
}
