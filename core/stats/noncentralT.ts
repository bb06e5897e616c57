import { lnGamma, phi } from './special.ts'

/** Points of the quadrature; the integrand is analytic, so that far fewer would do. */
const points = 600

/**
 * P(T > t) for the non-central t distribution with `df` degrees of freedom and non-centrality δ.
 *
 * T = (Z + δ)/S with S = √(χ²_df/df), so P(T > t) = E[Φ(δ − tS)]; the expectation over ln S is
 * taken by the trapezoidal rule, which converges geometrically for such an integrand.
 */
export function noncentralTTail(t: number, df: number, delta: number): number {
  const lnConstant = Math.LN2 + (df / 2) * Math.log(df / 2) - lnGamma(df / 2)
  const spread = 12 / Math.sqrt(2 * df)
  const from = -Math.max(spread, 40 / df)
  const step = (spread - from) / points
  let total = 0
  for (let i = 0; i <= points; i++) {
    const y = from + i * step
    const s = Math.exp(y)
    total += Math.exp(lnConstant + df * y - (df * s * s) / 2) * phi(delta - t * s)
  }
  return total * step
}
