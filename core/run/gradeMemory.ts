import type { Truth } from '#core/environment/environment'

/** Bytes of grades that are kept; users beyond that ask the world each time. */
const mostBytes = 2 ** 26

const unknown = -2 // grades are −1 … 4

/**
 * The world's grades of the users who are being served. A user's pools overlap from request to
 * request, and to ask a simulated world costs more than to look it up.
 */
export class GradeMemory {
  readonly #truth: Truth
  readonly #items: number
  readonly #rows = new Map<number, Int8Array>()
  readonly #free: Int8Array[] = []
  readonly #missing: Int32Array
  readonly #answers: Int8Array

  /** @param poolSize most items asked for at a time */
  constructor(truth: Truth, items: number, poolSize: number) {
    this.#truth = truth
    this.#items = items
    this.#missing = new Int32Array(poolSize)
    this.#answers = new Int8Array(poolSize)
  }

  /** As `Truth.grades`, into `out` from `at` on. */
  write(
    user: number,
    pools: Int32Array,
    from: number,
    count: number,
    out: Int8Array,
    at: number,
  ): void {
    const row = this.#rowOf(user)
    if (!row) {
      this.#truth.grades(user, pools, from, count, this.#answers)
      for (let i = 0; i < count; i++) out[at + i] = this.#answers[i]!
      return
    }
    let missing = 0
    for (let i = 0; i < count; i++) {
      const item = pools[from + i]!
      const grade = row[item]!
      out[at + i] = grade
      if (grade === unknown) this.#missing[missing++] = item
    }
    if (missing === 0) return
    this.#truth.grades(user, this.#missing, 0, missing, this.#answers)
    for (let i = 0; i < missing; i++) row[this.#missing[i]!] = this.#answers[i]!
    for (let i = 0; i < count; i++) out[at + i] = row[pools[from + i]!]!
  }

  #rowOf(user: number): Int8Array | undefined {
    const known = this.#rows.get(user)
    if (known || (this.#rows.size + 1) * this.#items > mostBytes) return known
    const row = (this.#free.pop() ?? new Int8Array(this.#items)).fill(unknown)
    this.#rows.set(user, row)
    return row
  }

  /** The user has left. */
  forget(user: number): void {
    const row = this.#rows.get(user)
    if (row && this.#rows.delete(user)) this.#free.push(row)
  }
}
