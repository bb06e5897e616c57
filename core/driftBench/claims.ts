import { seedInterval, type SeedInterval } from '#core/stats/seedInterval'
import type { DriftResult } from './driftRow.ts'
import type { DriftRowId } from './driftRows.ts'

export type DriftWorldId = 'stationary' | 'drift'

/** What rows reached, one value per seed. */
export interface DriftOutcome {
  readonly of: (world: DriftWorldId, row: DriftRowId, metric: DriftMetric) => readonly number[]
  readonly oracle: (world: DriftWorldId) => readonly number[]
}

export type DriftMetric = 'ctr' | 'beforeJump' | 'afterJump' | 'last' | 'logNorm' | 'guardEvents'

/** `clearly`: the whole 95 % interval lies on the stated side; `inTheMean`: only its middle does. */
export type Holds = 'clearly' | 'inTheMean' | 'no'

/** One inequality over paired seeds: `value` lies above (or below) `bound`. */
export interface ClaimPart {
  readonly id: string
  readonly value: SeedInterval
  readonly side: 'above' | 'below'
  readonly bound: number
  readonly holds: Holds
}

export interface Claim {
  readonly id: string
  readonly parts: readonly ClaimPart[]
  readonly confirmed: Holds // of the part that holds least
}

/** Rows that a claim needs, with its inequalities. */
export interface ClaimRule {
  readonly rows: readonly DriftRowId[]
  readonly parts: (outcome: DriftOutcome) => readonly ClaimPart[]
}

function part(
  id: string,
  values: readonly number[],
  side: ClaimPart['side'],
  bound: number,
): ClaimPart {
  const value = seedInterval(values)
  const margin = side === 'above' ? value.mean - bound : bound - value.mean
  const holds = margin > value.half ? 'clearly' : margin > 0 ? 'inTheMean' : 'no'
  return { id, value, side, bound, holds }
}

const less = (a: readonly number[], b: readonly number[]) => a.map((x, seed) => x - b[seed]!)
const share = (a: readonly number[], b: readonly number[]) => a.map((x, seed) => x / b[seed]!)

