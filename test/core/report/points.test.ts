import { describe, expect, it } from 'vitest'
import { binned, readPoints, thinned } from '#core/report/points'
import { pointIndex, pointWidth } from '#core/run/point'

/** Points of [impressions so far, CTR of the window]. */
function pointsOf(rows: readonly (readonly [impressions: number, ctr: number])[]) {
  const all = new Float64Array(rows.length * pointWidth)
  rows.forEach(([impressions, ctr], i) => {
    all[i * pointWidth + pointIndex.impressions] = impressions
    all[i * pointWidth + pointIndex.ctrA] = ctr
  })
  return readPoints(all)
}

describe('binned', () => {
  it('weights windows by their impressions and keeps the end of each bin', () => {
    const bins = binned(
      pointsOf([
        [100, 0.1],
        [400, 0.3],
        [500, 0.2],
        [510, 0.5],
      ]),
      2,
    )
    expect([...bins.end]).toEqual([400, 510])
    const [first, second] = bins.mean('ctrA')
    expect(first).toBeCloseTo((100 * 0.1 + 300 * 0.3) / 400, 12)
    expect(second).toBeCloseTo((100 * 0.2 + 10 * 0.5) / 110, 12)
  })

  it('leaves out windows without a value, and has none where all are', () => {
    const bins = binned(
      pointsOf([
        [10, Number.NaN],
        [20, 0.4],
        [30, Number.NaN],
        [40, Number.NaN],
      ]),
      2,
    )
    expect([...bins.mean('ctrA')]).toEqual([0.4, Number.NaN])
  })

  it('takes few points as they are, and none as none', () => {
    const few = binned(
      pointsOf([
        [10, 0.5],
        [30, 0.25],
      ]),
      30,
    )
    expect([...few.end]).toEqual([10, 30])
    expect([...few.mean('ctrA')]).toEqual([0.5, 0.25])
    expect(binned(pointsOf([]), 30).end).toHaveLength(0)
  })
})

describe('thinned', () => {
  it('keeps the first and the last, evenly between', () => {
    expect(thinned(3, 5)).toEqual([0, 1, 2])
    expect(thinned(101, 5)).toEqual([0, 25, 50, 75, 100])
    expect(thinned(0, 5)).toEqual([])
  })
})
