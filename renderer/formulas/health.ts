import { formatInteger, formatP, formatPercent, missing } from '#core/format'
import type { HealthCheck, HealthCheckId, Findings } from '#core/run/summary'
import type { Formula, FormulaValue } from './formula.ts'

const valueOf = ({ kind, value }: HealthCheck): FormulaValue => {
  if (value === null) return [kind, missing]
  if (kind === 'p') return ['p', formatP(value)]
  return kind === 'share' ? ['share', formatPercent(value)] : ['#', formatInteger(value)]
}
const limitOf = ({ kind, limit }: HealthCheck): FormulaValue => [
  'limit',
  kind === 'share' ? formatPercent(limit, 0) : kind === 'p' ? String(limit) : formatInteger(limit),
]

function check(
  id: HealthCheckId,
  formula: Pick<Formula, 'math' | 'rows' | 'source' | 'test'>,
): Formula {
  return {
    ...formula,
    found({ health }: Findings) {
      const found = health.find((one) => one.id === id)
      return found
        ? [valueOf(found), limitOf(found), ['n', formatInteger(found.n)]]
        : [['value', missing]]
    },
  }
}

const checks = 'test/core/stats/checks.test.ts'
const runs = 'test/core/run/runExperiment.test.ts'

/** The checks that a result has to pass; their words are those of the checks, `health.<id>`. */
export const health = {
  firstPickFairness: check('firstPickFairness', {
    math: 'p = P(|X − n/2| ≥ |a − n/2|),  X ~ Binomial(n, ½), a = first picks of A',
    rows: 'places',
    source: 'exact binomial; statistics of fair draws, docs/metrics.md',
    test: checks,
  }),
  positionTeam: check('positionTeam', {
    math: 'χ² = Σ (observed − expected)² / expected,  position × team',
    rows: 'places',
    source: 'Pearson, Philosophical Magazine 50, 1900',
    test: checks,
  }),
  noVoteByCoin: check('noVoteByCoin', {
    math: 'χ² = Σ (observed − expected)² / expected,  no-vote × who picked first',
    rows: 'impressions',
    source: 'Pearson, Philosophical Magazine 50, 1900',
    test: checks,
  }),
  dilution: check('dilution', {
    math: '#{shown slots at whose rank L and L̃ differ} / slots',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: runs,
  }),
  heavyUsers: check('heavyUsers', {
    math: 'votes of the most active 1 % of users / all votes',
    rows: 'users',
    source: 'docs/metrics.md',
    test: checks,
  }),
  duplicates: check('duplicates', {
    math: '#{lists that hold an item twice}',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: runs,
  }),
  sampleRatio: check('sampleRatio', {
    math: 'BF = Π DirMult(xₜ | aₜ) / Mult(xₜ | p₀);  p = min(1, min 1/BF)',
    rows: 'users',
    source: 'Lindon & Malek, NeurIPS 2022',
    test: checks,
  }),
  scoreBound: check('scoreBound', {
    math: '#{u : |mean score of u| > M}',
    rows: 'users',
    source: 'docs/metrics.md',
    test: 'test/core/run/methods.test.ts',
  }),
  balancedLaw: check('balancedLaw', {
    math: '#{lists whose law favours a ranker} / lists',
    rows: 'impressions',
    source: 'Radlinski & Craswell, WSDM 2013',
    test: 'test/core/run/methods.test.ts',
  }),
} satisfies Partial<Record<HealthCheckId, Formula>>
