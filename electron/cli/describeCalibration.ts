import type { StudyDetail } from '#core/contract/studies'
import {
  formatInteger,
  formatNumber,
  formatPercent,
  formatPercentSetting,
  missing,
} from '#core/format'
import type { MethodReport, PeekReport, Rate, StoppingTimes } from '#core/peekLab/peekReport'
import { textTable } from './textTable.ts'

type Calibration = Extract<StudyDetail, { readonly kind: 'calibration' }>

/** The result of a calibration in some lines of text. */
export function describeCalibration(detail: Calibration): string {
  const { id, name, state, seed, report, commandLine } = detail
  const head = `Study ${id}  ${name}\ncalibration, ${state}, seed ${seed}\n`
  if (!report) return `${head}\nNo result is stored yet.\n`
  const { effect, pilot, repetitions, alpha, looks } = report
  return [
    head,
    `${formatInteger(repetitions)} repetitions of ${formatInteger(pilot.users)} users each, α ${formatPercentSetting(alpha)}, Δ 0 and Δ ${formatNumber(effect.achieved)}${capNote(report)}\n` +
      `Pilot: ${formatInteger(pilot.impressions)} impressions, ${formatPercent(pilot.tieRate)} of the votes ties, ${formatPercent(pilot.noVoteRate)} no-votes, design effect ${formatNumber(pilot.designEffect, 1)}\n`,
    textTable([
      ['', 'false positives', 'power', 'wrong side', 'coverage', 'users to decide'],
      ...report.methods.map((method) => [
        `${method.id}${method.naive ? ' (naive)' : ''}`,
        rate(method.falsePositives),
        rate(method.power),
        formatPercent(method.wrongSide.value),
        coverage(method),
        stopping(method.stopping.ab),
      ]),
    ]),
    `The naive methods look ${looks} times as if each look were the only one; impressionZ also takes votes for independent.\n` +
      `In brackets: 95 % Wilson intervals. Users to decide: median (quartiles) at Δ ${formatNumber(effect.achieved)}, where it decided.\n`,
    `digest ${report.digest}\nrerun  ${commandLine}\n`,
  ].join('\n')
}

function capNote({ effect }: PeekReport): string {
  if (Math.abs(effect.achieved - effect.wanted) < 1e-12) return ''
  return ` (Δ ${formatNumber(effect.wanted)} was asked for; with so many ties no more is possible)`
}

/** At the chosen Δ; at Δ 0 where the truth of the method's own estimand is known only there. */
function coverage({ coverage: { aa, ab } }: MethodReport): string {
  if (ab) return formatPercent(ab.value)
  return aa ? `${formatPercent(aa.value)} (Δ 0)` : missing
}

const rate = ({ value, low, high }: Rate): string =>
  `${formatPercent(value)} (${formatPercent(low)} to ${formatPercent(high)})`

const stopping = (times: StoppingTimes | null): string =>
  times === null
    ? missing
    : `${formatInteger(times.median)} (${formatInteger(times.p25)} to ${formatInteger(times.p75)})`
