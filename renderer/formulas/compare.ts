import {
  compareMetrics,
  type Against,
  type CompareColumn,
  type CompareMetric,
} from '#core/compare/compareColumns'
import { formatInteger, missing } from '#core/format'
import type { Formula, FormulaValue } from './formula.ts'

/** Seeds that are told one by one. */
export const MOST_SEEDS = 8

const test = 'test/core/compare.test.ts'

/** Of several runs side by side: means over seeds, and pairs of columns. */
export const compare = {
  seedMean: {
    math: 'x̄ = Σₛ xₛ / n,  x̄ ± t(n − 1; 0.975) · sd / √n over seeds s; one seed: the run’s own interval',
    rows: 'runs',
    source: 'Student, Biometrika 6(1), 1908',
    test,
  },
  seedDifference: {
    math: 'd̄ = mean over common seeds of xₛ − baselineₛ,  d̄ ± t(n − 1; 0.975) · sd / √n',
    rows: 'runs',
    source: 'Student, Biometrika 6(1), 1908; Benjamini & Hochberg, JRSS B 57(1), 1995',
    test,
  },
  winRate: {
    math: '(#{s : xₛ > yₛ} + ½ #{s : xₛ = yₛ}) / n,  common seeds s',
    rows: 'runs',
    source: 'docs/metrics.md',
    test,
  },
  listAgreement: {
    math: 'RBO = Σ_d (1 − p) p^(d−1) |A_d ∩ B_d| / d, extrapolated, p = 0.9;  τ_b of the items in both',
    rows: 'runs',
    source: 'Webber, Moffat & Zobel, TOIS 28(4), 2010, Eq. 32; Kendall, Biometrika 33(3), 1945',
    test: 'test/core/listAgreement.test.ts',
  },
} satisfies Record<string, Formula>

/** What each seed of a column has, the first ones. @param text of a value */
export const seedValues = (
  { runs }: CompareColumn,
  metric: CompareMetric,
  text: (value: number | null) => string,
): readonly FormulaValue[] =>
  runs
    .slice(0, MOST_SEEDS)
    .map(({ seed, summary }) => [
      `x (${seed})`,
      summary ? text(compareMetrics[metric](summary)) : missing,
    ])

export const againstTold = (
  { value, low, high, seeds, stands }: Against,
  text: (value: number | null) => string,
): readonly FormulaValue[] => [
  ['d̄', text(value)],
  ['95 %', low === null ? missing : `${text(low)} … ${text(high)}`],
  ['n', formatInteger(seeds)],
  ['BH 5 %', stands ? '≠ 0' : '∋ 0'],
]
