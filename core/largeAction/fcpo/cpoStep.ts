/** What the step depends on, in the ascent convention: g = ∇J, b = ∇J_C, H = Hessian of the mean KL. */
export interface CpoProblem {
  readonly q: number // gᵀH⁻¹g
  readonly r: number // gᵀH⁻¹b
  readonly s: number // bᵀH⁻¹b
  readonly c: number // J_C − limit
  readonly delta: number // most KL
}

/** x = H⁻¹(g − ν·b)/λ, or in `recovery` x = −√(2δ/s)·H⁻¹b. */
export type CpoStep =
  | { readonly kind: 'recovery'; readonly scale: number }
  | { readonly kind: 'step'; readonly lambda: number; readonly nu: number }

const tiny = 1e-12

/**
 * Maximises gᵀx subject to c + bᵀx ≤ 0 and xᵀHx/2 ≤ δ in closed form; −∞ limits give the TRPO step.
 *
 * Source: Achiam et al., "Constrained policy optimization", ICML 2017, theorem 2, with the signs of the
 * ascent convention (large-action-spaces.md F3).
 */
export function cpoStep({ q, r, s, c, delta }: CpoProblem): CpoStep {
  const trust: CpoStep = { kind: 'step', lambda: Math.sqrt(q / (2 * delta)), nu: 0 }
  if (s < tiny || c === -Infinity) return trust
  const beyond = (c * c) / s > 2 * delta
  if (beyond && c > 0) return { kind: 'recovery', scale: Math.sqrt((2 * delta) / s) }
  if (beyond) return trust
  const a = Math.max(0, q - (r * r) / s)
  const room = 2 * delta - (c * c) / s
  const free = Math.sqrt(a / Math.max(room, tiny))
  const unbound = Math.sqrt(q / (2 * delta))
  const valueActive = (l: number) =>
    ((r * r) / s - q) / (2 * l) + (l / 2) * ((c * c) / s - 2 * delta) + (r * c) / s
  const valueSlack = (l: number) => -(q / l + 2 * delta * l) / 2
  // the constraint is active where λc + r > 0; a half-line that is empty is no candidate
  let active: number | null
  let slack: number | null
  if (c === 0) {
    active = r > 0 ? free : null
    slack = r > 0 ? null : unbound
  } else {
    const split = -r / c
    if (c > 0) {
      active = Math.max(free, split, 0)
      slack = split > 0 ? Math.min(unbound, split) : null
    } else {
      active = split > 0 ? Math.min(free, split) : null
      slack = Math.max(unbound, split, 0)
    }
  }
  const gain = (value: (l: number) => number, l: number | null): number =>
    l === null || l <= 0 ? -Infinity : value(l)
  const lambda =
    gain(valueActive, active) >= gain(valueSlack, slack) && active !== null ? active : slack!
  const positive = Math.max(lambda, tiny)
  return { kind: 'step', lambda: positive, nu: Math.max(0, (positive * c + r) / s) }
}
