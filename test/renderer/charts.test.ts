import { describe, expect, it } from 'vitest'
import { computed, shallowRef } from 'vue'
import { pointIndex, pointWidth, type PointMetric } from '#core/run/point'
import type { UpdateEvent } from '#core/run/batch'
import type { ChartContext } from '#renderer/charts/chart'
import { confidenceSequence } from '#renderer/charts/confidenceSequence'
import { deltaCurve, deltaLimit, updateMarks } from '#renderer/charts/deltaCurve'
import { learning, learningCurves, placeOfQ } from '#renderer/charts/learning'
import { outcomeBins, outcomes } from '#renderer/charts/outcomes'
import { pushApart, roundStep } from '#renderer/charts/parts'
import { rowsToDraw } from '#renderer/charts/thin'
import { growingCurve } from '#renderer/stores/curve'

type Row = Partial<Record<PointMetric, number>>

function points(rows: readonly Row[]): Float64Array {
  const values = new Float64Array(rows.length * pointWidth).fill(Number.NaN)
  rows.forEach((row, r) => {
    for (const [metric, value] of Object.entries(row)) {
      values[r * pointWidth + pointIndex[metric as PointMetric]] = value
    }
  })
  return values
}

/** 100 points of 10 impressions; users close from the third point on. */
const rows = Array.from({ length: 100 }, (_, i): Row => {
  const impressions = (i + 1) * 10
  const users = Math.max(0, i - 1)
  return {
    impressions,
    users,
    winsA: impressions * 0.4,
    winsB: impressions * 0.3,
    ties: impressions * 0.1,
    noVotes: impressions * 0.2,
    delta: users > 0 ? 0.05 : Number.NaN,
    low: users > 0 ? 0.05 - 1 / (users + 3) : Number.NaN,
    high: users > 0 ? 0.05 + 1 / (users + 3) : Number.NaN,
    ctrA: 0.2,
    ctrB: 0.1,
    ctrRandom: 0.05,
    ctrPopularity: 0.15,
    ctrOracle: 0.5,
  }
})
const growingRows = growingCurve()
growingRows.append(points(rows), 99)
const curve = growingRows.curve()

const context: ChartContext = {
  token: () => '#000',
  width: 640,
  height: 300,
  t: (key) => key,
  cursor: null,
}
const plan = {
  updates: [] as UpdateEvent[],
  plannedUsers: 100,
  equivalence: 0.01,
  verdict: 'aBetter' as const,
  decidedAt: 40,
}

describe('a growing curve', () => {
  it('overwrites what came after a checkpoint', () => {
    const growing = growingCurve()
    growing.append(points([{ ctr: 1 }, { ctr: 2 }, { ctr: 3 }]), 2)
    growing.append(points([{ ctr: 20 }]), 1)
    expect(growing.rows).toBe(2)
    expect([...growing.curve().column('ctr')]).toEqual([1, 20])
  })

  it('forgets what was taken back, before anything comes instead', () => {
    const growing = growingCurve()
    growing.append(points([{ ctr: 1 }, { ctr: 2 }, { ctr: 3 }]), 2)
    growing.append(points([]), 2) // nothing new
    expect(growing.rows).toBe(3)
    growing.append(points([]), 0)
    expect([...growing.curve().column('ctr')]).toEqual([1])
    growing.append(points([]), -1)
    expect(growing.rows).toBe(0)
  })

  it('gives a new curve for what has come since, and leaves the one before as it was', () => {
    const growing = growingCurve()
    growing.append(points([{ ctr: 1 }]), 0)
    const seen = shallowRef(growing.curve())
    // as a page reads it: through values that are worked out, and only when they have changed
    const passedOn = computed(() => seen.value)
    const sum = computed(() => passedOn.value.column('ctr').reduce((all, x) => all + x, 0))
    expect(sum.value).toBe(1)
    const before = seen.value
    growing.append(points([{ ctr: 2 }]), 1)
    seen.value = growing.curve()
    expect(sum.value).toBe(3)
    expect(before.rows).toBe(1)
    expect([...before.column('ctr')]).toEqual([1])
  })

  it('keeps every row while its buffer grows', () => {
    const growing = growingCurve()
    for (let i = 0; i < 300; i++) growing.append(points([{ ctr: i }]), i)
    expect([...growing.curve().column('ctr')]).toEqual(Array.from({ length: 300 }, (_, i) => i))
  })
})

