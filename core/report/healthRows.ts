import {
  formatInteger,
  formatP,
  formatPercent,
  formatPercentSetting,
  formatSetting,
} from '../format.ts'
import type { Findings, HealthCheck } from '../run/summary.ts'
import type { Check, Count } from './document.ts'
import type { ReportWords } from './words/words.ts'

export function outcomeCounts({ outcomes, impressions }: Findings, words: ReportWords): Count[] {
  return (['a', 'b', 'tie', 'noVote'] as const).map((id) => ({
    id,
    label: words.outcomes[id],
    count: outcomes[id],
    share: impressions > 0 ? outcomes[id] / impressions : null,
    note: id === 'tie' ? words.identicalNote(formatInteger(outcomes.identical)) : '',
  }))
}

export function healthCheck(check: HealthCheck, words: ReportWords): Check {
  const { id, kind, level, limit, value, n } = check
  const write = (x: number | null) =>
    kind === 'p' ? formatP(x) : kind === 'share' ? formatPercent(x) : formatInteger(x)
  const bound =
    kind === 'p'
      ? formatSetting(limit)
      : kind === 'share'
        ? formatPercentSetting(limit)
        : formatInteger(limit)
  const wantsMore = kind === 'p' || id === 'dilution'
  return {
    id,
    label: words.checks[id],
    level,
    levelWord: words.levels[level],
    value,
    valueText:
      kind === 'p' && value !== null
        ? `p ${value < 0.001 ? '' : '= '}${write(value)}`
        : write(value),
    limitText: wantsMore ? words.atLeast(bound) : words.atMost(bound),
    unit: words.units[kind],
    n,
  }
}
