import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChartContext } from '#renderer/charts/chart'
import { parallelRuns } from '#renderer/charts/parallelRuns'
import { paretoFront, paretoRuns } from '#renderer/charts/paretoRuns'
import { endsOf } from '#renderer/charts/parts'

const context: ChartContext = {
  token: () => '#000',
  width: 640,
  height: 300,
  t: (key) => key,
  cursor: null,
}

describe('ends of an axis', () => {
  it('are those of the values, and apart where these are equal but for rounding', () => {
    expect(endsOf([3, 1, 2])).toEqual({ low: 1, high: 3 })
    expect(endsOf([0.845, 0.845 + 1e-16])).toEqual({ low: 0.422, high: 1.27 })
    expect(endsOf([0, 0])).toEqual({ low: -1, high: 1 })
  })

  it('lie around every value, for any values', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { minLength: 1 })
    fc.assert(
      fc.property(values, (some) => {
        const { low, high } = endsOf(some)
        expect(low).toBeLessThan(high)
        expect(low).toBeLessThanOrEqual(Math.min(...some))
        expect(high).toBeGreaterThanOrEqual(Math.max(...some))
      }),
    )
  })
})

describe('the comparison of runs', () => {
  const lines = [0.6, 0.6, 0.1 + 0.5].map((alpha, i) => ({
    run: i + 1,
    name: `run ${i}`,
    isBaseline: i === 0,
    values: [alpha, i === 2 ? null : 0.5],
  }))

  it('labels the two ends of an axis, in few digits', () => {
    const { option } = parallelRuns.draw({ axes: ['α', 'Δ'], lines }, context)
    const [first] = option['parallelAxis'] as {
      min: number
      max: number
      interval: number
      axisLabel: { formatter: (value: number) => string }
    }[]
    expect(first).toMatchObject({ interval: first!.max - first!.min })
    expect(first!.axisLabel.formatter(0.1 + 0.2)).toBe('0.3')
    expect(JSON.stringify(option)).not.toContain('NaN')
  })

  it('shows points that are equal, instead of their rounding', () => {
    const same = [95.6, 95.6 + 1e-13].map((items, i) => ({
      run: i + 1,
      name: `run ${i}`,
      clicks: 7,
      items,
    }))
    const { option } = paretoRuns.draw(paretoFront(same), context)
    expect(option['yAxis']).toMatchObject({ min: 47.8 })
    expect(option['xAxis']).toMatchObject({ min: 3.5, max: 10.5 })
  })
})
