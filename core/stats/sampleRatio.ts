import { binomialTest } from './binomial.ts'
import { levelOfP, type HealthLevel } from './healthLevel.ts'
import { chiSquareTail, lnGamma } from './special.ts'

export interface SampleRatioTest {
  readonly chi2: number | null
  readonly df: number | null
  readonly p: number | null
  /** Exact, for two arms only. */
  readonly pExact: number | null
  /** Largest |observed share − planned share|. */
  readonly maxDeviation: number | null
  readonly level: HealthLevel
}

/** Smaller deviations, 0.1 percentage points, never block however many users there are. */
const blockingDeviation = 0.001

/**
 * Sample ratio mismatch for the final report: χ² of users per arm against the planned shares.
 *
 * Source: Fabijan et al., KDD 2019; blocking rule as published by Statsig.
 * @param observed users per arm; @param planned shares, summing to 1
 */
export function sampleRatioTest(
  observed: readonly number[],
  planned: readonly number[],
): SampleRatioTest {
  requireShares(observed, planned)
  const n = observed.reduce((a, b) => a + b, 0)
  if (n === 0) {
    return { chi2: null, df: null, p: null, pExact: null, maxDeviation: null, level: 'ok' }
  }
  let chi2 = 0
  let maxDeviation = 0
  observed.forEach((count, i) => {
    chi2 += (count - n * planned[i]!) ** 2 / (n * planned[i]!)
    maxDeviation = Math.max(maxDeviation, Math.abs(count / n - planned[i]!))
  })
  const df = observed.length - 1
  const p = chiSquareTail(chi2, df)
  const level = levelOfP(p)
  return {
    chi2,
    df,
    p,
    pExact: df === 1 ? binomialTest(observed[0]!, n, planned[0]!) : null,
    maxDeviation,
    level: level === 'block' && maxDeviation < blockingDeviation ? 'warn' : level,
  }
}

/**
 * Sample ratio mismatch while the experiment runs: a Bayes factor of a Dirichlet-multinomial
 * against the planned shares, an e-process that may be looked at as often as one likes.
 *
 * Source: Lindon & Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022.
 */
export class SequentialSampleRatio {
  readonly #planned: readonly number[]
  readonly #weights: number[]
  #lnBayesFactor = 0
  #maximum = 0

  /** @param concentration weight of the planned shares, in users */
  constructor(planned: readonly number[], concentration = 100) {
    requireShares(planned, planned)
    this.#planned = planned
    this.#weights = planned.map((share) => concentration * share)
  }

  /** @param counts new users per arm since the last look */
  add(counts: readonly number[]): void {
    requireShares(counts, this.#planned)
    const n = counts.reduce((a, b) => a + b, 0)
    const total = this.#weights.reduce((a, b) => a + b, 0)
    let ln = lnGamma(total) - lnGamma(total + n)
    counts.forEach((count, i) => {
      const weight = this.#weights[i]!
      ln += lnGamma(weight + count) - lnGamma(weight) - count * Math.log(this.#planned[i]!)
      this.#weights[i] = weight + count
    })
    this.#lnBayesFactor += ln
    this.#maximum = Math.max(this.#maximum, this.#lnBayesFactor)
  }

  lnBayesFactor(): number {
    return this.#lnBayesFactor
  }

  /** Always-valid p value. */
  p(): number {
    return Math.exp(-this.#maximum)
  }

  /** Live rule: p < .01 warns, p < .001 blocks. */
  level(): HealthLevel {
    return levelOfP(this.p())
  }
}

function requireShares(counts: readonly number[], planned: readonly number[]): void {
  if (counts.length !== planned.length || planned.length < 2) {
    throw new RangeError(`${counts.length} counts do not fit ${planned.length} planned shares`)
  }
  const bad = planned.find((share) => !(share > 0 && share < 1))
  if (bad !== undefined) throw new RangeError(`planned share ${bad} is not in (0, 1)`)
}
