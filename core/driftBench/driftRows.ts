import { DbgdParams, EsParams, GeneticParams, MgdParams } from '#core/explorer/params'
import type { DriftRow } from './driftRow.ts'

const dbgd = (change: Partial<DbgdParams>) =>
  DbgdParams.parse({ kind: 'dbgd', duelImpressions: 1, credit: 'rate', ...change })
const mgd = (change: Partial<MgdParams>) =>
  MgdParams.parse({
    kind: 'mgd',
    credit: 'rate',
    perturbScope: 'additive',
    alpha: 1,
    eta: 0.2,
    ...change,
  })
const weights = (
  id: string,
  explorer: DbgdParams | MgdParams | EsParams | GeneticParams,
  rest: { readonly sgd?: number; readonly precision?: 'float32'; readonly inTurn?: boolean } = {},
): DriftRow => {
  const { inTurn = false, sgd = 0, ...more } = rest
  return { id, serving: { kind: 'weights', explorer, inTurn }, sgd, ...more }
}
const greedy = (id: string, sgd: number): DriftRow => ({ id, serving: { kind: 'greedy' }, sgd })
const epsilon = (id: string, sgd: number): DriftRow => ({
  id,
  serving: { kind: 'epsilonGreedy', epsilon: 0.1 },
  sgd,
})

const additive = { perturbScope: 'additive', alpha: 1, eta: 0.2 } as const
const es = { kind: 'es', sigma: 0.2, eta: 0.1, shaping: 'raw', credit: 'rate' } as const

/** The agents of table 9.5 of drn.md, and the further ones that its readers' questions need. */
export const driftRows = {
  greedy: greedy('greedy', 0),
  eps: epsilon('eps', 0),
  step: weights('step', dbgd({})),
  printed: weights('printed', dbgd({ minorRule: 'printed', normGuard: 'off' })),
  printed32: weights('printed32', dbgd({ minorRule: 'printed', normGuard: 'off' }), {
    precision: 'float32',
  }),
  guarded: weights('guarded', dbgd({ minorRule: 'printed' })),
  replace: weights('replace', dbgd({ minorRule: 'replace' })),
  wide: weights('wide', dbgd({ alpha: 0.5, eta: 0.2, duelImpressions: 20 })),
  additive1: weights('additive1', dbgd(additive)),
  additive2: weights('additive2', dbgd({ ...additive, duelImpressions: 2 })),
  additive20: weights('additive20', dbgd({ ...additive, duelImpressions: 20 })),
  additive100: weights('additive100', dbgd({ ...additive, duelImpressions: 100 })),
  mgd9: weights('mgd9', mgd({ directions: 9, duelImpressions: 1 })),
  mgd4: weights('mgd4', mgd({ directions: 4, duelImpressions: 10 })),
  es: weights('es', EsParams.parse({ ...es, duelImpressions: 5 }), { inTurn: true }),
  esMerged: weights('esMerged', EsParams.parse({ ...es, duelImpressions: 5 })),
  genetic: weights(
    'genetic',
    GeneticParams.parse({
      kind: 'genetic',
      offspring: 4,
      alpha: 1,
      perturbScope: 'additive',
      duelImpressions: 20,
    }),
  ),
  sgdSlow: greedy('sgdSlow', 0.02),
  sgd: greedy('sgd', 0.1),
  epsSgdSlow: epsilon('epsSgdSlow', 0.02),
  epsSgd: epsilon('epsSgd', 0.1),
  drnLike: weights('drnLike', dbgd({}), { sgd: 0.1 }),
  linUcb: { id: 'linUcb', serving: { kind: 'linUcb', bonus: 0.2, decay: 0.999 }, sgd: 0 },
} as const satisfies Record<string, DriftRow>

export type DriftRowId = keyof typeof driftRows

export const stationary = { requests: 4000, drift: 0, jump: 0 } as const
export const drifting = { requests: 4000, drift: 0.01, jump: 1.5 } as const
