import type { UserDetail } from '#core/contract/runs'
import { formatInteger, formatNumber } from '#core/format'
import { paperActiveness } from '#core/agent/activeness'
import type { Chart } from './chart.ts'
import { cursorLine, roundStep } from './parts.ts'

/** A user's activeness S over time: it decays between requests and rises at each; clicks as dots. */
export const userTimeline: Chart<UserDetail> = {
  draw({ requests }, { token, width, t, cursor }) {
    const box = { left: 42, right: 16, top: 12, bottom: 38 }
    const hour = hoursOf(requests)
    const end = Math.max(hour.at(-1) ?? 0, 0.1)
    const plotWidth = width - box.left - box.right
    const path = requests.flatMap(({ activeness, activenessBefore }, i) => [
      ...(activenessBefore === null ? [] : decay(requests[i - 1]!, requests[i]!, hour[i - 1]!)),
      [hour[i]!, activeness],
    ])
    const clicked = requests.flatMap(({ clicked: items, activeness }, i) =>
      items.length > 0 ? [[hour[i]!, activeness]] : [],
    )
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: end,
          interval: roundStep(end, Math.max(2, Math.floor(plotWidth / 90))),
          name: t('breakdown.hours'),
          nameLocation: 'middle',
          nameGap: 22,
          axisLabel: {
            formatter: (value: number) => formatNumber(value, end < 1 ? 2 : end < 10 ? 1 : 0),
            showMaxLabel: false,
          },
        },
        yAxis: {
          type: 'value',
          min: 0,
          max: 1,
          interval: 0.25,
          axisLabel: { formatter: (value: number) => formatNumber(value, 2) },
        },
        series: [
          {
            type: 'line',
            silent: true,
            symbol: 'none',
            data: path,
            lineStyle: { color: token('ink-2'), width: 1.5 },
            markLine: {
              data: [...cursorLine(hour, cursor)],
            },
          },
          {
            type: 'scatter',
            silent: true,
            symbolSize: 7,
            z: 3,
            data: requests.map(({ activeness }, i) => [hour[i]!, activeness]),
            itemStyle: {
              color: token('surface'),
              borderColor: token('ink-2'),
              borderWidth: 1.5,
              opacity: 1,
            },
          },
          {
            type: 'scatter',
            silent: true,
            symbolSize: 7,
            z: 4,
            data: clicked,
            itemStyle: { color: token('ink'), opacity: 1 },
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: end },
    }
  },
  table: ({ requests }, t) => ({
    columns: [
      t('breakdown.hours'),
      'S',
      t('breakdown.clicks'),
      t('chart.impressions'),
      t('impressions.vote', { vote: '' }),
    ],
    rows: requests.map(({ activeness, clicked, index, vote }, i) => [
      formatNumber(hoursOf(requests)[i]!, 2),
      formatNumber(activeness),
      formatInteger(clicked.length),
      formatInteger(index + 1),
      formatNumber(vote, 2),
    ]),
    x: hoursOf(requests),
  }),
}

type Requests = UserDetail['requests']

const hoursOf = (requests: Requests): number[] =>
  requests.map(({ seconds }) => (seconds - requests[0]!.seconds) / 3600)

/** Points of S between two requests, the second one's own rise left out. */
function decay(from: Requests[number], to: Requests[number], startHour: number): number[][] {
  const gap = to.seconds - from.seconds
  return [0.25, 0.5, 0.75, 1].map((part) => [
    startHour + (part * gap) / 3600,
    from.activeness * Math.exp(-paperActiveness.decay * part * gap),
  ])
}
