import { formatInteger, formatInterval, formatNumber, formatPercent, missing } from '#core/format'
import type { Language } from '#core/languages'
import type { TreeDetail } from '#core/largeAction/tpgr/treeAnswers'
import type { Interval } from '#core/stats/interval'
import type { NodeRow } from '../charts/trees/nodeRows.ts'
import type { Formula, FormulaValue } from './formula.ts'

const inspector = 'test/core/tree/inspector.test.ts'
const rows = 'nodes'

/** Of a clustering tree, its nodes, and the item vectors that it was split by. */
export const trees = {
  treeBalance: {
    math: 'Σ_v nᵥ H(items of the children) / ln(children) / Σ_v nᵥ;  one child counts as 1',
    rows,
    source: 'docs/metrics.md',
    test: inspector,
  },
  treeShape: {
    math: 'children c ^ depth d ≥ items;  outputs per decision d · c instead of one per item',
    rows,
    source: 'Chen et al., AAAI 2019, §4',
    test: 'test/core/tree/balancedTree.test.ts',
  },
  nodeFill: {
    math: 'items below / leaf slots below,  slots = c^(d − level)',
    rows,
    source: 'docs/metrics.md',
    test: inspector,
  },
  nodeShare: {
    math: 'decisions that passed the node / all decisions',
    rows,
    source: 'docs/metrics.md',
    test: inspector,
  },
  nodeEntropy: {
    math: 'mean over visits of −Σ π ln π / ln(children),  0 … 1',
    rows,
    source: 'Shannon, Bell System Technical Journal 27, 1948',
    test: inspector,
  },
  nodeReward: {
    math: 'r̄ = Σ answers below / visits,  r̄ ± 1.96 · sd / √visits',
    rows,
    source: 'docs/metrics.md',
    test: inspector,
  },
  treeReward: {
    math: 'mean answer per step over episodes of users held back;  drawn from π, or its argmax',
    rows: 'models',
    source: 'Chen et al., AAAI 2019, §5',
    test: 'test/core/largeAction/trainTpgr.test.ts',
  },
  treeExposure: {
    math: 'G = Σᵢ (2i − n − 1) xᵢ / (n Σ xᵢ);  effective items = exp(−Σ p ln p)',
    rows,
    source: 'Castells, Hurley & Vargas, Recommender Systems Handbook, 2015',
    test: inspector,
  },
  itemSpace: {
    math: 'λᵢ / Σ λ of the covariance;  effective width = exp(−Σ p ln p);  agreement = mean |N₁₀ ∩ N′₁₀| / 10',
    rows: 'models',
    source: 'Roy & Vetterli, EUSIPCO 2007',
    test: 'test/core/itemSpace/spaceFigures.test.ts',
  },
  decisionPath: {
    math: 'π(item) = Π over levels of π(child | node)',
    rows: 'models',
    source: 'Chen et al., AAAI 2019, Eq. 3',
    test: 'test/core/largeAction/paths.test.ts',
  },
  decisionTime: {
    math: 'median time of one decision on this machine',
    rows: 'models',
    source: 'docs/metrics.md',
    test: 'test/core/decisionTime.test.ts',
  },
} satisfies Record<string, Formula>

export const treeTold = ({ summary, balance, entropy }: TreeDetail): readonly FormulaValue[] => [
  ['items', formatInteger(summary.items)],
  ['slots', formatInteger(summary.leafSlots)],
  ['d', formatInteger(summary.depth)],
  ['c', formatInteger(summary.children)],
  ['balance', formatNumber(balance.score, 6)],
  ['max − min', formatInteger(balance.largestDifference)],
  ['entropy', formatNumber(entropy, 4)],
]

type Node = Pick<NodeRow, 'items' | 'children' | 'fill' | 'visits' | 'share' | 'entropy' | 'reward'>

export const nodeTold = (
  { items, children, fill, visits, share, entropy, reward }: Node,
  interval: Interval | null,
  language: Language,
): readonly FormulaValue[] => [
  ['items', formatInteger(items)],
  ['children', formatInteger(children)],
  ['fill', formatPercent(fill)],
  ['visits', formatInteger(visits)],
  ['share', formatPercent(share)],
  ['entropy', formatNumber(entropy, 4)],
  ['r̄', formatNumber(reward, 4)],
  ['95 %', interval ? formatInterval(interval.low, interval.high, language, 4) : missing],
]
