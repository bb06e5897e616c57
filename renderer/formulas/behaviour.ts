import { formatEstimate, formatInteger, formatNumber, formatPercent, missing } from '#core/format'
import { returnRate } from '#core/run/returnRate'
import type { BehaviourSummary, Estimate, RunSummary } from '#core/run/summary'
import type { Formula } from './formula.ts'

type Estimated = {
  [K in keyof BehaviourSummary]: BehaviourSummary[K] extends Estimate ? K : never
}[keyof BehaviourSummary]

const estimated =
  (id: Estimated, digits: number): NonNullable<Formula['values']> =>
  ({ behaviour }: RunSummary, language) => [
    ['value', behaviour ? formatEstimate(behaviour[id], language, digits) : missing],
    ['n', behaviour ? formatInteger(behaviour[id].n) : missing],
  ]
const test = 'test/core/run/runExperiment.test.ts'

/** Of what users did beside clicking, and of how well Q foretells it. */
export const behaviour = {
  returnsPerDay: {
    math: 'Σᵤ (requests − 1) / Σᵤ days between first and last request;  per hour: / 24, from 24 a day on',
    values({ behaviour }, language) {
      if (!behaviour) return [['value', missing]]
      const { unit, estimate } = returnRate(behaviour.returnsPerDay)
      return [
        [unit === 'hour' ? '1 / h' : '1 / d', formatEstimate(estimate, language, 2)],
        ['1 / d', formatEstimate(behaviour.returnsPerDay, language, 2)],
        ['n', formatInteger(estimate.n)],
      ]
    },
    rows: 'users',
    source: 'docs/metrics.md',
    test,
  },
  activeness: {
    math: 'mean S right after a request;  S = min(1, S₀ e^(−λ Δt) + Sₐ)',
    values: estimated('activeness', 3),
    rows: 'users',
    source: 'Zheng et al., WWW 2018, §4.4',
    test,
  },
  clickedSimilarity: {
    math: 'mean over users of (‖Σ u‖² − n) / (n (n − 1)),  u = unit vectors of the clicked items',
    values: estimated('clickedSimilarity', 3),
    rows: 'users',
    source: 'Ziegler et al., WWW 2005 (intra-list similarity)',
    test,
  },
  clickAge: {
    math: 'Σ hours since the item appeared / clicks',
    values: estimated('clickAgeHours', 2),
    rows: 'users',
    source: 'docs/metrics.md',
    test,
  },
  calibration: {
    math: 'means of Q(s, a) and of y by tenths of the predictions, lowest first',
    values: ({ learning }) =>
      (learning?.calibration ?? []).map(({ predicted, target, n }, i) => [
        String(i + 1),
        `${formatNumber(predicted)} → ${formatNumber(target)}, n = ${formatInteger(n)}`,
      ]),
    rows: 'networks',
    source: 'docs/metrics.md',
    test: 'test/core/agent/agents.test.ts',
  },
  clickLevel: {
    math: 'P(click) = σ(score + c),  c such that random lists get the clicks that the world names',
    values: ({ calibration }) => [
      ['c', calibration ? formatNumber(calibration.offset) : missing],
      ['CTR', calibration ? formatPercent(calibration.ctr) : missing],
    ],
    rows: 'points',
    source: 'docs/metrics.md',
    test,
  },
} satisfies Record<string, Formula>
