import { missing } from '#core/format'
import type { Language } from '#core/languages'
import type { Findings, RunSummary } from '#core/run/summary'

/** A sign or a word of the equation, a name in the page’s language or the key of its words, and its value with its interval. */
export type FormulaValue = readonly [symbol: string, value: string]

/** Where the rows are that a number is made of. Its words are `formulas.rows.<id>`. */
export type FormulaRows =
  | 'users'
  | 'impressions'
  | 'networks'
  | 'points'
  | 'places'
  | 'segments'
  | 'runs'
  | 'nodes'
  | 'models'
  | 'datasets'
  | 'drawn'
  | 'preview'
  | 'plan'

/** How a number comes about. Its words are `formulas.of.<id>`. */
export interface Formula {
  /** In signs and English words; those with words stand in `chineseMath` as well. */
  readonly math: string
  /**
   * Symbols with their values in this run. Absent where a run has many such numbers, each with values
   * of its own, which the number on the page tells.
   */
  readonly values?: (summary: RunSummary, language: Language) => readonly FormulaValue[]
  /** The same where a log that was analysed has them as well. */
  readonly found?: (findings: Findings, language: Language) => readonly FormulaValue[]
  readonly rows: FormulaRows
  readonly source: string
  /** Test that holds the number, from the root of the project. */
  readonly test: string
}

export const orMissing = (value: number | null, format: (value: number) => string): string =>
  value === null ? missing : format(value)
