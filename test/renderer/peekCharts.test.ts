import { describe, expect, it } from 'vitest'
import type { MethodReport, PeekReport, Rate, StoppingTimes } from '#core/peekLab/peekReport'
import type { ChartContext } from '#renderer/charts/chart'
import { peekRates } from '#renderer/charts/peekRates'
import { peekStopping } from '#renderer/charts/peekStopping'

const rate = (value: number): Rate => ({
  count: 100 * value,
  n: 100,
  value,
  low: value - 0.02,
  high: value + 0.02,
})
const times: StoppingTimes = { n: 80, p10: 20, p25: 40, median: 60, p75: 90, p90: 120 }

const method = (id: MethodReport['id'], found: number, ab: StoppingTimes | null): MethodReport => ({
  id,
  naive: id === 'userT',
  peeking: 'everyUser',
  falsePositives: rate(found),
  power: rate(0.8),
  wrongSide: rate(0.02),
  coverage: { aa: null, ab: null },
  stopping: { aa: null, ab },
})

const report: PeekReport = {
  backend: 'cpu/tfjs',
  engineVersion: '1',
  alpha: 0.05,
  lockedEngine: 'betting',
  looks: 50,
  repetitions: 100,
  planned: 100,
  pilot: {
    users: 300,
    usersVoting: 300,
    impressions: 900,
    votes: 800,
    tieRate: 0,
    noVoteRate: 0.1,
    designEffect: 1,
  },
  effect: { wanted: 0.05, achieved: 0.05, largest: 0.4 },
  methods: [method('betting', 0.03, times), method('userT', 0.36, null)],
  digest: 'x',
}

const context: ChartContext = {
  token: (name) => name,
  width: 400,
  height: 300,
  t: (key) => key,
  cursor: null,
}
const words = (option: unknown) => JSON.stringify(option)

describe('the charts of the Peek Lab', () => {
  it('show false positives beside the error rate, on an axis that holds every interval', () => {
    const { option, plot } = peekRates('falsePositives', true).draw(report, context)
    expect(words(option)).toContain('"yAxis":0.05')
    expect(option['yAxis']).toMatchObject({ min: 0, max: 0.4 })
    expect(plot).toMatchObject({ xMin: -0.5, xMax: 1.5 })
  })

  it('show power from 0 to 1, without that line', () => {
    const { option } = peekRates('power', false).draw(report, context)
    expect(option['yAxis']).toMatchObject({ min: 0, max: 1 })
    expect(words(option)).not.toContain('"yAxis":0.05')
  })

  it('draw the naive methods hollow', () => {
    const { option } = peekRates('power', false).draw(report, context)
    const [bars] = option['series'] as { data: { itemStyle: { color: string } }[] }[]
    expect(bars!.data.map(({ itemStyle }) => itemStyle.color)).toEqual(['ink-2', 'surface'])
  })

  it('draw a box for each method that decided, and say so of the others', () => {
    const { option } = peekStopping.draw(report, context)
    const [boxes] = option['series'] as { data: number[][] }[]
    expect(boxes!.data).toEqual([[0, 20, 40, 60, 90, 120]])
    expect(peekStopping.table(report, context.t).rows.at(1)?.slice(1)).toEqual(Array(6).fill('–'))
  })

  it('tell in the table what they draw', () => {
    const { rows } = peekRates('falsePositives', true).table(report, context.t)
    expect(rows.at(1)).toEqual(['peekLab.ids.userT', '36.0\u00a0%', '34.0\u00a0%', '38.0\u00a0%'])
  })
})
