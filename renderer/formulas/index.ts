import { behaviour } from './behaviour.ts'
import { compare } from './compare.ts'
import { dataset } from './dataset.ts'
import { exposure } from './exposure.ts'
import type { Formula } from './formula.ts'
import { health } from './health.ts'
import { inspected } from './inspected.ts'
import { offPolicy } from './offPolicy.ts'
import { plan } from './plan.ts'
import { points } from './points.ts'
import { policy } from './policy.ts'
import { simulator } from './simulator.ts'
import { training } from './training.ts'
import { trees } from './trees.ts'
import { votes } from './votes.ts'

/** The numbers that open. */
export const formulas = {
  ...votes,
  ...policy,
  ...behaviour,
  ...health,
  ...exposure,
  ...compare,
  ...plan,
  ...points,
  ...inspected,
  ...trees,
  ...offPolicy,
  ...simulator,
  ...training,
  ...dataset,
} satisfies Record<string, Formula>

export type FormulaId = keyof typeof formulas

export const isFormula = (id: string): id is FormulaId => Object.hasOwn(formulas, id)
export const formulaOf = (id: FormulaId): Formula => formulas[id]

/** Keys of its name and of its sentence: those of a health check are the check's own. */
export const formulaWords = (id: FormulaId): { readonly title: string; readonly text: string } =>
  Object.hasOwn(health, id)
    ? { title: `health.${id}`, text: `health.help.${id}` }
    : { title: `formulas.of.${id}.title`, text: `formulas.of.${id}.text` }
