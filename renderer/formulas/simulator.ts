import { formatInteger, formatPercent } from '#core/format'
import type { Rate, StoppingTimes } from '#core/peekLab/peekReport'
import type { ValidityBlock } from '#core/validity/validityReport'
import type { Formula, FormulaValue } from './formula.ts'

const rows = 'drawn'
const peek = 'test/core/peekLab/runPeekLab.test.ts'
const world = 'test/core/validity.test.ts'
const drift = 'test/core/driftBench/driftBench.test.ts'

/** Of studies that play a world many times: Peek Lab, validity, drift bench. */
export const simulator = {
  falsePositives: {
    math: '#{A/A repetitions in which a side was named at any look} / repetitions',
    rows,
    source: 'Wilson, JASA 22(158), 1927 (interval); docs/peek-lab.md',
    test: peek,
  },
  power: {
    math: '#{A/B repetitions in which the better side was named first} / repetitions',
    rows,
    source: 'docs/peek-lab.md',
    test: peek,
  },
  wrongSide: {
    math: '#{A/B repetitions in which the worse side was named first} / repetitions',
    rows,
    source: 'docs/peek-lab.md',
    test: peek,
  },
  coverage: {
    math: '#{repetitions whose intervals held the truth at all looks} / repetitions',
    rows,
    source: 'docs/peek-lab.md',
    test: peek,
  },
  stoppingTime: {
    math: 'median of the users that had left at the decision, among repetitions that decided',
    rows,
    source: 'Hyndman & Fan, The American Statistician 50(4), 1996 (type 7)',
    test: peek,
  },
  pilot: {
    math: 'ties / votes,  no-votes / lists,  deff = clustered variance / that of independent votes',
    rows,
    source: 'Kish, Survey Sampling, 1965',
    test: peek,
  },
  requestClicks: {
    math: 'Σ over slots of P(examined) · P(click | examined), by the click model; best list: items by P(click)',
    rows,
    source: 'Chuklin, Markov & de Rijke, Click Models for Web Search, 2015',
    test: 'test/core/sampleWorld.test.ts',
  },
  itemAttraction: {
    math: 'P(click | examined) of one item for this user now, as the world has it',
    rows,
    source: 'docs/metrics.md',
    test: 'test/core/sampleWorld.test.ts',
  },
  worldLevel: {
    math: 'mean of one policy served alone: clicks / slots, lists without a click, requests / user; interval over seeds',
    rows,
    source: 'docs/study-validity.md',
    test: world,
  },
  worldTime: {
    math: 'mode of the return times of each kind; mean age at the click, in hours',
    rows,
    source: 'docs/study-validity.md',
    test: world,
  },
  worldSign: {
    math: 'd̄ = mean over seeds of (outcome with the setting up − outcome with it down),  d̄ ± t · sd / √seeds',
    rows,
    source: 'docs/study-validity.md; Student, Biometrika 6(1), 1908',
    test: world,
  },
  worldLeak: {
    math: 'd̄ = mean over seeds of (clicks with true − clicks with swapped or hidden traits)',
    rows,
    source: 'docs/study-validity.md',
    test: world,
  },
  driftMean: {
    math: 'x̄ ± t(n − 1; 0.975) · sd / √n over seeds',
    rows,
    source: 'Student, Biometrika 6(1), 1908; docs/study-drn.md',
    test: drift,
  },
  driftGrowth: {
    math: '10 ^ mean over seeds of log₁₀(‖W‖ / ‖W₀‖)',
    rows,
    source: 'docs/study-drn.md',
    test: drift,
  },
  driftClaim: {
    math: 'clearly: the whole interval over seeds on the claimed side of the bound;  in the mean: x̄ alone',
    rows,
    source: 'docs/study-drn.md',
    test: drift,
  },
} satisfies Record<string, Formula>

export function worldFormula(block: ValidityBlock): keyof typeof simulator {
  switch (block) {
    case 'time':
      return 'worldTime'
    case 'signs':
      return 'worldSign'
    case 'leaks':
    case 'falsification':
      return 'worldLeak'
    case 'anchors':
    case 'level':
    case 'determinism':
      return 'worldLevel'
  }
}

export const rateTold = ({ count, n, value, low, high }: Rate): readonly FormulaValue[] => [
  ['rate', formatPercent(value)],
  ['#', `${formatInteger(count)} / ${formatInteger(n)}`],
  ['95 %', `${formatPercent(low)} … ${formatPercent(high)}`],
]

export const stoppingTold = (times: StoppingTimes): readonly FormulaValue[] => [
  ['10 %', formatInteger(times.p10)],
  ['25 %', formatInteger(times.p25)],
  ['50 %', formatInteger(times.median)],
  ['75 %', formatInteger(times.p75)],
  ['90 %', formatInteger(times.p90)],
  ['n', formatInteger(times.n)],
]
