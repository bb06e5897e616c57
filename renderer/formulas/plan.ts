import type { ExperimentSpec } from '#core/experimentSpec'
import { formatInteger, formatNumber, formatPercent, formatSetting, missing } from '#core/format'
import type { PlanNeeds } from '#core/planNeeds'
import type { PlanPreview } from '#core/preview/planPreview'
import type { PlanSize } from '../components/setup/planSize.ts'
import type { Formula, FormulaValue } from './formula.ts'

const test = 'test/core/preview/preview.test.ts'
const rows = 'preview'

/** Of a plan before it is launched. */
export const plan = {
  previewOverlap: {
    math: 'mean RBO(L, L̃) over fixed requests and draws of ΔW;  RBO = Σ_d (1 − p) p^(d−1) |L_d ∩ L̃_d| / d, p = 0.9',
    rows,
    source: 'Webber, Moffat & Zobel, TOIS 28(4), 2010, Eq. 32',
    test,
  },
  previewRates: {
    math: 'ties, no-votes, L = L̃: share of the impressions that were drawn with the plan’s clicks',
    rows,
    source: 'docs/metrics.md',
    test,
  },
  planSize: {
    math: 'impressions = users · lists of a user;  time = impressions · gap;  duels = ⌊impressions / M⌋;  major = ⌊duels / every⌋',
    rows: 'plan',
    source: 'Zheng et al., WWW 2018, §4.4 (M, minor and major updates)',
    test: 'test/renderer/setup.test.ts',
  },
  planNeeds: {
    math: 'votes: least n whose sign test has the power from n on;  users = votes · deff / votes of a user,  deff = 1 + (m − 1) ICC',
    rows,
    source: 'Kish, Survey Sampling, 1965; docs/metrics.md',
    test: 'test/core/run/guardrails.test.ts',
  },
} satisfies Record<string, Formula>

export const previewTold = ({
  overlap,
  votes,
  clicks,
  requests,
  draws,
}: PlanPreview): readonly FormulaValue[] => [
  ['RBO', formatNumber(overlap.mean, 4)],
  ['10 % … 90 %', `${formatNumber(overlap.low, 4)} … ${formatNumber(overlap.high, 4)}`],
  ['ties', votes ? formatPercent(votes.ties) : missing],
  ['no-votes', votes ? formatPercent(votes.noVotes) : missing],
  ['L = L̃', votes ? formatPercent(votes.identical) : missing],
  ['clicks', `${formatNumber(clicks.a, 4)} : ${formatNumber(clicks.b, 4)}`],
  ['requests', formatInteger(requests)],
  ['draws', formatInteger(draws)],
]

export const planSizeTold = (
  { traffic, explorer, agent }: ExperimentSpec,
  users: number, // that enter
  { impressions, duels, majors }: PlanSize,
): readonly FormulaValue[] => [
  ['users', formatInteger(users)],
  ['lists', formatSetting(traffic.impressionsPerUser)],
  ['impressions', formatInteger(impressions)],
  ['gap', `${formatSetting(traffic.secondsBetweenRequests)} s`],
  ['M', formatInteger(explorer.duelImpressions)],
  ['duels', formatInteger(duels)],
  ['every', formatInteger(agent.majorEveryDuels)],
  ['major', formatInteger(majors)],
]

export const needsTold = ({
  assumed,
  detectable,
  power,
  required,
}: PlanNeeds): readonly FormulaValue[] => [
  ['ties', formatPercent(assumed.tieRate)],
  ['no-votes', formatPercent(assumed.noVoteRate)],
  ['ICC', formatNumber(assumed.icc, 4)],
  ['power', formatPercent(power, 0)],
  ['Δ', formatNumber(detectable, 4)],
  ['votes', formatInteger(required?.votes ?? null)],
  ['users', formatInteger(required?.users ?? null)],
]
