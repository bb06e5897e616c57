import { midRanks, rounded } from '#core/stats/ranks'

export interface KendallTau {
  readonly tauB: number
  /** Stuart's τ_c, for tables that are not square. */
  readonly tauC: number
  readonly concordant: number
  readonly discordant: number
  /** Exact two-sided p; null when there are ties. */
  readonly pExact: number | null
}

/**
 * Kendall's rank correlation; values are rounded to 10 decimals before they are compared.
 *
 * Sources: Kendall, "Rank correlation methods", 1970 (τ_b, exact law); Stuart, Biometrika 40, 1953.
 * @returns null for fewer than two points or a constant
 * @throws RangeError for different lengths
 */
export function kendallTau(x: readonly number[], y: readonly number[]): KendallTau | null {
  requirePairs(x, y)
  const [rx, ry] = [x.map(rounded), y.map(rounded)]
  const n = x.length
  let concordant = 0
  let discordant = 0
  let tiedX = 0
  let tiedY = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const dx = Math.sign(rx[i]! - rx[j]!)
      const dy = Math.sign(ry[i]! - ry[j]!)
      if (dx === 0) tiedX++
      if (dy === 0) tiedY++
      if (dx * dy > 0) concordant++
      if (dx * dy < 0) discordant++
    }
  }
  const pairs = (n * (n - 1)) / 2
  if (tiedX === pairs || tiedY === pairs) return null
  const classes = Math.min(new Set(rx).size, new Set(ry).size)
  return {
    tauB: (concordant - discordant) / Math.sqrt((pairs - tiedX) * (pairs - tiedY)),
    tauC: (2 * (concordant - discordant) * classes) / (n * n * (classes - 1)),
    concordant,
    discordant,
    pExact: tiedX + tiedY === 0 ? exactKendallP(n, Math.min(concordant, discordant)) : null,
  }
}

/** min(1, 2 P(inversions ≤ d)) of a random permutation, by the recursion over its length. */
function exactKendallP(n: number, d: number): number {
  let law: number[] = [1]
  for (let length = 2; length <= n; length++) {
    const next = new Array<number>(Math.min(d + 1, law.length + length - 1)).fill(0)
    law.forEach((share, inversions) => {
      for (let more = 0; more < length && inversions + more < next.length; more++) {
        next[inversions + more] = next[inversions + more]! + share / length
      }
    })
    law = next
  }
  return Math.min(1, 2 * law.slice(0, d + 1).reduce((a, b) => a + b, 0))
}

/**
 * Spearman's ρ: the product-moment correlation of mid-ranks.
 *
 * @returns null for fewer than two points or a constant
 * @throws RangeError for different lengths
 */
export function spearmanRho(x: readonly number[], y: readonly number[]): number | null {
  requirePairs(x, y)
  const [a, b] = [midRanks(x).ranks, midRanks(y).ranks]
  const centre = (x.length + 1) / 2
  const cross = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((total, r, i) => total + (r - centre) * (q[i]! - centre), 0)
  const spread = cross(a, a) * cross(b, b)
  return spread === 0 ? null : cross(a, b) / Math.sqrt(spread)
}

function requirePairs(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length) {
    throw new RangeError(`${x.length} values can not be paired with ${y.length}`)
  }
}
