import { expectedMaximum } from './expectedMaximum.ts'

/** Parameters of eq. 7-6; see `expectedMaximum`. */
export interface MaximumModel {
  readonly q: number
  readonly p: number
  readonly b: number
  readonly c: number
}

/**
 * The model of eq. 7-6 that comes nearest to values measured at several k, by least squares: p and c/b
 * over a grid, Q and b ≥ 0 in closed form, as the model is linear in both.
 * @returns null for fewer than three different k, which any curve would meet
 */
export function fitMaximum(
  measured: readonly { readonly k: number; readonly value: number }[],
): MaximumModel | null {
  if (new Set(measured.map(({ k }) => k)).size < 3) return null
  const mean = average(measured.map(({ value }) => value))
  let best: { readonly error: number; readonly model: MaximumModel } | null = null
  for (let p = 0; p < 0.99; p += 0.02) {
    for (const ratio of ratios) {
      const unit = { q: 0, p, b: 1, c: ratio }
      const shape = measured.map(({ k }) => expectedMaximum(unit, k))
      const centre = average(shape)
      const spread = shape.reduce((sum, x) => sum + (x - centre) ** 2, 0)
      const common = shape.reduce(
        (sum, x, i) => sum + (x - centre) * (measured[i]!.value - mean),
        0,
      )
      const b = spread > 0 ? Math.max(0, common / spread) : 0
      const q = mean - b * centre
      const error = shape.reduce((sum, x, i) => sum + (q + b * x - measured[i]!.value) ** 2, 0)
      if (!best || error < best.error - 1e-15) best = { error, model: { q, p, b, c: ratio * b } }
    }
  }
  return best!.model
}

const ratios = [1, 1.5, 2, 3, 5, 8]

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
