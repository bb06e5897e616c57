import { normal } from './distributions.ts'
import { gammaDraw } from './gammaDraw.ts'
import type { Rng } from './rng.ts'

/** A draw of Beta(a, b), as X/(X + Y) of two gamma draws; a and b > 0. */
export function betaDraw(rng: Rng, a: number, b: number): number {
  const source = { u: () => rng.u(), normal: () => normal(rng) }
  const x = gammaDraw(source, a)
  return x / (x + gammaDraw(source, b))
}
