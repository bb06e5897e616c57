import type { Rng } from '#core/random/rng'

/**
 * How the winner of a duel moves the weights: step = the DBGD step towards it (default), printed =
 * eq. 8 of the paper to the letter, which grows the norm by about 1 + η per win and needs a guard,
 * replace = the winner's weights.
 */
export type MinorRule = 'step' | 'printed' | 'replace'

/**
 * The disturbance of DRN's explore network, ΔW = α·(2u - 1)·W with one uniform per weight in order.
 * Relative noise never moves a weight of 0 and, for α < 1, never flips a sign.
 *
 * Zheng et al., "DRN", WWW 2018, eq. 7.
 * @param alpha size of the disturbance
 */
export function relativeNoise(w: Float64Array, alpha: number, rng: Rng): Float64Array {
  return w.map((value) => alpha * (2 * rng.u() - 1) * value)
}

/** The explore network's weights W̃ = W + ΔW. */
export function disturbed(w: Float64Array, noise: Float64Array): Float64Array {
  return w.map((value, i) => value + noise[i]!)
}

/**
 * The weights after a duel that the explore network won; after any other outcome they stay as they
 * are.
 *
 * Zheng et al., "DRN", WWW 2018, eq. 8, prints W + ηW̃; the step W + ηΔW is what the text means.
 * @param noise ΔW
 * @param eta step size; 'replace' ignores it
 */
export function minorUpdate(
  w: Float64Array,
  noise: Float64Array,
  eta: number,
  rule: MinorRule,
): Float64Array {
  switch (rule) {
    case 'step':
      return w.map((value, i) => value + eta * noise[i]!)
    case 'printed':
      return w.map((value, i) => value + eta * (value + noise[i]!))
    case 'replace':
      return disturbed(w, noise)
  }
}
