/**
 * Finds lists of the same user at the same second with the same items: a log that was delivered
 * twice. Of every user the last list is kept as two hashes of its items.
 */
export class RepeatedLists {
  readonly #time: Float64Array // [users]
  readonly #hash: Int32Array // [users × 2]

  constructor(users: number) {
    this.#time = new Float64Array(users).fill(Number.NaN)
    this.#hash = new Int32Array(2 * users)
  }

  /** @returns whether the user's list before was the same */
  add(user: number, time: number, items: readonly number[]): boolean {
    let a = items.length
    let b = ~items.length
    for (const item of items) {
      a = Math.imul(a ^ item, 0x01000193) // FNV-1a over words
      b = Math.imul(b ^ (b >>> 15) ^ item, 0x85ebca6b) // MurmurHash3's multiplier
    }
    const at = 2 * user
    const isRepeated = this.#time[user] === time && this.#hash[at] === a && this.#hash[at + 1] === b
    this.#time[user] = time
    this.#hash[at] = a
    this.#hash[at + 1] = b
    return isRepeated
  }
}
