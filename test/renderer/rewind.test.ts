import { expect, it } from 'vitest'
import { pointMetrics, pointWidth, type PointMetric } from '#core/run/point'
import { cutCurve, rewoundSummary } from '#renderer/rewind'
import { growingCurve } from '#renderer/stores/curve'
import { inputFixture } from '../core/report/fixture.ts'

const point = (values: Partial<Record<PointMetric, number>>) =>
  Array.from({ length: pointWidth }, (_, i) => values[pointMetrics[i]!] ?? Number.NaN)
const growing = growingCurve()
growing.append(
  Float64Array.from([
    ...point({ impressions: 10, users: 1, delta: 0.2, winsA: 3, logE: 0.1 }),
    ...point({ impressions: 20, users: 8, delta: 0.1, low: -0.2, high: 0.3, winsA: 5 }),
    ...point({ impressions: 30, users: 9, delta: 0.1, low: 0.02, high: 0.2, winsA: 9 }),
  ]),
  2,
)
const curve = growing.curve()
const summary = inputFixture({}).run.summary!
const healthy = { ...summary, health: summary.health.map((c) => ({ ...c, level: 'ok' as const })) }

it('a curve is cut at a look', () => {
  const cut = cutCurve(curve, 2)
  expect(cut.rows).toBe(2)
  expect([...cut.column('impressions')]).toEqual([10, 20])
  expect(cut.at(2, 'impressions')).toBeNaN()
})

it('a summary says what was known at the look, and nothing of later ones', () => {
  const at = (row: number) => rewoundSummary(healthy, curve, row, 0)
  expect(at(0)).toMatchObject({
    impressions: 10,
    delta: { value: 0.2, low: null, high: null, n: 1 },
    verdict: { state: 'insufficient' },
    logE: 0.1,
  })
  expect(at(1)).toMatchObject({ verdict: { state: 'undecided' }, outcomes: { a: 5 } })
  expect(at(2).verdict.state).toBe('aBetter')
  expect(at(2)).toMatchObject({ health: [], otherEngines: [], arms: [] })
  expect(at(2).behaviour).toBeUndefined()
  expect(rewoundSummary(healthy, curve, 2, 0.5).verdict.state).toBe('practicallyEqual')
})

it('no look of an invalid run names a side', () => {
  const block = { ...healthy.health[0]!, level: 'block' as const }
  const invalid = { ...healthy, health: [block] }
  expect(rewoundSummary(invalid, curve, 2, 0).verdict.state).toBe('invalid')
})

it('a look at several challengers tells each one’s interval and names nobody', () => {
  const row = point({
    ...{ impressions: 40, users: 20, delta: 0.1, low: 0.02, high: 0.2, logE: 5 },
    ...{ deltaC: -0.01, lowC: -0.1, highC: 0.08 },
  })
  const two = growingCurve()
  two.append(Float64Array.from(row), 0)
  const challenger = (side: number) => ({
    side,
    outcomes: { a: 9, b: 5, tie: 1, noVote: 2 },
    delta: healthy.delta,
    logE: 9,
    otherEngines: [],
    signTest: healthy.signTest,
    verdict: { ...healthy.verdict, state: 'aBetter' as const },
  })
  const contest = {
    design: 'duel' as const,
    sides: [],
    challengers: [challenger(1), challenger(2)],
    family: { method: 'eBh' as const, size: 2, errorRate: 0.05, rejected: [true, true] },
    clicksPerList: null,
  }
  const [first, second] = rewoundSummary({ ...healthy, contest }, two.curve(), 0, 0).contest!
    .challengers
  expect(first).toMatchObject({
    delta: { low: 0.02 },
    logE: 5,
    verdict: { state: 'undecided', reason: 'familyNotStored' },
  })
  expect(second).toMatchObject({ delta: { value: -0.01, high: 0.08 }, logE: null })
  expect(second!.outcomes!.a).toBeNaN() // not told, rather than the first one's
})
