import { refused, tie, type WeightExplorer } from './explorer.ts'
import { applyMinorRule } from './minorRule.ts'
import type { GeneticParams } from './params.ts'

/**
 * Q and n mutations of it in one list; the best replaces Q, which stays unless it is beaten: DBGD's
 * rule `replace` with n children, and as much in want of long duels.
 */
export const genetic: WeightExplorer<GeneticParams> = {
  paper: 'Bäck, "Evolutionary algorithms in theory and practice", 1996: (1 + n) selection',
  sides: ({ offspring }) => offspring + 1,
  ownSideA: () => false,
  draw(space, w, sides, { perturbScope: scope, alpha }, rngOf) {
    for (let side = 1; side < sides.length; side++) {
      space.perturb(w, sides[side]!, { scope, alpha }, rngOf(side))
    }
  },
  settle(space, w, sides, credit) {
    let best = 0
    let rivals = 1
    for (let side = 1; side < sides.length; side++) {
      if (credit[side]! > credit[best]!) [best, rivals] = [side, 1]
      else if (credit[side] === credit[best]) rivals++
    }
    if (best === 0) return rivals > 1 ? tie : refused
    const rule = { minorRule: 'replace', eta: 1, normGuard: 'off' } as const
    return { result: 'applied', ...applyMinorRule(space, w, sides[best]!, rule) }
  },
}