describe('thinning', () => {
  it('keeps both ends and every extreme', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => Math.sin(i / 50))
    values[12_345] = 9
    values[6_789] = -9
    const drawn = rowsToDraw(values)
    expect(drawn.length).toBeLessThanOrEqual(2000)
    expect(drawn.length).toBeGreaterThan(1900)
    expect(drawn).toEqual(expect.arrayContaining([0, 6_789, 12_345, 19_999]))
    expect(drawn).toEqual([...drawn].sort((one, other) => one - other))
  })

  it('draws a short series whole', () => {
    expect(rowsToDraw([3, 1, 2])).toEqual([0, 1, 2])
  })
})

describe('labels', () => {
  it('are pushed apart, in order, inside the limits', () => {
    const placed = pushApart([50, 51, 52, 10], 13, { top: 0, bottom: 60 })
    const sorted = [...placed].sort((one, other) => one - other)
    for (let i = 1; i < sorted.length; i++) {
      expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(13 - 1e-9)
    }
    expect(Math.max(...placed)).toBeLessThanOrEqual(60)
    expect(placed.indexOf(Math.min(...placed))).toBe(3)
  })

  it('stay where they are when there is room', () => {
    expect(pushApart([10, 40], 13, { top: 0, bottom: 60 })).toEqual([10, 40])
  })

  it('take round steps', () => {
    expect(roundStep(1200, 6)).toBe(200)
    expect(roundStep(0.2, 4)).toBeCloseTo(0.05)
  })
})

describe('the confidence sequence', () => {
  const data = deltaCurve(curve, plan)

  it('leaves out points at which no user had finished', () => {
    expect(data.users[0]).toBe(1)
    expect(data.delta.every(Number.isFinite)).toBe(true)
  })

  it('has an axis that follows from the plan and not from the first wide intervals', () => {
    const one = (value: number) => Float64Array.of(value)
    const early = { ...data, users: one(1), delta: one(0.4), low: one(-0.5), high: one(0.5) }
    expect(deltaLimit(early)).toBe(deltaLimit({ ...early, users: one(2), delta: one(-0.3) }))
  })

  it('tells its last row in the table, without NaN', () => {
    const { rows: told } = confidenceSequence(false).table(data, context.t)
    expect(told.at(told.length - 1)).toEqual(['98', '0.050', '0.040', '0.060', '800', '1,000'])
    const all = Array.from({ length: told.length }, (_, row) => told.at(row))
    expect(JSON.stringify(all)).not.toContain('NaN')
  })

  it('marks updates at most once per slot and lets the rare ones stand', () => {
    const update = (impression: number, kind: 'minor' | 'major'): UpdateEvent => ({
      kind,
      impression,
      result: kind === 'major' ? 'trained' : 'applied',
      creditA: 0,
      creditB: 0,
      stepNorm: 0,
      normRatio: 1,
      loss: 0,
      entropy: NaN,
    })
    const updates = [update(500, 'minor'), update(501, 'major'), update(900, 'minor')]
    const marks = updateMarks({ ...data, updates }, 20)
    expect(marks.map(({ mark }) => mark)).toEqual(['major', 'applied'])
  })

  it('keeps its axis while the only interval is not known', () => {
    const growing = growingCurve()
    const last = { users: 1, impressions: 4, delta: 0.3, low: Number.NaN, high: Number.NaN }
    growing.append(points([last]), 0)
    const one = deltaCurve(growing.curve(), { ...plan, plannedUsers: 1 })
    expect(deltaLimit(one)).toBe(0.5)
  })

  it('has lines where their labels say', () => {
    for (const plannedUsers of [5, 20, 60, 100, 500, 1000, 5000, 100_000]) {
      const planned = { ...plan, plannedUsers, verdict: 'insufficient', decidedAt: null } as const
      const { option } = confidenceSequence(false).draw(
        deltaCurve(growingCurve().curve(), planned),
        context,
      )
      const [axis] = option.yAxis as { interval: number; max: number }[]
      expect(Number(axis!.interval.toPrecision(2))).toBeCloseTo(axis!.interval, 9)
      expect(Math.round(axis!.max / axis!.interval)).toBeCloseTo(axis!.max / axis!.interval, 9)
    }
  })

  it('draws before the first user as well', () => {
    const empty = deltaCurve(growingCurve().curve(), {
      ...plan,
      verdict: 'insufficient',
      decidedAt: null,
    })
    const { option, plot } = confidenceSequence(false).draw(empty, context)
    expect(JSON.stringify(option)).toContain('chart.noUserYet')
    expect(plot.xMax).toBe(100)
  })
})

