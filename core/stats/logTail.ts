import { chiSquareTail, lnGamma } from './special.ts'

/** ln P(χ² ≥ x) with `df` degrees of freedom; finite long after the tail itself underflows. */
export function lnChiSquareTail(x: number, df: number): number {
  const a = df / 2
  const y = x / 2
  return y < a + 20 ? Math.log(chiSquareTail(x, df)) : lnUpperGamma(a, y)
}

/** ln P(Z ≥ z) of the standard normal; finite long after the tail itself underflows. */
export function lnNormalTail(z: number): number {
  if (z === 0) return -Math.LN2
  const half = lnChiSquareTail(z * z, 1) - Math.LN2 // P(Z ≥ |z|) = ½ P(χ²₁ ≥ z²)
  return z > 0 ? half : Math.log1p(-Math.exp(half))
}

/**
 * ln Q(a, x) by the continued fraction of the upper incomplete gamma function, x > a + 1.
 *
 * Source: Abramowitz & Stegun 6.5.31, evaluated by the modified Lentz method.
 */
function lnUpperGamma(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let fraction = d
  for (let i = 1; i < 500; i++) {
    const numerator = -i * (i - a)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    const step = c * d
    fraction *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return a * Math.log(x) - x - lnGamma(a) + Math.log(fraction)
}
