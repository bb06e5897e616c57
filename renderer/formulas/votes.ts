import { formatEstimate, formatInteger, formatNumber, formatP, missing } from '#core/format'
import type { Findings } from '#core/run/summary'
import { duelsOf, formatEvidence } from '../estimates.ts'
import { orMissing, type Formula, type FormulaValue } from './formula.ts'

const n = formatInteger
const counted = ({ outcomes }: Findings): readonly FormulaValue[] => [
  ['A', n(outcomes.a)],
  ['B', n(outcomes.b)],
  ['ties', n(outcomes.tie)],
]
const otherEngine =
  (engine: string): NonNullable<Formula['found']> =>
  (summary, language) => {
    const found = summary.otherEngines.find(({ id }) => id === engine)
    return [
      ['Δ', found ? formatEstimate(found.estimate, language) : missing],
      ['n', n(summary.usersVoting)],
    ]
  }

/** Of who is preferred: Δ by every engine, its evidence, and the counts behind it. */
export const votes = {
  delta: {
    math: 'Δ = (1/n) Σᵤ x̄ᵤ − ½,  x̄ᵤ = mean vote of user u in [0, 1]',
    found: (summary, language) => [
      ['Δ', formatEstimate(summary.delta, language)],
      ['n', n(summary.usersVoting)],
      ...counted(summary),
    ],
    rows: 'users',
    source: 'Waudby-Smith & Ramdas, JRSS B 86(1), 2024; Chapelle et al., TOIS 30(1), 2012',
    test: 'test/core/stats/engines.test.ts',
  },
  eValue: {
    math: 'e = Πᵤ (1 + λᵤ (x̄ᵤ − ½)),  reject at e ≥ 1 / error rate',
    found: (summary) => [
      ['e', orMissing(summary.logE, formatEvidence)],
      ['ln e', formatNumber(summary.logE)],
      ['n', n(summary.usersVoting)],
    ],
    rows: 'users',
    source: 'Waudby-Smith & Ramdas, JRSS B 86(1), 2024',
    test: 'test/core/stats/engines.test.ts',
  },
  betting: {
    math: 'interval {m : K(m) < 1 / error rate},  K(m) = max of two bets against m',
    found: otherEngine('betting'),
    rows: 'users',
    source: 'Waudby-Smith & Ramdas, JRSS B 86(1), 2024',
    test: 'test/core/stats/engines.test.ts',
  },
  asymptotic: {
    math: 'x̄ ± s √(2(nρ² + 1)/(n²ρ²) · ln(√(nρ² + 1) / error rate))',
    found: otherEngine('asymptotic'),
    rows: 'users',
    source: 'Waudby-Smith et al., Annals of Statistics 52(6), 2024',
    test: 'test/core/stats/engines.test.ts',
  },
  fixedUserT: {
    math: 'x̄ ± t(n − 1; 1 − error rate / 2) · s / √n,  one look at the end',
    found: otherEngine('fixedUserT'),
    rows: 'users',
    source: 'Student, Biometrika 6(1), 1908',
    test: 'test/core/stats/fixedHorizon.test.ts',
  },
  betaBinomial: {
    math: 'e = ∫ Πᵤ p^x (1 − p)^(1 − x) / ½ dBeta(p),  x = sign of user u; ties drop out',
    found: otherEngine('betaBinomial'),
    rows: 'users',
    source: 'Robbins, Annals of Mathematical Statistics 41(5), 1970',
    test: 'test/core/stats/engines.test.ts',
  },
  impression: {
    math: 'Δ = Σ votes / duels − ½,  variance CR2 over users, t by Satterthwaite',
    found: (summary, language) => [
      ['Δ', formatEstimate(summary.deltaImpression, language)],
      ['duels', n(duelsOf(summary))],
      ['deff', formatNumber(summary.designEffect, 2)],
    ],
    rows: 'impressions',
    source: 'Imbens & Kolesár, Review of Economics and Statistics 98(4), 2016',
    test: 'test/core/stats/clusteredRatio.test.ts',
  },
  users: {
    math: 'n = #{u closed with a vote}',
    found: (summary) => [
      ['closed', n(summary.users)],
      ['n', n(summary.usersVoting)],
      ['lists', n(summary.impressions)],
    ],
    rows: 'users',
    source: 'docs/metrics.md',
    test: 'test/core/stats/userTally.test.ts',
  },
  usersNeeded: {
    math: 'm − n for the least m with half(m) ≤ max(|Δ|, r − |Δ|),  half(m) = half · √(n ln m / (m ln n))',
    found: ({ delta, verdict, usersVoting }, language) => [
      ['Δ', formatEstimate(delta, language)],
      ['n', n(usersVoting)],
      ['m − n', orMissing(verdict.usersStillNeeded, n)],
    ],
    rows: 'users',
    source: 'docs/metrics.md',
    test: 'test/core/stats/verdict.test.ts',
  },
  duels: {
    math: 'duels = A + B + ties = lists − no-votes',
    found: (summary) => [
      ['A', n(summary.outcomes.a)],
      ['B', n(summary.outcomes.b)],
      ['ties', n(summary.outcomes.tie)],
      ['no-votes', n(summary.outcomes.noVote)],
      ['duels', n(duelsOf(summary))],
      ['lists', n(summary.impressions)],
    ],
    rows: 'impressions',
    source: 'Chapelle et al., TOIS 30(1), 2012',
    test: 'test/core/interleaver/contract.test.ts',
  },
  identical: {
    math: '#{lists with L = L̃},  share = that / lists',
    found: (summary) => [
      ['L = L̃', n(summary.outcomes.identical)],
      ['lists', n(summary.impressions)],
    ],
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
  signTest: {
    math: 'p = min(1, 2 P(X ≤ min(a, b))),  X ~ Binomial(a + b, ½)',
    found: ({ signTest }) => [
      ['a', n(signTest.winsA)],
      ['b', n(signTest.winsB)],
      ['p', formatP(signTest.p)],
    ],
    rows: 'users',
    source: 'Arbuthnot 1710; exact binomial',
    test: 'test/core/stats/checks.test.ts',
  },
  designEffect: {
    math: 'Var(Δ | users as clusters) / Var(Δ | independent votes)',
    found: (summary, language) => [
      ['ratio', formatNumber(summary.designEffect, 2)],
      ['Δ', formatEstimate(summary.deltaImpression, language)],
      ['duels', n(duelsOf(summary))],
    ],
    rows: 'users',
    source: 'Kish, Survey Sampling, 1965',
    test: 'test/core/stats/fixedHorizon.test.ts',
  },
  segment: {
    math: 'Δ of the users of one segment, locked engine; all rows at once at error rate / rows',
    rows: 'segments',
    source: 'Wang & Ramdas, JRSS B 84(3), 2022; Benjamini & Hochberg, JRSS B 57(1), 1995',
    test: 'test/core/run/breakdown.test.ts',
  },
  window: {
    math: 'Δ of the users that left in one window, locked engine, at error rate / windows',
    rows: 'users',
    source: 'union bound; docs/metrics.md',
    test: 'test/core/run/windowInference.test.ts',
  },
  range: {
    math: 'Δ of users from + 1 … to; corrected: the sequence begun at the start, at error rate / starts',
    rows: 'users',
    source: 'Berk, Brown, Buja, Zhang & Zhao, Annals of Statistics 41(2), 2013; docs/metrics.md',
    test: 'test/core/run/rangeInference.test.ts',
  },
} satisfies Record<string, Formula>
