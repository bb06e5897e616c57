import type { Language } from './languages.ts'
import {
  formatEstimate,
  formatNumber,
  formatPercent,
  formatPercentSetting,
  formatSetting,
} from './format.ts'
import type { Guardrail } from './run/summary.ts'

/** One sentence for each guardrail that is breached: it stands beside the verdict, whatever that is. */
export function guardrailSentences(guardrails: readonly Guardrail[], language: Language): string[] {
  const say = language === 'zh-CN' ? chinese : english
  return guardrails
    .filter(({ state }) => state === 'breached')
    .map((guardrail) =>
      say[guardrail.id](guardrailValue(guardrail, language), guardrailLimit(guardrail)),
    )
}

/** With its interval, where it has one. */
export function guardrailValue({ id, estimate }: Guardrail, language: Language): string {
  if (id === 'diversityFloor') return formatNumber(estimate.value, 1)
  const { value, low, high } = estimate
  if (value === null || low === null || high === null) return formatEstimate(estimate, language)
  const [to, open, close] = language === 'zh-CN' ? ['至', '（', '）'] : ['to', ' (', ')']
  return `${formatPercent(value)}${open}${formatPercent(low)} ${to} ${formatPercent(high)}${close}`
}

export const guardrailLimit = ({ id, limit }: Guardrail): string =>
  id === 'ctrFloor' ? formatPercentSetting(limit) : formatSetting(limit)

const english: Readonly<Record<Guardrail['id'], (value: string, limit: string) => string>> = {
  ctrFloor: (value, limit) =>
    `Guardrail breached: the served lists keep ${value} of the clicks that A’s own lists would get; the floor is ${limit}.`,
  diversityFloor: (value, limit) =>
    `Guardrail breached: ${value} effective items were shown; the floor is ${limit}.`,
}

const chinese: typeof english = {
  ctrFloor: (value, limit) =>
    `护栏指标被突破：所展示的列表只保留了 A 自身列表点击的 ${value}；下限为 ${limit}。`,
  diversityFloor: (value, limit) => `护栏指标被突破：有效物品数为 ${value}；下限为 ${limit}。`,
}