describe('the learning chart', () => {
  const data = learningCurves(curve, 1000)

  it('gives expected clicks per item in per cent, weighted by impressions', () => {
    expect(data.lately.q).toBeCloseTo(20)
    expect(data.references.popularity!.at(-1)).toBeCloseTo(15)
    expect(data.references.staticBest).toBeNull()
    expect(data.impressions.at(-1)).toBe(1000)
  })

  it('places Q between its nearest reference lines', () => {
    expect(placeOfQ(data)).toEqual({ above: 'popularity', below: 'oracle' })
    expect(placeOfQ(learningCurves(growingCurve().curve(), 1000))).toBeNull()
  })

  it('holds Q against what the references earned on the same, late requests', () => {
    // all fall by half at the end: Q stays above popularity, though not above its mean of the run
    const growing = growingCurve()
    const drops = rows.map((row, i): Row => {
      const part = i < 80 ? 1 : 0.5
      return { ...row, ctrA: 0.2 * part, ctrPopularity: 0.15 * part }
    })
    growing.append(points(drops), 99)
    const fallen = learningCurves(growing.curve(), 1000)
    expect(fallen.lately.q).toBeCloseTo(10)
    expect(fallen.references.popularity!.at(-1)).toBeCloseTo(7.5)
    expect(fallen.references.popularity![5]).toBeCloseTo(15)
    expect(placeOfQ(fallen)).toEqual({ above: 'popularity', below: 'oracle' })
  })

  it('does not place a reference beside itself', () => {
    const growing = growingCurve()
    growing.append(points(rows.map((row): Row => ({ ...row, ctrA: row.ctrPopularity! }))), 99)
    const place = placeOfQ(learningCurves(growing.curve(), 1000))
    expect(place).toEqual({ above: 'random', below: 'oracle' })
  })

  it('labels each line that is known, and no other', () => {
    const words = JSON.stringify(learning.draw(data, context).option)
    expect(words).toContain('reference.oracle 50.0')
    expect(words).not.toContain('reference.staticBest')
  })
})

describe('the outcome bars', () => {
  const data = outcomeBins(curve, 1000)

  it('count each impression once', () => {
    const sum = Object.values(data.counts)
      .flat()
      .reduce((total, n) => total + n, 0)
    expect(sum).toBeCloseTo(1000)
    expect(data.ends).toHaveLength(20)
    expect(data.counts.a[7]).toBeCloseTo(20)
  })

  it('leave room for what is still to come', () => {
    const half = outcomeBins(curve, 2000)
    expect(half.ends).toHaveLength(10)
    expect(half.planned).toBe(20)
    expect(outcomes.table(half, context.t).rows).toHaveLength(10)
  })

  it('mark bins with void update duels, and tell their number', () => {
    const marked = growingCurve()
    marked.append(points(rows.map((row, i) => ({ ...row, duelsVoid: i < 50 ? 0 : 3 }))), 99)
    const bins = outcomeBins(marked.curve(), 1000)
    expect(bins.marks.void.map((n, bin) => (n > 0 ? bin : -1)).filter((bin) => bin >= 0)).toEqual([
      10,
    ])
    expect(outcomes.table(bins, context.t).columns).toContain('live.void')
    expect(outcomes.table(data, context.t).columns).not.toContain('live.void')
  })
})
