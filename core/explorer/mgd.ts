import { refused, tie, type WeightExplorer } from './explorer.ts'
import { applyMinorRule } from './minorRule.ts'
import type { MgdParams } from './params.ts'

/** Q and n perturbations of it in one list; W moves towards the mean of those that beat Q. */
export const mgd: WeightExplorer<MgdParams> = {
  paper: 'Schuth, Oosterhuis, Whiteson & de Rijke, WSDM 2016',
  sides: ({ directions }) => directions + 1,
  ownSideA: () => false,
  draw(space, w, sides, { perturbScope: scope, alpha }, rngOf) {
    for (let side = 1; side < sides.length; side++) {
      space.perturb(w, sides[side]!, { scope, alpha }, rngOf(side))
    }
  },
  settle(space, w, sides, credit, _impressions, params) {
    const challengers = sides.slice(1)
    const winners = challengers.filter((_, i) => credit[i + 1]! > credit[0]!)
    const [first, ...others] = winners
    if (first === undefined) {
      return challengers.some((_, i) => credit[i + 1] === credit[0]) ? tie : refused
    }
    // the running mean of the winners, in the place of the first of them: sides are drawn anew
    others.forEach((other, i) => space.mix(first, other, 1 / (i + 2)))
    return { result: 'applied', ...applyMinorRule(space, w, first, params) }
  },
}
