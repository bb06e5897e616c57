import type { Rng } from '#core/random/rng'

/** The kinds of random choice that interleavers and click models make. */
export interface Chance {
  /** Uniform in 0 … m-1; a forced choice (m = 1) draws nothing. */
  int(m: number): number
  /** True with probability p; always draws. */
  coin(p: number): boolean
  /** Index with probability proportional to its weight; always draws, even when one index is left. */
  weighted(weights: ArrayLike<number>): number
}

/** Random choices from a stream: one `int(m)` or one `u` each. */
export function chanceOf(rng: Rng): Chance {
  return {
    int: (m) => rng.int(m),
    coin: (p) => rng.u() < p,
    weighted: (weights) => pickWeighted(weights, rng.u()),
  }
}

/** The first index whose cumulated weight exceeds u·Σw; rounding can not select a weight of 0. */
function pickWeighted(weights: ArrayLike<number>, u: number): number {
  let total = 0
  for (let i = 0; i < weights.length; i++) total += weights[i]!
  const x = u * total
  let cumulated = 0
  let last = -1
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > 0)) continue
    cumulated += weights[i]!
    last = i
    if (cumulated > x) return i
  }
  if (last < 0) throw new RangeError('no weight is positive')
  return last
}

export interface Weighed<T> {
  readonly value: T
  readonly p: number
}

/**
 * Runs `experiment` once for every sequence of choices that has a positive probability. The law is
 * exact up to rounding, and comes from the very code that samples.
 *
 * @throws RangeError after `limit` sequences
 */
export function enumerate<T>(experiment: (chance: Chance) => T, limit = 500_000): Weighed<T>[] {
  const path: { readonly p: readonly number[]; choice: number }[] = []
  const results: Weighed<T>[] = []
  do {
    if (results.length === limit) {
      throw new RangeError(`more than ${limit} ways to draw: the exact law is for short lists`)
    }
    let depth = 0
    let p = 1
    const choose = (probabilities: () => readonly number[]): number => {
      let node = path[depth]
      if (!node) {
        const law = probabilities()
        node = { p: law, choice: law.findIndex((q) => q > 0) }
        path.push(node)
      }
      depth++
      p *= node.p[node.choice]!
      return node.choice
    }
    const value = experiment({
      int: (m) => (m <= 1 ? 0 : choose(() => Array<number>(m).fill(1 / m))),
      coin: (q) => choose(() => [q, 1 - q]) === 0,
      weighted: (weights) => choose(() => normalised(weights)),
    })
    results.push({ value, p })
  } while (advance(path))
  return results
}

function normalised(weights: ArrayLike<number>): number[] {
  const list = Array.from(weights)
  const total = list.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) throw new RangeError('no weight is positive')
  return list.map((weight) => weight / total)
}

/** Moves to the next sequence of choices, depth first; false after the last. */
function advance(path: { readonly p: readonly number[]; choice: number }[]): boolean {
  for (let node = path.at(-1); node; node = path.at(-1)) {
    do node.choice++
    while (node.choice < node.p.length && !(node.p[node.choice]! > 0))
    if (node.choice < node.p.length) return true
    path.pop()
  }
  return false
}
