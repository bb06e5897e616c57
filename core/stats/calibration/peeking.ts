import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { lnBetaBinomial } from '../betaBinomial.ts'
import { phiInverse } from '../special.ts'

/**
 * Share of null paths on which an uncorrected two-sided z test is significant at one look at least,
 * for equally spaced looks at a sum of normal increments.
 *
 * Source: Armitage, McPherson & Rowe, JRSS-A 132(2), 1969.
 */
export function peekingNormal(looks: number, alpha: number, paths: number, rng: Rng): number {
  const limit = phiInverse(1 - alpha / 2)
  let alarms = 0
  for (let path = 0; path < paths; path++) {
    let total = 0
    let alarm = false
    for (let look = 1; look <= looks; look++) {
      total += normal(rng)
      if (Math.abs(total) >= limit * Math.sqrt(look)) alarm = true
    }
    if (alarm) alarms++
  }
  return alarms / paths
}

/** False positive rates on fair, independent votes that are looked at every `lookEvery` votes. */
export function peekingVotes(
  design: {
    readonly runs: number
    readonly maxN: number
    readonly lookEvery: number
    readonly alpha: number
  },
  rng: Rng,
): { readonly naiveZ: number; readonly betaBinomial11: number; readonly betaBinomial5050: number } {
  const { runs, maxN, lookEvery, alpha } = design
  const limit = phiInverse(1 - alpha / 2)
  const lnLimit = -Math.log(alpha)
  const alarms = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    let k = 0
    const found = [false, false, false]
    for (let n = 1; n <= maxN; n++) {
      if (rng.u() < 0.5) k++
      if (n % lookEvery !== 0) continue
      found[0] ||= Math.abs(2 * k - n) >= limit * Math.sqrt(n)
      found[1] ||= lnBetaBinomial(k, n, 0.5, [1, 1]) >= lnLimit
      found[2] ||= lnBetaBinomial(k, n, 0.5, [50, 50]) >= lnLimit
    }
    found.forEach((alarm, i) => {
      if (alarm) alarms[i] = alarms[i]! + 1
    })
  }
  const rate = (i: number): number => alarms[i]! / runs
  return { naiveZ: rate(0), betaBinomial11: rate(1), betaBinomial5050: rate(2) }
}
