import { describe, expect, it } from 'vitest'
import { againstBaseline, columnValue, compareColumns, winRate } from '#core/compare/compareColumns'
import type { RunRow } from '#core/contract/runs'
import type { RunSummary } from '#core/run/summary'
import { detailFixture, summaryFixture } from './report/fixture.ts'

/** A run whose effective items are what is compared. */
function run(id: number, experiment: number, seed: number, items: number | null): RunRow {
  const summary: RunSummary = { ...summaryFixture(), effectiveItems: items }
  return { ...detailFixture(), id, experiment, seed, name: `experiment ${experiment}`, summary }
}
const runs = [
  run(1, 1, 1, 100),
  run(2, 2, 1, 112),
  run(3, 1, 2, 200),
  run(4, 2, 2, 210),
  run(5, 1, 3, 300),
  run(6, 2, 3, 311),
  run(7, 3, 1, 90),
]

describe('a comparison of runs', () => {
  const columns = compareColumns(runs, true)
  const [base, other, single] = columns

  it('folds the seeds of one configuration and keeps the order', () => {
    expect(columns.map(({ runs }) => runs.map(({ id }) => id))).toEqual([[1, 3, 5], [2, 4, 6], [7]])
    expect(compareColumns(runs, false)).toHaveLength(7)
  })

  it('counts a seed once that was run again, by the run that has come furthest', () => {
    const again = { ...run(8, 1, 2, 200), done: 10 * runs[2]!.done }
    const early = { ...run(9, 1, 3, 1), done: 0 }
    const [twice] = compareColumns([...runs, again, early], true)
    expect(twice!.runs.map(({ id }) => id)).toEqual([1, 8, 5])
    expect(columnValue(twice!, 'effectiveItems')).toMatchObject({ value: 200, sd: 100, n: 3 })
    expect(compareColumns([...runs, again], false)).toHaveLength(8)
  })

  it('gives mean, sd and interval over seeds', () => {
    const { value, sd, low, high, n } = columnValue(base!, 'effectiveItems')
    expect({ value, sd, n }).toEqual({ value: 200, sd: 100, n: 3 })
    // t(.975, 2) = 4.302653
    expect(high! - 200).toBeCloseTo((4.302653 * 100) / Math.sqrt(3), 3)
    expect(200 - low!).toBeCloseTo(high! - 200, 9)
  })

  it('pairs differences by seed, so that what seeds share drops out', () => {
    const [own, against, alone] = againstBaseline(columns, base!, 'effectiveItems')
    expect(own).toMatchObject({ value: null, seeds: 0, stands: false })
    expect(against).toMatchObject({ value: 11, seeds: 3, stands: true })
    expect(against!.low).toBeGreaterThan(8)
    expect(alone).toMatchObject({ value: -10, low: null, seeds: 1, stands: false })
  })

  it('turns the sign with the baseline', () => {
    const [against] = againstBaseline(columns, other!, 'effectiveItems')
    expect(against).toMatchObject({ value: -11, seeds: 3 })
  })

  it('counts who is ahead on common seeds only', () => {
    expect(winRate(other!, base!, 'effectiveItems')).toEqual({ share: 1, seeds: 3 })
    expect(winRate(single!, other!, 'effectiveItems')).toEqual({ share: 0, seeds: 1 })
    const elsewhere = compareColumns([run(8, 4, 9, 1)], true)[0]!
    expect(winRate(single!, elsewhere, 'effectiveItems')).toEqual({ share: null, seeds: 0 })
  })

  it('leaves out what is not estimable', () => {
    const none = compareColumns([run(9, 5, 1, null)], true)[0]!
    expect(columnValue(none, 'effectiveItems')).toMatchObject({ value: null, n: 0 })
  })
})
