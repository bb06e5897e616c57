/** Uniforms in [0, 1) and standard normals. */
export interface NormalSource {
  u(): number
  normal(): number
}

/**
 * A draw of Gamma(shape, 1).
 *
 * Source: Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000.
 */
export function gammaDraw(source: NormalSource, shape: number): number {
  if (shape < 1) return gammaDraw(source, shape + 1) * (1 - source.u()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = source.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - source.u()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