/** The orderings of drn.md §10 and the readers' questions of §11 that the bench can answer. */
export const claimRules = {
  stationary: {
    rows: ['greedy', 'step', 'eps', 'replace'],
    parts: ({ of, oracle }) => {
      const ctr = (row: DriftRowId) => of('stationary', row, 'ctr')
      return [
        part('oracle − greedy', less(oracle('stationary'), ctr('greedy')), 'below', 0.01),
        part('step ÷ greedy', share(ctr('step'), ctr('greedy')), 'above', 0.99),
        part('greedy − eps', less(ctr('greedy'), ctr('eps')), 'above', 0.03),
        part('eps − replace', less(ctr('eps'), ctr('replace')), 'above', 0),
      ]
    },
  },
  driftEnds: {
    rows: ['greedy', 'eps', 'step', 'printed', 'replace', 'sgd', 'drnLike'],
    parts: ({ of }) => {
      const last = (row: DriftRowId) => of('drift', row, 'last')
      const stuck = (['greedy', 'eps', 'step', 'printed', 'replace'] as const).map((row) =>
        part(`${row}, last 500`, last(row), 'below', 0.3),
      )
      return [
        ...stuck,
        part('sgd, last 500', last('sgd'), 'above', 0.55),
        part('drnLike, last 500', last('drnLike'), 'above', 0.55),
        part('|sgd − drnLike|', less(last('sgd'), last('drnLike')).map(Math.abs), 'below', 0.03),
      ]
    },
  },
  driftOrder: {
    rows: ['mgd9', 'additive1', 'step', 'linUcb', 'sgd'],
    parts: ({ of }) => {
      const order = ['sgd', 'linUcb', 'mgd9', 'additive1', 'step'] as const
      return order
        .slice(1)
        .map((row, i) =>
          part(
            `${order[i]!} − ${row}`,
            less(of('drift', order[i]!, 'ctr'), of('drift', row, 'ctr')),
            'above',
            0,
          ),
        )
    },
  },
  norms: {
    rows: ['step', 'printed', 'printed32', 'guarded'],
    parts: ({ of }) => [
      part('step, log₁₀ norm growth', of('drift', 'step', 'logNorm'), 'below', Math.log10(1.1)),
      part('printed, log₁₀ norm growth', of('drift', 'printed', 'logNorm'), 'above', 30),
      part('printed32, log₁₀ norm growth', of('drift', 'printed32', 'logNorm'), 'above', 30),
      part('guarded, guard events', of('drift', 'guarded', 'guardEvents'), 'above', 0),
      part('guarded, log₁₀ norm growth', of('drift', 'guarded', 'logNorm'), 'below', 0.01),
    ],
  },
  minorAlone: {
    rows: ['greedy', 'step', 'sgd'],
    parts: ({ of }) => [
      part(
        'step − greedy',
        less(of('drift', 'step', 'ctr'), of('drift', 'greedy', 'ctr')),
        'below',
        0.02,
      ),
      part('sgd − step', less(of('drift', 'sgd', 'ctr'), of('drift', 'step', 'ctr')), 'above', 0.2),
    ],
  },
  minorRules: {
    rows: ['step', 'printed', 'guarded', 'replace'],
    parts: ({ of }) => {
      const ctr = (row: DriftRowId) => of('stationary', row, 'ctr')
      return [
        part(
          '|printed ÷ step − 1|',
          share(ctr('printed'), ctr('step')).map((x) => Math.abs(x - 1)),
          'below',
          0.01,
        ),
        part(
          '|guarded ÷ step − 1|',
          share(ctr('guarded'), ctr('step')).map((x) => Math.abs(x - 1)),
          'below',
          0.01,
        ),
        part('step − replace', less(ctr('step'), ctr('replace')), 'above', 0.1),
      ]
    },
  },
  equalTraffic: {
    rows: ['step', 'additive1', 'mgd9', 'es', 'esMerged', 'genetic', 'sgd'],
    parts: ({ of }) => {
      const ctr = (row: DriftRowId) => of('drift', row, 'ctr')
      return [
        part('mgd9 − additive1', less(ctr('mgd9'), ctr('additive1')), 'above', 0),
        part('es − step', less(ctr('es'), ctr('step')), 'above', 0),
        part('esMerged − es', less(ctr('esMerged'), ctr('es')), 'above', 0),
        part('mgd9 − genetic', less(ctr('mgd9'), ctr('genetic')), 'above', 0),
        part('sgd − mgd9', less(ctr('sgd'), ctr('mgd9')), 'above', 0.1),
      ]
    },
  },
  duelLength: {
    rows: ['step', 'wide', 'additive1', 'additive2', 'additive20', 'additive100'],
    parts: ({ of }) => {
      const difference = (world: DriftWorldId, a: DriftRowId, b: DriftRowId) =>
        less(of(world, a, 'ctr'), of(world, b, 'ctr'))
      return [
        part(
          'stationary: M 20 − M 1',
          difference('stationary', 'additive20', 'additive1'),
          'above',
          0,
        ),
        // the pair of table 9.5 of drn.md: the long duel is what lets W take wide steps
        part(
          'drift: step .5, M 20 − step .1, M 1',
          difference('drift', 'wide', 'step'),
          'above',
          0,
        ),
        part('drift: M 2 − M 1', difference('drift', 'additive2', 'additive1'), 'above', 0),
        part('drift: M 1 − M 20', difference('drift', 'additive1', 'additive20'), 'above', 0),
        part('drift: M 1 − M 100', difference('drift', 'additive1', 'additive100'), 'above', 0),
        part('drift: M 20 − M 100', difference('drift', 'additive20', 'additive100'), 'above', 0),
      ]
    },
  },
  gradientBesideDuel: {
    rows: ['sgd', 'drnLike', 'epsSgd'],
    parts: ({ of }) => [
      part(
        'drnLike ÷ sgd, drift',
        share(of('drift', 'drnLike', 'ctr'), of('drift', 'sgd', 'ctr')),
        'above',
        0.99,
      ),
      part(
        'drnLike − epsSgd, drift',
        less(of('drift', 'drnLike', 'ctr'), of('drift', 'epsSgd', 'ctr')),
        'above',
        0.02,
      ),
      part(
        'drnLike ÷ sgd, stationary',
        share(of('stationary', 'drnLike', 'ctr'), of('stationary', 'sgd', 'ctr')),
        'above',
        0.99,
      ),
    ],
  },
} as const satisfies Record<string, ClaimRule>

export type ClaimId = keyof typeof claimRules

/** The four groups by which drn.md §10 accepts an implementation; the others are questions. */
export const acceptance = ['stationary', 'driftEnds', 'driftOrder', 'norms'] as const

export function checkClaim(id: ClaimId, outcome: DriftOutcome): Claim {
  const parts = claimRules[id].parts(outcome)
  const some = (grade: Holds) => parts.some(({ holds }) => holds === grade)
  return { id, parts, confirmed: some('no') ? 'no' : some('inTheMean') ? 'inTheMean' : 'clearly' }
}

/** The metric of a result as claims compare it. @throws RangeError for a norm without a network */
export function driftMetric(result: DriftResult, metric: DriftMetric): number {
  if (metric !== 'logNorm') return result[metric]
  if (result.normGrowth === null) throw new RangeError('an agent without a network has no norm')
  return Math.log10(result.normGrowth)
}
