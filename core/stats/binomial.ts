import { betaCdf, lnGamma } from './special.ts'

/**
 * ln P(W = k), W ~ Bin(n, p); keeps its digits for large n, where differences of ln Γ lose them.
 *
 * Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.
 */
export function lnBinomialPmf(k: number, n: number, p: number): number {
  if (p === 0 || k === 0) return p === 0 && k > 0 ? -Infinity : n * Math.log1p(-p)
  if (p === 1 || k === n) return p === 1 && k < n ? -Infinity : n * Math.log(p)
  const q = 1 - p
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    devianceTerm(k, n * p) -
    devianceTerm(n - k, n * q) +
    0.5 * Math.log(n / (2 * Math.PI * k * (n - k)))
  )
}

/** P(W ≥ k), W ~ Bin(n, p). */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : betaCdf(p, k, n - k + 1)
}

/** ln P(W ≥ k), W ~ Bin(n, p), for k above the mean; finite long after the tail underflows. */
export function lnBinomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 0
  if (k > n) return -Infinity
  const odds = p / (1 - p)
  let sum = 0
  let term = 1 // relative to the first
  for (let i = k; i <= n && term > sum * 1e-17; i++) {
    sum += term
    term *= ((n - i) / (i + 1)) * odds
  }
  return Math.min(0, lnBinomialPmf(k, n, p) + Math.log(sum))
}

/**
 * Exact two-sided binomial test: the probability of all counts that are at most as likely as k.
 *
 * @param p success probability under the null hypothesis, in (0, 1)
 * @returns p value; 1 when n is 0
 */
export function binomialTest(k: number, n: number, p: number): number {
  if (n === 0) return 1
  // Counts that are equally likely in exact arithmetic may differ in their last digits.
  const limit = lnBinomialPmf(k, n, p) + 1e-7
  const upper = k >= n * p
  const mode = Math.min(n, Math.floor((n + 1) * p))
  let inside = mode // on the far side of the mode: still more likely than k
  let outside = upper ? -1 : n + 1
  if (lnBinomialPmf(mode, n, p) <= limit) return 1
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.floor((inside + outside) / 2)
    if (lnBinomialPmf(middle, n, p) <= limit) outside = middle
    else inside = middle
  }
  const near = upper ? binomialUpperTail(k, n, p) : binomialUpperTail(n - k, n, 1 - p)
  const far = upper ? binomialUpperTail(n - outside, n, 1 - p) : binomialUpperTail(outside, n, p)
  return Math.min(1, near + far)
}

const halfLnTwoPi = 0.5 * Math.log(2 * Math.PI)

/** ln n! minus Stirling's formula; the series is exact to double precision from 16 on. */
function stirlingError(n: number): number {
  if (n < 16) return lnGamma(n + 1) - (n + 0.5) * Math.log(n) + n - halfLnTwoPi
  const s = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / s) / s) / s) / s) / n
}

/** x ln(x/m) + m − x, without the cancellation when x is near m. */
function devianceTerm(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}
