import { describe, expect, it } from 'vitest'
import { validityAnchors } from '#renderer/charts/validityAnchors'
import { clickAges, gapTimes } from '#renderer/charts/validityTimes'
import type { Anchor } from '#core/validity/validityReport'

const context = {
  token: (name: string) => name,
  width: 400,
  height: 240,
  t: (key: string, named: Readonly<Record<string, unknown>> = {}) =>
    [key, ...Object.values(named)].join(' '),
  cursor: null,
}
const anchors: readonly Anchor[] = [
  { policy: 'random', ctr: { value: 0.02, low: 0.018, high: 0.022, n: 100 } },
  { policy: 'oracle', ctr: { value: null, low: null, high: null, n: 0, reason: 'noData' } },
]

describe('the charts of a validity panel', () => {
  it('draw each policy with a figure, and tell the missing one', () => {
    const { option, plot } = validityAnchors.draw(anchors, context)
    expect(option['series']).toMatchObject([{ data: [[0, 0.02, 0.018, 0.022]] }])
    expect([plot.xMin, plot.xMax]).toEqual([-0.5, 1.5])
    expect(validityAnchors.table(anchors, context.t).rows).toEqual([
      ['validity.policies.random', '0.0200', '0.0180', '0.0220'],
      ['validity.policies.oracle', '–', '–', '–'],
    ])
  })

  it('name the bins of return times in the unit that they fill', () => {
    const gaps = { fromLog10: 0, width: 2, counts: [3, 0, 1200, 7] }
    expect(gapTimes.table(gaps, context.t).rows).toEqual([
      ['validity.units.second 1', '3'],
      ['validity.units.minute 1.7', '0'],
      ['validity.units.hour 2.8', '1,200'],
      ['validity.units.day 12', '7'],
    ])
  })

  it('keep every older item in the last bar of ages', () => {
    const ages = { widthHours: 2, counts: [5, 4, 9] }
    const { rows } = clickAges.table(ages, context.t)
    expect([0, 1, 2].map((row) => rows.at(row)?.[0])).toEqual(['0', '2', '4+'])
    const { option } = clickAges.draw(ages, { ...context, cursor: 1 })
    expect(option['series']).toMatchObject([{ data: [{ value: 5 }, { value: 4 }, { value: 9 }] }])
  })
})
