import type { WeightExplorer } from './explorer.ts'
import { refused, tie } from './explorer.ts'
import { applyMinorRule } from './minorRule.ts'
import type { DbgdParams } from './params.ts'

/** Q against one perturbation of it; a strict win moves W by the minor rule, a tie keeps it. */
export const dbgd: WeightExplorer<DbgdParams> = {
  paper: 'Yue & Joachims, ICML 2009; on a Q-network Zheng et al., "DRN", WWW 2018, §4.4',
  sides: () => 2,
  ownSideA: ({ exchangeable }) => exchangeable,
  draw(space, w, sides, { perturbScope: scope, alpha, exchangeable }, rngOf) {
    space.perturb(w, sides[1]!, { scope, alpha }, rngOf(1))
    if (exchangeable) space.perturb(w, sides[0]!, { scope, alpha }, rngOf(0))
  },
  settle(space, w, sides, credit, _impressions, params) {
    const [a, b] = [credit[0]!, credit[1]!]
    if (a === b) return tie
    if (b < a) return refused
    // in an A/A run neither side is Q, so that a win says nothing about Q: it stays as it is
    const rule = params.exchangeable ? ({ ...params, minorRule: 'none' } as const) : params
    return { result: 'applied', ...applyMinorRule(space, w, sides[1]!, rule) }
  },
}
