import { expect } from 'vitest'
import { z } from 'zod'
import { cascade } from '#core/clickModel/cascade'
import { clickLaw } from '#core/clickModel/clickModel'
import {
  appealOf,
  gradePresets,
  gradeTable,
  type GradePresetId,
} from '#core/clickModel/gradePresets'
import { positionBased } from '#core/clickModel/positionBased'
import { chanceOf } from '#core/random/chance'
import { mulberry32 } from '#core/random/mulberry32'
import { Exact, expectEach, expectExact } from './oracleCase.ts'
import { check, Clicks, seed, type Check } from './oracleCheck.ts'

const cascadeInputs = {
  scale: z.int(),
  model: z.string(),
  grades: z.array(z.int()),
  stop: z.enum(['after_click', 'every_rank']),
}

function presetId(name: string): GradePresetId {
  const camel = name.replace(/_(\w)/g, (_, initial: string) => initial.toUpperCase())
  const found = Object.keys(gradePresets).find((id): id is GradePresetId => id === camel)
  if (!found) throw new Error(`unknown click preset ${name}`)
  return found
}

export const clickFamilies: Readonly<Record<string, Check>> = {
  'click.cascade': check(
    { ...cascadeInputs, pClick: z.array(z.number()), pStop: z.array(z.number()) },
    {
      marginal: z.array(Exact),
      pNoClick: Exact,
      distribution: z
        .array(z.strictObject({ clicks: Clicks, q: z.string(), x: z.number() }))
        .optional(),
    },
    ({ scale, model, grades, stop, pClick, pStop }, expected) => {
      const table = gradeTable(presetId(model), scale)
      expect(table).toEqual({ click: pClick, stop: pStop })
      const appeal = appealOf(table, grades)
      expectEach(cascade.marginals(appeal, { stop }), expected.marginal, 'marginal')
      const law = clickLaw(cascade, appeal, { stop })
      const p = new Map(law.map(({ clicks, p }) => [clicks.join(), p]))
      expectExact(p.get('') ?? 0, expected.pNoClick, 'no click')
      if (!expected.distribution) return
      expect([...p.keys()].sort()).toEqual(
        expected.distribution.map(({ clicks }) => clicks.join()).sort(),
      )
      for (const entry of expected.distribution) {
        expectExact(p.get(entry.clicks.join())!, entry, `clicks ${entry.clicks.join()}`)
      }
    },
  ),
  'click.pbm': check(
    { examination: z.array(z.number()), attraction: z.array(z.number()), eta: z.number() },
    { marginal: z.array(Exact) },
    ({ examination: theta, attraction, eta }, { marginal }) => {
      const appeal = { attraction, satisfaction: [] }
      expectEach(positionBased.marginals(appeal, { theta, eta }), marginal, 'marginal')
    },
  ),
  'click.seeded': check(
    { ...cascadeInputs, seed, sessions: z.int() },
    { clicks: z.array(Clicks) },
    ({ scale, model, grades, stop, seed, sessions }, { clicks }) => {
      const appeal = appealOf(gradeTable(presetId(model), scale), grades)
      const chance = chanceOf(mulberry32(seed))
      const out = new Uint8Array(grades.length)
      expect(clicks).toHaveLength(sessions)
      for (const expected of clicks) {
        expect(cascade.click(appeal, { stop }, chance, out)).toBe(expected.length)
        expect([...out.keys()].filter((slot) => out[slot] === 1)).toEqual(expected)
      }
    },
  ),
}
