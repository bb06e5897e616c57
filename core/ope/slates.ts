import { sum } from '#core/stats/meanTest'

/** A log of whole lists: what was shown at each position and what it earned there. */
export interface LoggedSlates {
  /** Slots of slate s are rows start[s] … start[s + 1] − 1, top first. */
  readonly start: Int32Array // [slates + 1]
  /** w of each slot: π_e/π_b of its action, given what stands above it. */
  readonly weight: Float64Array // [rows]
  readonly reward: Float64Array // [rows]
}

/**
 * What a slate policy would earn per slate, by what a slot's reward may depend on:
 * `standard` on the whole slate, `independent` on its own action alone (the item-position model),
 * `cascade` on its action and those above (reward interaction).
 *
 * Sources: Strehl et al., NeurIPS 2010 (IPS); Li et al., KDD 2018 (item-position model); McInerney
 * et al., "Counterfactual evaluation of slate recommendations with sequential reward interactions",
 * KDD 2020 (RIPS).
 * @returns per slate the term whose mean is the estimate
 */
export const slateTerms = {
  standard: (slates) =>
    perSlate(slates, ({ weight, reward }, from, to) => {
      let w = 1
      let r = 0
      for (let row = from; row < to; row++) {
        w *= weight[row]!
        r += reward[row]!
      }
      return w * r
    }),
  independent: (slates) =>
    perSlate(slates, ({ weight, reward }, from, to) => {
      let value = 0
      for (let row = from; row < to; row++) value += weight[row]! * reward[row]!
      return value
    }),
  cascade: (slates) =>
    perSlate(slates, ({ weight, reward }, from, to) => {
      let w = 1
      let value = 0
      for (let row = from; row < to; row++) {
        w *= weight[row]!
        value += w * reward[row]!
      }
      return value
    }),
} satisfies Record<string, (slates: LoggedSlates) => Float64Array>

export type SlateEstimatorId = keyof typeof slateTerms
export const slateEstimatorIds = Object.keys(slateTerms) as readonly SlateEstimatorId[]

function perSlate(
  slates: LoggedSlates,
  term: (slates: LoggedSlates, from: number, to: number) => number,
): Float64Array {
  const { start } = slates
  return Float64Array.from({ length: start.length - 1 }, (_, s) =>
    term(slates, start[s]!, start[s + 1]!),
  )
}

/** Kish's effective number of slates under the weights of an assumption. */
export function slateEss({ start, weight }: LoggedSlates, kind: SlateEstimatorId): number {
  const weights = Array.from({ length: start.length - 1 }, (_, s) => {
    const slots = weight.subarray(start[s], start[s + 1])
    if (kind === 'independent') return sum([...slots]) / Math.max(1, slots.length)
    return slots.reduce((product, w) => product * w, 1)
  })
  const squares = sum(weights.map((w) => w * w))
  return squares === 0 ? 0 : sum(weights) ** 2 / squares
}
