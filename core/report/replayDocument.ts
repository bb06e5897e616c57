import type { Language } from '../languages.ts'
import {
  formatInteger,
  formatInterval,
  formatNumber,
  formatPercent,
  formatPercentSetting,
  formatSetting,
} from '../format.ts'
import type { ReplayReport } from '../ope/replayReport.ts'
import type { Estimate } from '../run/summary.ts'
import type { Quantity, ReportDocument, Section } from './document.ts'
import { reportWords } from './words/index.ts'
import { replayWords, type ReplayWords } from './words/replay.ts'

/** Decimals of a reward that show two figures of the estimate's half-width: click rates are small. */
function digitsOf({ estimates }: ReplayReport): number {
  const { low = null, high = null } = estimates.find(({ id }) => id === 'snips') ?? {}
  const half = low === null || high === null ? 0 : (high - low) / 2
  return half > 0 ? Math.max(3, Math.min(6, 1 + Math.ceil(-Math.log10(half)))) : 5
}

/** What a policy would have earned, in one sentence; without the honesty note. */
function replaySentence(report: ReplayReport, language: Language): string {
  const say = replayWords[language]
  const policy = policyName(report.spec.policy, say)
  const snips = report.estimates.find(({ id }) => id === 'snips')
  const digits = digitsOf(report)
  if (!snips || snips.value === null) return say.noValue(policy)
  return say.headline(
    policy,
    formatNumber(snips.value, digits),
    formatInterval(snips.low, snips.high, language, digits),
    formatNumber(report.logged.value, digits),
  )
}

/** What an off-policy evaluation says, in the order in which it is read. */
export function replayDocument(
  report: ReplayReport,
  made: { readonly language: Language; readonly appVersion: string; readonly dataset: string },
): ReportDocument {
  const { language, appVersion, dataset } = made
  const say = replayWords[language]
  const words = reportWords[language]
  const { spec, weights } = report
  const digits = digitsOf(report)
  const quantity = (id: string, label: string, estimate: Estimate): Quantity => ({
    id,
    label,
    estimate,
    unit: say.reward,
    digits,
    nUnit: say.unit[report.unit],
    note: '',
    decides: false,
  })
  const section = (id: string, title: string, quantities: Quantity[]): Section[] =>
    quantities.length === 0 ? [] : [{ id, title, blocks: [{ kind: 'quantities', quantities }] }]
  const names = { ips: say.estimators.ipsClipped, snips: say.estimators.snipsClipped }
  return {
    language,
    title: spec.name,
    subtitle: [say.replay, dataset].join(' · '),
    intervalLabel: words.intervalOf(formatPercentSetting(1 - spec.errorRate)),
    verdict: { state: null, headline: replaySentence(report, language), second: say.honesty },
    notes: report.alarms.filter(({ level }) => level !== 'ok').map(({ id }) => say.alarms[id]),
    lead: null,
    sections: [
      {
        id: 'data',
        title: words.sections.design,
        blocks: [
          {
            kind: 'facts',
            facts: [
              { id: 'policy', label: say.facts.policy, value: policyName(spec.policy, say) },
              {
                id: 'rounds',
                label: say.facts.rounds,
                value: say.rounds(
                  formatInteger(report.rounds),
                  formatInteger(report.actions),
                  formatInteger(report.positions),
                ),
              },
              {
                id: 'ess',
                label: say.facts.ess,
                value: `${formatNumber(weights.ess, 1)} (${formatPercent(weights.essRatio)})`,
              },
              {
                id: 'maxWeight',
                label: say.facts.maxWeight,
                value: `${formatNumber(weights.maxWeight, 2)} (${formatPercent(weights.maxWeightShare)})`,
              },
              { id: 'model', label: say.facts.model, value: say.models[spec.rewardModel] },
              { id: 'unit', label: say.facts.unit, value: say.unit[report.unit] },
            ],
          },
        ],
      },
      ...section('estimates', say.sections.estimates, [
        quantity('logged', say.logged, report.logged),
        ...report.estimates.map((one) => quantity(one.id, say.estimators[one.id], one)),
      ]),
      {
        id: 'alarms',
        title: say.sections.alarms,
        blocks: [
          {
            kind: 'checks',
            checks: report.alarms.map(({ id, level, value, limit }) => ({
              id,
              label: say.alarms[id],
              level,
              levelWord: words.levels[level],
              value,
              valueText: formatNumber(value, 4),
              limitText: formatSetting(limit),
              unit: '',
              n: report.rounds,
            })),
          },
        ],
      },
      ...section(
        'slates',
        say.sections.slates,
        (report.slates?.estimates ?? []).map((one) => quantity(one.id, say.slates[one.id], one)),
      ),
      ...section(
        'positions',
        say.sections.positions,
        report.positionValues.flatMap(({ position, ips, snips }) => [
          quantity(`position${position}.ips`, say.position(position, say.estimators.ips), ips),
          quantity(
            `position${position}.snips`,
            say.position(position, say.estimators.snips),
            snips,
          ),
        ]),
      ),
      ...section(
        'sweep',
        say.sections.sweep,
        report.sweep.flatMap(({ clip, ips, snips }, i) => [
          quantity(`clip${i}.ips`, say.clip(formatNumber(clip, 2), names.ips), ips),
          quantity(`clip${i}.snips`, say.clip(formatNumber(clip, 2), names.snips), snips),
        ]),
      ),
      {
        id: 'reproduce',
        title: words.sections.reproduce,
        blocks: [
          {
            kind: 'facts',
            facts: [
              { id: 'appVersion', label: words.facts.appVersion, value: appVersion },
              { id: 'dataset', label: words.facts.dataset, value: dataset },
              { id: 'digest', label: words.facts.digest, value: report.digest },
            ],
          },
          { kind: 'code', title: words.specTitle, code: JSON.stringify(spec, null, 2) },
        ],
      },
    ],
    footer: [`Duelist ${appVersion}`, say.replay, dataset],
    shortHash: report.digest.slice(0, 7),
  }
}

/** Learners by their kind, models by their name. */
function policyName(policy: ReplayReport['spec']['policy'], say: ReplayWords): string {
  const name = say.policies[policy.kind]
  if (policy.kind === 'learner') return `${name} ${policy.agent.kind}`
  return policy.kind === 'saved' && policy.label ? `${name} ${policy.label}` : name
}
