import type { Perturbation } from '#core/compute/ops'
import type { Rng } from '#core/random/rng'

/**
 * Sets of weights of one shape and the arithmetic that explorers do with them: `W` is a set, whether
 * it lies in tensors or in plain arrays.
 */
export interface WeightSpace<W> {
  /** Names of the tensors of a set, in order. */
  readonly names: readonly string[]
  /** A set of its own; what it holds is undefined until it is written. */
  create(): W
  dispose(set: W): void
  /** target ← source, bit for bit. */
  copy(target: W, source: W): void
  /** target ← source + ΔW on the tensors that may be touched; the others are copied. */
  perturb(source: W, target: W, perturbation: Perturbation, rng: Rng): void
  /** As `perturb`, ΔW = sigma · N(0, 1) · √(mean w² + 10⁻⁶) per weight, the mean over the tensor. */
  perturbNormal(source: W, target: W, sigma: number, rng: Rng): void
  /** target ← target + tau · (source − target). */
  mix(target: W, source: W, tau: number): void
  /** target ← target + factor · source, tensor by tensor. */
  addScaled(target: W, source: W, factor: number | readonly number[]): void
  /** set ← values, tensor by tensor. @throws RangeError if one does not fit */
  assign(set: W, values: readonly (Float32Array | Float64Array)[]): void
  /** A copy of the numbers, tensor by tensor. */
  values(set: W): readonly (Float32Array | Float64Array)[]
}

/** ‖W‖ over all tensors. */
export function weightNorm(set: readonly ArrayLike<number>[]): number {
  let square = 0
  for (const values of set) square += squareSum(values)
  return Math.sqrt(square)
}

export function squareSum(values: ArrayLike<number>): number {
  let square = 0
  for (let i = 0; i < values.length; i++) square += values[i]! ** 2
  return square
}

/** ‖a − b‖ over all tensors. */
export function weightDistance(
  a: readonly ArrayLike<number>[],
  b: readonly ArrayLike<number>[],
): number {
  let square = 0
  a.forEach((values, t) => {
    for (let i = 0; i < values.length; i++) square += (values[i]! - b[t]![i]!) ** 2
  })
  return Math.sqrt(square)
}
