import type { RunRow } from '#core/contract/runs'
import { formatInteger, formatNumber, formatP, formatPercent } from '#core/format'
import type { HealthCheck, RunSummary } from '#core/run/summary'
import type { Translate } from './i18n.ts'

/** Evidence at which Δ = 0 is refused, at an error rate of 5 %: 1 / 0.05. */
export const neededEvidence = (errorRate: number): number => Math.round(1 / errorRate)

/** An e-value in few digits; ends of the scale in words of mathematics. */
export function formatEvidence(logE: number): string {
  const value = Math.exp(logE)
  if (value < 0.01) return '< 0.01'
  if (value >= 1e6) return '> 1,000,000'
  return value < 100 ? formatNumber(value, value < 10 ? 2 : 1) : formatInteger(value)
}

/** Impressions in which somebody won or the users saw no difference. */
export const duelsOf = ({ outcomes }: Pick<RunSummary, 'outcomes'>): number =>
  outcomes.a + outcomes.b + outcomes.tie

/** Value of a health check with its unit. */
export function formatCheck(check: HealthCheck, t: Translate): string {
  if (check.value === null) {
    return t(check.id === 'heavyUsers' ? 'health.fewUsers' : 'health.none')
  }
  if (check.kind === 'p') return t('health.p', { p: formatP(check.value) })
  if (check.kind === 'count') {
    const unit = check.id === 'scoreBound' || check.id === 'automaticUsers' ? 'users' : 'lists'
    return t(`health.${unit}`, { n: formatInteger(check.value) })
  }
  const share = formatPercent(check.value)
  if (check.id === 'teamMismatch' || check.id.endsWith('Clicks')) return share
  return t(check.id === 'heavyUsers' ? 'health.shareOfVotes' : 'health.shareOfSlots', { share })
}

export type HealthLevel = HealthCheck['level']

/** The worst level of all checks of some runs and how many are not ok. */
export function worstCheck(rows: readonly RunRow[]): {
  readonly level: HealthLevel
  readonly count: number
} {
  const checks = rows.flatMap(({ summary }) => summary?.health ?? [])
  const bad = checks.filter(({ level }) => level !== 'ok')
  const level = bad.some((check) => check.level === 'block')
    ? 'block'
    : bad.length > 0
      ? 'warn'
      : 'ok'
  return { level, count: bad.length }
}

/** Half width of a scale that holds every interval of a table, with a little air. */
export function sharedLimit(
  intervals: readonly { readonly low: number | null; readonly high: number | null }[],
): number {
  const reach = Math.max(
    0,
    ...intervals.flatMap(({ low, high }) =>
      low === null || high === null ? [] : [Math.abs(low), Math.abs(high)],
    ),
  )
  const steps = [0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]
  // a preference ends at ±½, a difference of clicks per list does not
  return steps.find((step) => step >= reach * 1.05) ?? (reach <= 0.5 ? 0.5 : Math.ceil(reach))
}

const two = (value: number) => String(value).padStart(2, '0')

/** "2026-03-14 15:06" in the time of the machine. */
export function formatTime(iso: string): string {
  const at = new Date(iso)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** "2026-03-14 15:06:09", where what happened in one minute must be told apart. */
export const formatMoment = (iso: string): string =>
  `${formatTime(iso)}:${two(new Date(iso).getSeconds())}`
