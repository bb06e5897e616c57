/**
 * Where a continuous function changes its sign, to about 1e-13 of the bracket's scale.
 *
 * Source: Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a
 * nonlinear function without using derivatives", Advances in Engineering Software 28(3), 1997.
 * @param f finite at both ends, with opposite signs there (or zero)
 * @throws RangeError if the ends have the same sign
 */
export function crossing(f: (x: number) => number, low: number, high: number): number {
  let a = low // latest point
  let b = high // opposite sign of a
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (fa > 0 === fb > 0) {
    throw new RangeError(`no sign change between ${low} (${fa}) and ${high} (${fb})`)
  }
  let share = 0.5
  for (let i = 0; i < 200; i++) {
    const x = a + share * (b - a)
    const fx = f(x)
    let c: number // the point given up
    let fc: number
    if (fx > 0 === fa > 0) {
      c = a
      fc = fa
    } else {
      c = b
      fc = fb
      b = a
      fb = fa
    }
    a = x
    fa = fx
    const best = Math.abs(fa) < Math.abs(fb) ? a : b
    const tolerance = 2 * Number.EPSILON * Math.abs(best) + 1e-14
    const share0 = tolerance / Math.abs(b - a)
    if (share0 > 0.5 || fa === 0 || fb === 0) return best
    share = inverseQuadraticShare(a, fa, b, fb, c, fc)
    share = Math.min(1 - share0, Math.max(share0, share))
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b
}

/** Where to look next between a (0) and b (1): by the parabola where it is safe, else the middle. */
function inverseQuadraticShare(
  a: number,
  fa: number,
  b: number,
  fb: number,
  c: number,
  fc: number,
): number {
  const xi = (a - b) / (c - b)
  const phi = (fa - fb) / (fc - fb)
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5
  const share =
    (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb)
  return Number.isFinite(share) ? share : 0.5
}
