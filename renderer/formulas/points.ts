import { formatInteger, formatNumber } from '#core/format'
import type { PointMetric } from '#core/run/point'
import type { Formula, FormulaValue } from './formula.ts'

/** Of one stored point: what no formula of the whole run says. */
export const points = {
  windowCtr: {
    math: 'Σ clicks / (lists · k) in the window;  expected: Σ θᵣ a(dᵣ) / (lists · k)',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
} satisfies Record<string, Formula>

type PointFormula =
  | keyof typeof points
  | 'delta'
  | 'eValue'
  | 'users'
  | 'duels'
  | 'identical'
  | 'ndcg'
  | 'precision'
  | 'overlap'
  | 'updates'
  | 'majorUpdate'
  | 'normRatio'
  | 'explorationCost'
  | 'effectiveItems'

/** The formula of a column of points; null where a value only says where the point stands. */
export const pointFormulas: Readonly<Record<PointMetric, PointFormula | null>> = {
  impressions: null,
  seconds: null,
  users: 'users',
  winsA: 'duels',
  winsB: 'duels',
  ties: 'duels',
  noVotes: 'duels',
  identical: 'identical',
  delta: 'delta',
  low: 'delta',
  high: 'delta',
  logE: 'eValue',
  ctr: 'windowCtr',
  ctrA: 'windowCtr',
  ctrB: 'windowCtr',
  ctrServed: 'windowCtr',
  ctrRandom: 'windowCtr',
  ctrPopularity: 'windowCtr',
  ctrStatic: 'windowCtr',
  ctrGreedyMf: 'windowCtr',
  ctrUntrained: 'windowCtr',
  ctrOracle: 'windowCtr',
  ndcgA: 'ndcg',
  precisionA: 'precision',
  overlap: 'overlap',
  duelsWon: 'updates',
  duelsLost: 'updates',
  duelsTied: 'updates',
  duelsVoid: 'updates',
  majorUpdates: 'updates',
  loss: 'majorUpdate',
  normRatio: 'normRatio',
  explorationCost: 'explorationCost',
  effectiveItems: 'effectiveItems',
  deltaC: 'delta',
  lowC: 'delta',
  highC: 'delta',
  deltaD: 'delta',
  lowD: 'delta',
  highD: 'delta',
  deltaE: 'delta',
  lowE: 'delta',
  highE: 'delta',
  deltaF: 'delta',
  lowF: 'delta',
  highF: 'delta',
}

/** @param at value of a metric at the point and at the one before; NaN where none is stored */
export const pointTold = (
  metric: PointMetric,
  value: number,
  at: { readonly impressions: number; readonly before: number; readonly users: number },
): readonly FormulaValue[] => [
  [metric, Number.isFinite(value) ? formatNumber(value, 6) : '–'],
  ['lists', formatInteger(at.impressions)],
  ['window', `${formatInteger(at.before + 1)} … ${formatInteger(at.impressions)}`],
  ['users', formatInteger(at.users)],
]
