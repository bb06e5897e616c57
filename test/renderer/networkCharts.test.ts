import { describe, expect, it } from 'vitest'
import type { NetworkMoment } from '#core/contract/runs'
import { probeLists } from '#core/run/networkRecord'
import { pointMetrics, pointWidth } from '#core/run/point'
import { costChart, costCurve, costRow } from '#renderer/charts/costCurve'
import { scorePairs, scoreScatter } from '#renderer/charts/scorePairs'
import { growingCurve } from '#renderer/stores/curve'

const t = (key: string) => key

describe('the cost of exploring', () => {
  const growing = growingCurve()
  const points = [1, 2, 3].map((n) => {
    const point = new Float64Array(pointWidth)
    point[pointMetrics.indexOf('impressions')] = 100 * n
    point[pointMetrics.indexOf('explorationCost')] = n
    return point
  })
  growing.append(Float64Array.from(points.flatMap((point) => [...point])), 2)
  const curve = growing.curve()
  const moment = (impression: number, costLow: number | null): NetworkMoment => ({
    step: 0,
    impression,
    norm: 1,
    deltaNorm: 1,
    rbo: new Float32Array(1),
    costLow,
    costHigh: costLow === null ? null : costLow + 2,
  })

  it('has a band only where an interval was recorded, and a place for the time cursor', () => {
    const cost = costCurve(curve, [moment(100, null), moment(200, 1)], 400, 250)
    expect(cost.bandAt).toEqual([200])
    expect([cost.low, cost.high]).toEqual([[1], [3]])
    expect(cost.cost[costRow(cost)]).toBe(2)
    expect(costChart.table(cost, t).rows.at(2)).toEqual(['300', '3.0'])
  })
})

describe('scores under both sides', () => {
  const pool = Int32Array.of(7, 8, 9)
  const probe = probeLists(
    1,
    pool,
    { scores: [0.3, 0.2, 0.1], top: [0, 1] },
    { scores: [0.3, 0.1, 0.2], top: [0, 2] },
  )

  it('say which list holds an item, in the order of score', () => {
    const pairs = scorePairs([probe, probe], 1, ['Q', 'Q̃'], true)
    expect(pairs.points.map(({ item, place }) => [item, place])).toEqual([
      [9, 'onlyB'],
      [9, 'onlyB'],
      [8, 'onlyA'],
      [8, 'onlyA'],
      [7, 'both'],
      [7, 'both'],
    ])
    expect(pairs.points.filter(({ chosen }) => chosen).every(({ context }) => context === 1)).toBe(
      true,
    )
    const { rows, x } = scoreScatter.table(pairs, t)
    expect(rows.length).toBe(6)
    expect(Array.from(x)).toEqual(Array.from(x).sort())
  })
})
