import { clipTo, unitInterval, type Interval } from './interval.ts'
import { betaInverse, phiInverse } from './special.ts'

type Method = (k: number, n: number, alpha: number) => Interval

/**
 * Confidence intervals of a proportion from k successes in n, at level 1 − α, clipped to [0, 1];
 * [0, 1] when n is 0. Wald's is there to show what is wrong with it.
 *
 * Sources: Brown, Cai & DasGupta, Statistical Science 16(2), 2001; with continuity correction
 * Newcombe, Statistics in Medicine 17, 1998, method 4.
 */
export const proportionInterval = {
  wilson: (k, n, alpha) => {
    const z = phiInverse(1 - alpha / 2)
    return aroundCentre((k + (z * z) / 2) / (n + z * z), wilsonHalf(k, n, z), n)
  },
  wilsonContinuity: (k, n, alpha) => {
    if (n === 0) return unitInterval
    const z = phiInverse(1 - alpha / 2)
    const p = k / n
    const spread = (sign: number): number =>
      z * Math.sqrt(z * z + sign * 2 - 1 / n + 4 * p * (n - k - sign))
    const end = (sign: number): number =>
      (2 * k + z * z + sign * (1 + spread(sign))) / (2 * (n + z * z))
    return clipTo(unitInterval, { low: k === 0 ? 0 : end(-1), high: k === n ? 1 : end(1) })
  },
  clopperPearson: (k, n, alpha) => ({
    low: k === 0 ? 0 : betaInverse(alpha / 2, k, n - k + 1),
    high: k === n ? 1 : betaInverse(1 - alpha / 2, k + 1, n - k),
  }),
  jeffreys: (k, n, alpha) =>
    n === 0
      ? unitInterval
      : {
          low: betaInverse(alpha / 2, k + 0.5, n - k + 0.5),
          high: betaInverse(1 - alpha / 2, k + 0.5, n - k + 0.5),
        },
  agrestiCoull: (k, n, alpha) => {
    const z = phiInverse(1 - alpha / 2)
    const m = n + z * z
    const p = (k + (z * z) / 2) / m
    return aroundCentre(p, z * Math.sqrt((p * (1 - p)) / m), n)
  },
  wald: (k, n, alpha) => {
    const p = n === 0 ? 0.5 : k / n
    return aroundCentre(p, phiInverse(1 - alpha / 2) * Math.sqrt((p * (1 - p)) / n), n)
  },
} satisfies Record<string, Method>

function wilsonHalf(k: number, n: number, z: number): number {
  if (n === 0) return 1
  const p = k / n
  return (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
}

function aroundCentre(centre: number, half: number, n: number): Interval {
  return n === 0 ? unitInterval : clipTo(unitInterval, { low: centre - half, high: centre + half })
}
