import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clickLaw, type Appeal, type ClickModel } from '#core/clickModel/clickModel'
import {
  appealOf,
  gradePresets,
  gradeTable,
  type GradePresetId,
} from '#core/clickModel/gradePresets'
import { clickModels, type ClickModelId } from '#core/clickModel/index'
import { chanceOf } from '#core/random/chance'
import { mulberry32 } from '#core/random/mulberry32'
import { chiSquareP } from '../../support/chiSquare.ts'

const VARIANTS: Readonly<Record<ClickModelId, readonly object[]>> = {
  positionBased: [{}, { theta: [0.9, 0.4], eta: 2 }],
  cascade: [{}, { stop: 'every_rank' }],
  dependentClick: [{}, { lambda: [0.5, 0.9] }],
  dynamicBayesian: [{}, { gamma: 1 }],
  userBrowsing: [{}, { gamma: [[1], [0.8, 0.9], [0.3, 0.5, 0.7]] }],
}
const cases = (Object.keys(clickModels) as ClickModelId[]).flatMap((id) =>
  VARIANTS[id].map((params) => [id, params] as const),
)

const probability = fc.double({ min: 0, max: 1, noNaN: true })
const appeals: fc.Arbitrary<Appeal> = fc
  .array(fc.tuple(probability, probability), { maxLength: 6 })
  .map((slots) => ({
    attraction: slots.map(([attraction]) => attraction),
    satisfaction: slots.map(([, satisfaction]) => satisfaction),
  }))

describe.each(cases)('click model %s %o', (id, input) => {
  const model: ClickModel<unknown> = clickModels[id]
  const params = model.params.parse(input)

  it('has exact marginals that its law agrees with', () => {
    fc.assert(
      fc.property(appeals, (appeal) => {
        const law = clickLaw(model, appeal, params)
        expect(law.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 12)
        const marginals = model.marginals(appeal, params)
        expect(marginals).toHaveLength(appeal.attraction.length)
        for (const [slot, marginal] of marginals.entries()) {
          const p = law.filter(({ clicks }) => clicks.includes(slot))
          expect(marginal).toBeCloseTo(
            p.reduce((sum, entry) => sum + entry.p, 0),
            12,
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  it('samples its law, and repeats a seed', () => {
    const appeal = { attraction: [0.7, 0.3, 0.9, 0.5], satisfaction: [0.2, 0.8, 0.4, 0.6] }
    const law = new Map(clickLaw(model, appeal, params).map(({ clicks, p }) => [clicks.join(), p]))
    const out = new Uint8Array(4)
    const sample = (seed: number, draws: number) => {
      const chance = chanceOf(mulberry32(seed))
      return Array.from({ length: draws }, () => {
        const count = model.click(appeal, params, chance, out)
        const clicks = [...out.keys()].filter((slot) => out[slot] === 1)
        expect(count).toBe(clicks.length)
        return clicks.join()
      })
    }
    const counts = new Map<string, number>()
    for (const key of sample(1, 4000)) counts.set(key, (counts.get(key) ?? 0) + 1)
    for (const key of counts.keys()) expect(law.has(key), key).toBe(true)
    expect(chiSquareP(counts, law)).toBeGreaterThan(1e-4 / cases.length)
    expect(sample(2, 20)).toEqual(sample(2, 20))
  })

  it('never clicks what attracts nobody', () => {
    const appeal = { attraction: [0, 0, 0], satisfaction: [1, 0, 0.5] }
    expect(clickLaw(model, appeal, params)).toEqual([{ clicks: [], p: 1 }])
    expect([...model.marginals(appeal, params)]).toEqual([0, 0, 0])
  })
})

describe('grade presets', () => {
  it.each(Object.keys(gradePresets) as GradePresetId[])('%s has one value per grade', (id) => {
    for (const [scale, table] of Object.entries(gradePresets[id].tables)) {
      for (const values of [table.click, table.stop]) {
        expect(values).toHaveLength(Number(scale))
        expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
      }
      expect(table.click).toEqual(table.click.toSorted((a, b) => a - b))
    }
  })

  it('names a scale and a grade that it does not have', () => {
    expect(() => gradeTable('perfect', 4)).toThrow('no table for 4 grades')
    expect(() => appealOf(gradeTable('perfect', 3), [0, 3])).toThrow('grade 3 is outside 0 … 2')
  })
})
