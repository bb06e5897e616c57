import type { Language } from './languages.ts'
import { reasonWords } from './reasonWords.ts'
import type { Estimate } from './run/summary.ts'

// How numbers are written on the page and in reports. By hand rather than with Intl, whose output
// may change with the ICU of the machine: a report must be byte-stable.

const MINUS = '\u2212'
const NO_BREAK = '\u00a0'

/** Stands where a number is not estimable; the reason goes beside it. */
export const missing = '–'

/**
 * A decimal number with a true minus sign and `digits` decimals. A value that would round to 0
 * without being 0 keeps one significant digit (up to 6 decimals), so that an interval which just
 * excludes 0 does not read as if it touched it.
 */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return missing
  const size = Math.abs(value)
  let text = size.toFixed(digits)
  for (let more = digits + 1; Number(text) === 0 && size >= 5e-7 && more <= 6; more++) {
    text = size.toFixed(more)
  }
  const [whole = '', decimals] = text.split('.')
  const sign = value < 0 && Number(text) !== 0 ? MINUS : ''
  return sign + grouped(whole) + (decimals === undefined ? '' : `.${decimals}`)
}

/** A count or another number that needs no decimals: 16,652. */
export function formatInteger(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing
  const rounded = Math.round(value)
  return (rounded < 0 ? MINUS : '') + grouped(String(Math.abs(rounded)))
}

/** A share in [0, 1] as a percentage: 5.4 %. */
export function formatPercent(share: number | null, digits = 1): string {
  if (share === null || !Number.isFinite(share)) return missing
  return `${formatNumber(share * 100, digits)}${NO_BREAK}%`
}

/** A share that somebody set, without the zeros at its end: 5 %, 2.5 %. */
export function formatPercentSetting(share: number): string {
  return `${formatSetting(share * 100)}${NO_BREAK}%`
}

/** A p value: three decimals, or that it is below the last of them. */
export function formatP(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return missing
  return p < 0.001 ? `<${NO_BREAK}0.001` : p.toFixed(3)
}

/** A decimal number without the zeros at its end: 0.05, 3, 0.002. For settings, not for results. */
export function formatSetting(value: number): string {
  const text = String(Math.abs(Number(value.toPrecision(12))))
  const [whole = '', decimals] = text.split('.')
  const sign = value < 0 ? MINUS : ''
  if (text.includes('e')) return sign + text.replace('-', MINUS)
  return sign + grouped(whole) + (decimals === undefined ? '' : `.${decimals}`)
}

/** "−0.051 to −0.014", in words because a dash beside a minus sign can not be read. */
export function formatInterval(
  low: number | null,
  high: number | null,
  language: Language,
  digits = 3,
): string {
  if (low === null || high === null) return missing
  const to = language === 'zh-CN' ? '至' : 'to'
  return `${formatNumber(low, digits)} ${to} ${formatNumber(high, digits)}`
}

/** "−0.039 (−0.051 to −0.014)"; the reason when there is no value. n stands beside it. */
export function formatEstimate(estimate: Estimate, language: Language, digits = 3): string {
  if (estimate.value === null) {
    return estimate.reason === undefined
      ? missing
      : `${missing} (${reasonWords(estimate.reason, language)})`
  }
  const value = formatNumber(estimate.value, digits)
  if (estimate.low === null || estimate.high === null) return value
  const interval = formatInterval(estimate.low, estimate.high, language, digits)
  return language === 'zh-CN' ? `${value}（${interval}）` : `${value} (${interval})`
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
