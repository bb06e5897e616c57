import { isNegligible, sum } from './meanTest.ts'
import { differences } from './pairedTest.ts'

export interface CupedAdjustment {
  readonly theta: number
  /** Y − θ(X − X̄); the mean of Y is kept. */
  readonly adjusted: readonly number[]
  readonly mean: number
  readonly varianceRaw: number
  readonly varianceAdjusted: number
  /** 1 − adjusted/raw variance = ρ²; 0 for a constant covariate. */
  readonly reduction: number
}

/**
 * Variance reduction by a covariate that was measured before launch: θ = cov(Y, X)/var(X).
 *
 * Source: Deng, Xu, Kohavi & Walker, WSDM 2013.
 * @param y outcome per user; @param x covariate of the same users, from before launch
 * @returns null for fewer than two users
 * @throws RangeError for different lengths
 */
export function cuped(y: readonly number[], x: readonly number[]): CupedAdjustment | null {
  const n = y.length
  differences(y, x) // refuses columns of different length
  if (n < 2) return null
  const meanX = sum(x) / n
  const meanY = sum(y) / n
  const cross = (p: readonly number[], mp: number, q: readonly number[], mq: number): number =>
    sum(p.map((v, i) => (v - mp) * (q[i]! - mq))) / (n - 1)
  const varX = cross(x, meanX, x, meanX)
  const varianceRaw = cross(y, meanY, y, meanY)
  const theta = isNegligible(Math.sqrt(varX), meanX) ? 0 : cross(y, meanY, x, meanX) / varX
  const adjusted = y.map((v, i) => v - theta * (x[i]! - meanX))
  const mean = sum(adjusted) / n
  const varianceAdjusted = cross(adjusted, mean, adjusted, mean)
  const reduction = varianceRaw === 0 ? 0 : 1 - varianceAdjusted / varianceRaw
  return { theta, adjusted, mean, varianceRaw, varianceAdjusted, reduction }
}
