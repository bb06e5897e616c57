import { formatInteger, formatNumber, formatPercent } from '#core/format'
import type { ExposureFigures } from '#core/run/exposureFigures'
import type { Formula, FormulaValue } from './formula.ts'

const test = 'test/core/run/breakdown.test.ts'

/** How exposure is spread over items, over the last lists of a run. */
export const exposure = {
  recentItems: {
    math: 'exp(−Σᵢ pᵢ ln pᵢ),  pᵢ = share of the slots of the last lists',
    rows: 'impressions',
    source: 'Jost, Oikos 113(2), 2006',
    test,
  },
  uniqueItems: {
    math: '#{i : xᵢ > 0},  xᵢ = slots of the last lists that showed item i',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test,
  },
  gini: {
    math: 'G = Σᵢ (2i − n − 1) xᵢ / (n Σᵢ xᵢ),  x₁ ≤ … ≤ xₙ slots per item',
    rows: 'impressions',
    source: 'Castells, Hurley & Vargas, Recommender Systems Handbook, 2015',
    test: 'test/core/metric/metrics.test.ts',
  },
  topShare: {
    math: 'Σ of the 1 or 10 largest xᵢ / Σᵢ xᵢ',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test,
  },
} satisfies Record<string, Formula>

/** @param lists of the window that was counted */
export const exposureTold = (
  { effective, items, gini, top1, top10 }: ExposureFigures,
  lists: number,
): readonly FormulaValue[] => [
  ['exp H', formatNumber(effective, 1)],
  ['#{x > 0}', formatInteger(items)],
  ['G', formatNumber(gini, 2)],
  ['top 1', formatPercent(top1)],
  ['top 10', formatPercent(top10)],
  ['lists', formatInteger(lists)],
]
