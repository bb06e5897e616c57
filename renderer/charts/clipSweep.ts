import { formatInterval, formatNumber } from '#core/format'
import type { ReplayReport } from '#core/ope/replayReport'
import type { Chart } from './chart.ts'

/** Clipped IPS over the threshold M with its interval as a band, and clipped SNIPS. */
export const clipSweep: Chart<ReplayReport> = {
  draw({ sweep }, { token }) {
    const box = { left: 60, right: 12, top: 12, bottom: 28 }
    const line = (name: 'ips' | 'snips', colour: string, dashed: boolean) => ({
      type: 'line',
      silent: true,
      showSymbol: false,
      data: sweep.map((row) => row[name].value),
      lineStyle: { color: colour, width: 2, type: dashed ? 'dashed' : 'solid' },
    })
    const band = (data: readonly (number | null)[], opacity: number) => ({
      type: 'line',
      silent: true,
      showSymbol: false,
      stack: 'band',
      data,
      lineStyle: { opacity: 0 },
      areaStyle: { color: token('a'), opacity },
    })
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'category',
          boundaryGap: false,
          data: sweep.map(({ clip }) => formatNumber(clip, 1)),
        },
        yAxis: { type: 'value', scale: true },
        series: [
          band(
            sweep.map(({ ips }) => ips.low),
            0,
          ),
          band(
            sweep.map(({ ips }) =>
              ips.low === null || ips.high === null ? null : ips.high - ips.low,
            ),
            0.16,
          ),
          line('ips', token('a'), false),
          line('snips', token('ink-2'), true),
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: Math.max(1, sweep.length - 1) },
    }
  },
  table: ({ sweep }, t) => ({
    columns: ['M', 'IPS', t('study.replay.interval'), 'SNIPS'],
    rows: sweep.map(({ clip, ips, snips }) => [
      formatNumber(clip, 2),
      formatNumber(ips.value, 5),
      formatInterval(ips.low, ips.high, 'en', 5),
      formatNumber(snips.value, 5),
    ]),
    x: sweep.map((_, i) => i),
  }),
}
