import { behaviour } from './behaviour.ts'
import type { Formula } from './formula.ts'
import { health } from './health.ts'
import { policy } from './policy.ts'
import { votes } from './votes.ts'

/** The numbers of Live and Results that open. */
export const formulas = { ...votes, ...policy, ...behaviour, ...health } satisfies Record<
  string,
  Formula
>

export type FormulaId = keyof typeof formulas

export const isFormula = (id: string): id is FormulaId => Object.hasOwn(formulas, id)
export const formulaOf = (id: FormulaId): Formula => formulas[id]

/** Keys of its name and of its sentence: those of a health check are the check's own. */
export const formulaWords = (id: FormulaId): { readonly title: string; readonly text: string } =>
  Object.hasOwn(health, id)
    ? { title: `health.${id}`, text: `health.help.${id}` }
    : { title: `formulas.of.${id}.title`, text: `formulas.of.${id}.text` }
