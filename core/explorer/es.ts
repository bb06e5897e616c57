import { tie, type WeightExplorer } from './explorer.ts'
import type { EsParams } from './params.ts'
import { weightDistance } from './weightSpace.ts'

/**
 * Antithetic evolution strategy: pairs W + σε and W − σε in one list, so that both halves of a pair
 * meet the same users. W ← W + η/(nσ) · Σ F·ε, in the units of each layer's RMS.
 */
export const es: WeightExplorer<EsParams> = {
  paper: 'Salimans et al., "Evolution strategies as a scalable alternative", 2017',
  sides: ({ pairs }) => 2 * pairs,
  ownSideA: () => true,
  draw(space, w, sides, { sigma }, rngOf) {
    for (let plus = 0; plus < sides.length; plus += 2) {
      space.perturbNormal(w, sides[plus]!, sigma, rngOf(plus))
      space.copy(sides[plus + 1]!, w)
      space.mix(sides[plus + 1]!, sides[plus]!, -1)
    }
  },
  settle(space, w, sides, credit, impressions, { sigma, eta, shaping }) {
    const values = Array.from({ length: sides.length }, (_, i) => credit[i]!)
    const fitness =
      shaping === 'rank' ? centredRanks(values) : values.map((value) => value / impressions)
    if (fitness.every((value) => value === fitness[0])) return tie
    const before = space.values(w)
    const pairs = sides.length / 2
    for (let plus = 0; plus < sides.length; plus += 2) {
      // half the difference of the two sides is σε
      const step = (eta * (fitness[plus]! - fitness[plus + 1]!)) / (pairs * sigma ** 2)
      space.addScaled(w, sides[plus]!, step / 2)
      space.addScaled(w, sides[plus + 1]!, -step / 2)
    }
    const stepNorm = weightDistance(before, space.values(w))
    return { result: 'applied', stepNorm, guarded: false }
  },
}

/** Ranks from −½ (least) to ½; equal values share the mean of their ranks. */
export function centredRanks(values: readonly number[]): number[] {
  const last = values.length - 1
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return last === 0 ? 0 : (below + (equal - 1) / 2) / last - 0.5
  })
}
