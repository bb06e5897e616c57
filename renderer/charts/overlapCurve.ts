import { formatNumber, formatSetting } from '#core/format'
import type { OverlapCurve, Spread } from '#core/preview/planPreview'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { band, cursorLine, line, roundStep, text } from './parts.ts'

export interface OverlapData {
  readonly curve: OverlapCurve
  /** The strength of the draft, and what it gives; null while it is no number. */
  readonly now: number | null
  readonly overlap: Spread
}

const unit = { min: 0, max: 1 }

/** RBO of the two lists against the strength of the exploration: mean, deciles, and where the draft is. */
export const overlapCurve: Chart<OverlapData> = {
  draw({ curve, now, overlap }, { token, t, width, height, cursor }) {
    const box = { left: 34, right: 54, top: 10, bottom: 34 }
    const { x } = curve
    const xMax = x.at(-1) ?? 1
    const column = (name: keyof Spread) => curve.overlap.map((spread) => spread[name])
    const at = now === null || now > xMax ? null : now
    const plot = { width: width - box.left - box.right, height: height - box.top - box.bottom }
    const yPixel = (value: number) => box.top + (1 - value) * plot.height
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: xMax,
          interval: roundStep(xMax, Math.max(2, Math.floor(plot.width / 60))),
          name: t(`fields.${curve.field}.label`),
          nameGap: 20,
          axisLabel: { formatter: (value: number) => formatSetting(value) },
        },
        yAxis: {
          type: 'value',
          min: 0,
          max: 1,
          interval: 0.5,
          splitLine: { show: true },
          axisLabel: { formatter: (value: number) => formatSetting(value) },
        },
        series: [
          band(x, column('low'), column('high'), token('neutral-band'), unit),
          {
            type: 'line',
            silent: true,
            data: line(x, column('mean')),
            lineStyle: { color: token('ink-2'), width: 1.75 },
            markLine: {
              data: [
                ...(at === null ? [] : [{ xAxis: at, lineStyle: { color: token('b') } }]),
                ...cursorLine(x, cursor),
              ],
            },
          },
          {
            type: 'scatter',
            silent: true,
            symbol: 'triangle',
            symbolSize: 9,
            z: 5,
            data: at === null ? [] : [[at, overlap.mean]],
            itemStyle: { color: token('b') },
          },
        ],
        graphic: [
          text(token, {
            x: width - box.right + 8,
            y: Math.max(box.top + 4, yPixel(overlap.mean)),
            text: formatNumber(overlap.mean, 2),
            fill: token('b-text'),
            weight: 600,
          }),
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax },
    }
  },
  table({ curve }, t) {
    const column = (label: string, name: keyof Spread) => ({
      label,
      values: curve.overlap.map((spread) => spread[name]),
      format: (value: number) => formatNumber(value, 3),
    })
    return columnTable([
      { label: t(`fields.${curve.field}.label`), values: curve.x, format: formatSetting },
      column('RBO', 'mean'),
      column(t('preview.low'), 'low'),
      column(t('preview.high'), 'high'),
    ])
  },
}
