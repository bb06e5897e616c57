import { normal } from './distributions.ts'
import type { Rng } from './rng.ts'

/** A draw of Beta(a, b), as X/(X + Y) of two gamma draws; a and b > 0. */
export function betaDraw(rng: Rng, a: number, b: number): number {
  const x = gammaDraw(rng, a)
  return x / (x + gammaDraw(rng, b))
}

/**
 * A draw of Gamma(shape, 1).
 *
 * Source: Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000.
 */
function gammaDraw(rng: Rng, shape: number): number {
  if (shape < 1) return gammaDraw(rng, shape + 1) * (1 - rng.u()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(rng)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - rng.u()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
