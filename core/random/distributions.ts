import type { Rng } from './rng.ts'

/** Standard normal by Box–Muller, the cosine branch; two uniforms a draw. */
export function normal(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.u()))
  return radius * Math.cos(2 * Math.PI * rng.u())
}

/** Exponential with the given mean. */
export function exponential(rng: Rng, mean: number): number {
  return -mean * Math.log(1 - rng.u())
}

/** Geometric on {1, 2, …} with the given mean ≥ 1. */
export function geometric(rng: Rng, mean: number): number {
  if (mean <= 1) return 1
  return 1 + Math.floor(Math.log(1 - rng.u()) / Math.log(1 - 1 / mean))
}

/** Fisher–Yates over a copy of 0 … n−1. */
export function permutation(rng: Rng, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = rng.int(i + 1)
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}
