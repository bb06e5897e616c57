import { formatInteger, formatNumber } from '#core/format'
import { formatEvidence } from '../estimates.ts'
import type { Curve } from '../stores/curve.ts'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { cursorLine, line, noPatterns, text } from './parts.ts'
import { rowsToDraw } from './thin.ts'

/** The e-value against Δ = 0 at each point that has one. */
export interface EvidencePath {
  readonly users: Float64Array
  readonly logE: Float64Array // ln
  readonly needed: number // to reject
}

export function evidencePath(curve: Curve, needed: number): EvidencePath {
  const [users, logE] = [curve.column('users'), curve.column('logE')]
  const first = logE.findIndex(Number.isFinite)
  const rows = first < 0 ? 0 : logE.length
  return {
    users: users.subarray(Math.max(0, first), rows),
    logE: logE.subarray(Math.max(0, first), rows),
    needed,
  }
}

/** Between 0.01 and 1,000, as on the bar under it; what is beyond is drawn at the edge. */
const limits = { min: Math.log(0.01), max: Math.log(1000) }

export const evidenceCurve: Chart<EvidencePath> = {
  draw({ users, logE, needed }, { token, width, height, cursor, t }) {
    const box = { left: 30, right: 8, top: 6, bottom: 18 }
    const rows = rowsToDraw(logE, 2 * Math.max(100, width))
    const at = (values: Float64Array) => rows.map((row) => values[row]!)
    const xMax = users.at(-1) ?? 1
    return {
      option: {
        aria: noPatterns,
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: xMax,
          interval: xMax,
          axisLabel: { formatter: (value: number) => (value === 0 ? '0' : '') },
        },
        yAxis: {
          type: 'value',
          min: limits.min,
          max: limits.max,
          interval: Math.log(10),
          splitLine: { show: false },
          axisLabel: {
            formatter: (value: number) => (Math.abs(value) < 1e-9 ? '1' : ''),
            showMinLabel: false,
            showMaxLabel: false,
          },
        },
        series: [
          {
            type: 'line',
            silent: true,
            showSymbol: false,
            data: line(at(users), at(logE), limits),
            lineStyle: { color: token('ink'), width: 1.5 },
            markLine: {
              data: [
                { yAxis: 0, lineStyle: { color: token('line-strong'), type: 'solid' } },
                { yAxis: Math.log(needed), lineStyle: { color: token('ink') } },
                ...cursorLine(users, cursor),
              ],
            },
          },
        ],
        graphic: [
          text(token, {
            x: box.left - 8,
            y:
              box.top +
              ((limits.max - Math.log(needed)) / (limits.max - limits.min)) *
                (height - box.top - box.bottom),
            text: formatInteger(needed),
            fill: token('ink'),
            weight: 600,
            align: 'right',
          }),
          text(token, {
            x: width - box.right,
            y: height - 8,
            text: `${formatInteger(xMax)} ${t('chart.users')}`,
            fill: token('ink-3'),
            align: 'right',
          }),
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax },
    }
  },
  table: ({ users, logE }, t) =>
    columnTable([
      { label: t('chart.users'), values: users, format: formatInteger },
      { label: 'e', values: logE, format: formatEvidence },
      { label: 'ln e', values: logE, format: (value) => formatNumber(value, 2) },
    ]),
}
