import { formatEstimate, formatInteger, formatNumber, formatPercent, missing } from '#core/format'
import type { Language } from '#core/languages'
import { sideArms, type RunSummary } from '#core/run/summary'
import { sideNames } from '#core/sideNames'
import { orMissing, type Formula } from './formula.ts'

const n = formatInteger
const arm = (summary: RunSummary, id: string, language: Language): string => {
  const found = summary.arms.find((one) => one.id === id)
  return found ? formatEstimate(found.ctr, language, 4) : missing
}

/** A ranker of a duel by its name, any other arm by the key of its words. */
const armName = ({ contest }: RunSummary, id: string, language: Language): string => {
  if (id === 'served' && contest?.design === 'split') return 'armRates.served'
  const side = (sideArms as readonly string[]).indexOf(id)
  return (contest && sideNames(contest, language)[side]) ?? `arm.${id}`
}

/** Of what was shown and how the networks moved. */
export const policy = {
  effectiveItems: {
    math: 'exp(−Σᵢ pᵢ ln pᵢ),  pᵢ = share of the exposures of item i',
    values: (summary) => [
      ['items', orMissing(summary.effectiveItems, n)],
      ['lists', n(summary.impressions)],
    ],
    rows: 'points',
    source: 'Jost, Oikos 113(2), 2006',
    test: 'test/core/metric/metrics.test.ts',
  },
  explorationCost: {
    math: 'Σ over lists of Σᵣ θᵣ (a(Lᵣ) − a(servedᵣ))',
    values: (summary, language) => [
      ['clicks', formatEstimate(summary.explorationCost, language, 1)],
      ['lists', n(summary.impressions)],
      ['arm.q', arm(summary, 'q', language)],
      ['arm.served', arm(summary, 'served', language)],
    ],
    rows: 'networks',
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
  overlap: {
    math: 'mean |L ∩ L̃| / k',
    values: (summary) => [
      ['share', orMissing(summary.meanOverlap, formatPercent)],
      ['L = L̃', n(summary.outcomes.identical)],
      ['lists', n(summary.impressions)],
    ],
    rows: 'points',
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
    rows: 'networks',
    source: 'Zheng et al., WWW 2018, §4.4',
    test: 'test/core/explorer/dbgd.test.ts',
  },
  updates: {
    math: 'Q̃ wins M lists: W ← W + η ΔW;  it loses, ties or the lists never differ: W stays',
    values: ({ updates }) => [
      ['won', n(updates.won)],
      ['lost', n(updates.lost)],
      ['tied', n(updates.tied)],
      ['void', n(updates.void)],
      ['major', n(updates.major)],
      ['guard', n(updates.guard)],
    ],
    rows: 'networks',
    source: 'Zheng et al., WWW 2018, §4.4; Yue & Joachims, ICML 2009',
    test: 'test/core/run/exploration.test.ts',
  },
  majorUpdate: {
    math: 'loss = mean (y − Q(s, a))²,  y = r + γ Q′(s′, argmax Q(s′, ·)); entropy −Σ p ln p',
    rows: 'networks',
    source: 'van Hasselt, Guez & Silver, AAAI 2016',
    test: 'test/core/agent/agents.test.ts',
  },
  ctr: {
    math: 'Σ θᵣ a(dᵣ) / (lists · k)',
    values: (summary, language) =>
      summary.arms.map(
        ({ id, ctr }) =>
          [armName(summary, id, language), formatEstimate(ctr, language, 4)] as const,
      ),
    rows: 'points',
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
  ndcg: {
    math: 'Σᵣ (2^gradeᵣ − 1) / log₂(r + 1), over that of the best order of all candidates',
    values: (summary, language) =>
      summary.arms.map(
        ({ id, ndcg }) =>
          [
            armName(summary, id, language),
            ndcg ? formatEstimate(ndcg, language) : missing,
          ] as const,
      ),
    rows: 'points',
    source: 'Järvelin & Kekäläinen, TOIS 20(4), 2002',
    test: 'test/core/metric/metrics.test.ts',
  },
  precision: {
    math: '#{items of the list with a grade of at least 3} / k',
    values: (summary, language) =>
      summary.arms.map(
        ({ id, precision }) =>
          [
            armName(summary, id, language),
            precision ? formatEstimate(precision, language) : missing,
          ] as const,
      ),
    rows: 'points',
    source: 'docs/metrics.md',
    test: 'test/core/metric/metrics.test.ts',
  },
  guardrail: {
    math: 'Σ expected clicks on the served lists / Σ on A’s own lists of the same requests',
    values: ({ guardrails }, language) =>
      (guardrails ?? []).map(({ id, estimate }) => [
        `plan.guardrails.${id}`,
        formatEstimate(estimate, language),
      ]),
    rows: 'points',
    source: 'docs/metrics.md',
    test: 'test/core/run/guardrails.test.ts',
  },
  latency: {
    math: '1,000 / lists per second, ms',
    rows: 'points',
    source: 'docs/metrics.md',
    test: 'test/core/run/guardrails.test.ts',
  },
  place: {
    math: 'share = slots of the team / slots of the position; rate = clicks / slots',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: 'test/core/run/breakdown.test.ts',
  },
} satisfies Record<string, Formula>
