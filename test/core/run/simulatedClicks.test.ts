import { describe, expect, it } from 'vitest'
import { clickLaw } from '#core/clickModel/clickModel'
import { gradeTable } from '#core/clickModel/gradePresets'
import { mulberry32 } from '#core/random/mulberry32'
import { clickUsers } from '#core/run/clickUsers'
import { simulatedClicks } from '#core/run/simulatedClicks'
import { ClickSpec } from '#core/servingParams'

const worldAttraction = [0.05, 0.1, 0.2, 0.4, 0.6, 0.9] // by grade + 1
const grades = [2, -1, 4, 0, 3]

/** Every kind with its defaults, and the choices that change the law. */
const specs: readonly ClickSpec[] = [
  ...ClickSpec.options.map((option) => ClickSpec.parse({ kind: option.shape.kind.value })),
  { kind: 'cascade', satisfaction: 0.3, stop: 'every_rank' },
  ...(['perfect', 'informational', 'almostRandom', 'random'] as const).flatMap((users) =>
    (['after_click', 'every_rank'] as const).map(
      (stop) => ({ kind: 'graded', users, stop }) as const,
    ),
  ),
]

describe.each(specs)('clicks of $kind', (spec) => {
  const clicks = simulatedClicks(spec, 8)
  const attractionOf = (slot: number) => (clicks.attraction ?? worldAttraction)[grades[slot]! + 1]!
  const gradeOf = (slot: number) => grades[slot]!
  const expected = clicks.begin(grades.length, attractionOf, gradeOf)

  it('are expected as the exact law says', () => {
    const { model, params, satisfaction } = clickUsers(spec)
    const attraction = grades.map((_, slot) => attractionOf(slot))
    const appeal = {
      attraction,
      satisfaction: grades.map((grade, slot) => satisfaction(grade, attraction[slot]!)),
    }
    const law = clickLaw(model, appeal, params)
    expect(expected).toBeCloseTo(
      law.reduce((sum, { clicks: set, p }) => sum + set.length * p, 0),
      12,
    )
  })

  it('come as often as expected', () => {
    const rng = mulberry32(3)
    const out = new Uint8Array(8)
    const draws = 4000
    let sum = 0
    let squares = 0
    for (let i = 0; i < draws; i++) {
      clicks.draw(rng, out)
      const n = out.reduce((total, clicked) => total + clicked, 0)
      sum += n
      squares += n * n
      expect(out.subarray(grades.length).every((clicked) => clicked === 0)).toBe(true)
    }
    const mean = sum / draws
    const error = Math.sqrt((squares / draws - mean ** 2) / draws)
    expect(Math.abs(mean - expected)).toBeLessThan(4 * error + 1e-12)
  })

  it('look at a share of the slots', () => {
    expect(clicks.meanExamination).toBeGreaterThan(0)
    expect(clicks.meanExamination).toBeLessThanOrEqual(1 + 1e-12)
  })
})

describe('users by grade', () => {
  it('click as published, and take an item without a grade for one without relevance', () => {
    const spec = { kind: 'graded', users: 'navigational', stop: 'after_click' } as const
    const { attraction } = simulatedClicks(spec, 5)
    const { click } = gradeTable('navigational', 5)
    expect([...attraction!]).toEqual([click[0], ...click])
  })

  it('click less when the stop coin is tossed at every rank', () => {
    const of = (stop: 'after_click' | 'every_rank') =>
      simulatedClicks({ kind: 'graded', users: 'informational', stop }, 5).begin(
        5,
        () => 0.6,
        () => 1,
      )
    expect(of('every_rank')).toBeLessThan(of('after_click'))
  })
})
