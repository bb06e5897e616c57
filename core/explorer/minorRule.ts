import type { MinorRuleParams } from './params.ts'
import { squareSum, weightDistance, type WeightSpace } from './weightSpace.ts'

/** What a minor update did to the weights. */
export interface MinorUpdate {
  readonly stepNorm: number // ‖W after − W before‖
  readonly guarded: boolean // the norm guard rescaled the result
}

export const noUpdate: MinorUpdate = { stepNorm: 0, guarded: false }

/**
 * Moves W towards a winning W~ by the rule of the spec (drn.md §8), all tensors at once.
 *
 * @throws Error under `normGuard: halt` when a weight is no longer finite, naming the tensor
 */
export function applyMinorRule<W>(
  space: WeightSpace<W>,
  w: W,
  winner: W,
  { minorRule, eta, normGuard }: MinorRuleParams,
): MinorUpdate {
  if (minorRule === 'none') return noUpdate
  const before = space.values(w)
  switch (minorRule) {
    case 'step':
      space.mix(w, winner, eta)
      break
    case 'printed':
      space.addScaled(w, winner, eta)
      break
    case 'replace':
      space.copy(w, winner)
      break
  }
  const guarded = minorRule === 'printed' && normGuard === 'rescale'
  if (guarded) rescale(space, w, before)
  const after = space.values(w)
  if (normGuard === 'halt') requireFinite(space.names, after)
  return { stepNorm: weightDistance(before, after), guarded }
}

/** Gives each tensor the norm it had, which keeps the direction that the update chose. */
function rescale<W>(space: WeightSpace<W>, w: W, before: readonly ArrayLike<number>[]): void {
  const factors = space.values(w).map((values, t) => {
    const norm = Math.sqrt(squareSum(values))
    return (norm > 0 ? Math.sqrt(squareSum(before[t]!)) / norm : 1) - 1
  })
  space.addScaled(w, w, factors)
}

function requireFinite(
  names: readonly string[],
  set: readonly (Float32Array | Float64Array)[],
): void {
  set.forEach((values, t) => {
    if (!values.every(Number.isFinite)) {
      throw new Error(
        `the norm guard stopped the run: "${names[t]!}" holds a number that is not finite; use minorRule "step" or normGuard "rescale"`,
      )
    }
  })
}
