import { assertNever } from '#core/assertNever'
import { dbgd } from './dbgd.ts'
import { es } from './es.ts'
import type { RngOf, Settled, WeightExplorer } from './explorer.ts'
import { genetic } from './genetic.ts'
import { mgd } from './mgd.ts'
import type { DbgdParams, EsParams, ExplorerSpec, GeneticParams, MgdParams } from './params.ts'
import type { WeightSpace } from './weightSpace.ts'

/** Strategies that explore by sets of weights of their own. */
export const weightExplorers = { dbgd, mgd, es, genetic } as const

export type WeightExplorerSpec = DbgdParams | MgdParams | EsParams | GeneticParams

/** A strategy with its parameters fixed; see `WeightExplorer`. */
export interface ConfiguredExplorer {
  readonly sides: number
  readonly ownSideA: boolean
  draw<W>(space: WeightSpace<W>, w: W, sides: readonly W[], rngOf: RngOf): void
  settle<W>(
    space: WeightSpace<W>,
    w: W,
    sides: readonly W[],
    credit: ArrayLike<number>,
    impressions: number,
  ): Settled
}

export function weightExplorer(spec: WeightExplorerSpec): ConfiguredExplorer {
  // the kind chooses the entry that takes these parameters
  const explorer = weightExplorers[spec.kind] as WeightExplorer<WeightExplorerSpec>
  return {
    sides: explorer.sides(spec),
    ownSideA: explorer.ownSideA(spec),
    draw: (space, w, sides, rngOf) => explorer.draw(space, w, sides, spec, rngOf),
    settle: (space, w, sides, credit, impressions) =>
      explorer.settle(space, w, sides, credit, impressions, spec),
  }
}

export const exploresWeights = (spec: ExplorerSpec): spec is WeightExplorerSpec =>
  Object.hasOwn(weightExplorers, spec.kind)

/** How a round is shown: one list merged from all sides, or side B's whole list. */
export function roundOf(spec: ExplorerSpec): {
  readonly sides: number
  readonly list: 'merged' | 'sideB'
} {
  if (exploresWeights(spec)) return { sides: weightExplorer(spec).sides, list: 'merged' }
  switch (spec.kind) {
    case 'epsilonGreedy':
    case 'boltzmann':
      return { sides: 2, list: 'merged' }
    case 'none':
      return { sides: 2, list: 'sideB' }
    default:
      return assertNever(spec)
  }
}
