import { formatEstimate, formatInteger, formatNumber, formatPercent, missing } from '#core/format'
import type { Language } from '#core/contract'
import type { RunSummary } from '#core/run/summary'
import { duelsOf, formatEvidence } from './estimates.ts'

/** How a number comes about. Its words are `frame.formulas.<id>`. */
interface Formula {
  /** In symbols, the same in every language. */
  readonly math: string
  /** Symbols with their values in this run. */
  readonly values: (
    summary: RunSummary,
    language: Language,
  ) => readonly (readonly [symbol: string, value: string])[]
  readonly source: string
  /** Test that holds the number, from the root of the project. */
  readonly test: string
}

const n = (value: number) => formatInteger(value)
const arm = (summary: RunSummary, id: string, language: Language): string => {
  const found = summary.arms.find((one) => one.id === id)
  return found ? formatEstimate(found.ctr, language, 4) : missing
}

export const formulas = {
  delta: {
    math: 'Δ = (1/n) Σᵤ x̄ᵤ − ½,  x̄ᵤ = mean vote of user u in [0, 1]',
    values: (summary, language) => [
      ['Δ', formatEstimate(summary.delta, language)],
      ['n', n(summary.usersVoting)],
      ['A', n(summary.outcomes.a)],
      ['B', n(summary.outcomes.b)],
      ['=', n(summary.outcomes.tie)],
    ],
    source: 'Waudby-Smith & Ramdas, JRSS B 86(1), 2024; Chapelle et al., TOIS 30(1), 2012',
    test: 'test/core/stats/engines.test.ts',
  },
  eValue: {
    math: 'e = Πᵤ (1 + λᵤ (x̄ᵤ − ½)),  reject at e ≥ 1 / error rate',
    values: (summary) => [
      ['e', summary.logE === null ? missing : formatEvidence(summary.logE)],
      ['ln e', formatNumber(summary.logE)],
      ['n', n(summary.usersVoting)],
    ],
    source: 'Waudby-Smith & Ramdas, JRSS B 86(1), 2024',
    test: 'test/core/stats/engines.test.ts',
  },
  users: {
    math: 'n = #{u closed with a vote}',
    values: (summary) => [
      ['closed', n(summary.users)],
      ['n', n(summary.usersVoting)],
      ['lists', n(summary.impressions)],
    ],
    source: 'docs/metrics.md',
    test: 'test/core/stats/userTally.test.ts',
  },
  duels: {
    math: 'duels = A + B + ties = lists − no-votes',
    values: (summary) => [
      ['A', n(summary.outcomes.a)],
      ['B', n(summary.outcomes.b)],
      ['ties', n(summary.outcomes.tie)],
      ['no-votes', n(summary.outcomes.noVote)],
      ['duels', n(duelsOf(summary))],
      ['lists', n(summary.impressions)],
    ],
    source: 'Chapelle et al., TOIS 30(1), 2012',
    test: 'test/core/interleaver/contract.test.ts',
  },
  effectiveItems: {
    math: 'exp(−Σᵢ pᵢ ln pᵢ),  pᵢ = share of the exposures of item i',
    values: (summary) => [
      ['items', summary.effectiveItems === null ? missing : n(summary.effectiveItems)],
      ['lists', n(summary.impressions)],
    ],
    source: 'Jost, Oikos 113(2), 2006',
    test: 'test/core/metric/metrics.test.ts',
  },
  explorationCost: {
    math: 'Σ over lists of Σᵣ θᵣ (a(Lᵣ) − a(servedᵣ))',
    values: (summary, language) => [
      ['clicks', formatEstimate(summary.explorationCost, language, 1)],
      ['lists', n(summary.impressions)],
      ['CTR(Q)', arm(summary, 'q', language)],
      ['CTR(served)', arm(summary, 'served', language)],
    ],
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
  overlap: {
    math: 'mean |L ∩ L̃| / k',
    values: (summary) => [
      ['share', summary.meanOverlap === null ? missing : formatPercent(summary.meanOverlap)],
      ['L = L̃', n(summary.outcomes.identical)],
      ['lists', n(summary.impressions)],
    ],
    source: 'docs/metrics.md',
    test: 'test/core/metric/metrics.test.ts',
  },
  normRatio: {
    math: '‖W‖ / ‖W₀‖',
    values: (summary) => [
      ['ratio', formatNumber(summary.normRatio)],
      ['won', n(summary.updates.won)],
      ['major', n(summary.updates.major)],
    ],
    source: 'Zheng et al., WWW 2018, §4.4',
    test: 'test/core/explorer/dbgd.test.ts',
  },
  designEffect: {
    math: 'Var(Δ | users as clusters) / Var(Δ | independent votes)',
    values: (summary, language) => [
      ['ratio', formatNumber(summary.designEffect, 2)],
      ['Δ', formatEstimate(summary.deltaImpression, language)],
      ['duels', n(duelsOf(summary))],
    ],
    source: 'Kish, Survey Sampling, 1965',
    test: 'test/core/stats/fixedHorizon.test.ts',
  },
  ctr: {
    math: 'Σ θᵣ a(dᵣ) / (lists · k)',
    values: (summary, language) =>
      summary.arms.map(({ id, ctr }) => [id, formatEstimate(ctr, language, 4)] as const),
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
} satisfies Record<string, Formula>

export type FormulaId = keyof typeof formulas

export const isFormula = (id: string): id is FormulaId => Object.hasOwn(formulas, id)
export const formulaOf = (id: FormulaId): Formula => formulas[id]
