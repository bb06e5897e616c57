import type { HealthLevel } from '../stats/healthLevel.ts'

/** One column of the file as it was imported. */
export interface ColumnProfile {
  readonly name: string // as the file calls it
  readonly field: string
  /** Share of rows without a value, in equal parts of the file from its begin to its end. */
  readonly missing: readonly number[]
  /** Distinct values, approximately. */
  readonly distinct: number
  readonly low: number | null // of a column of numbers
  readonly high: number | null
  /** Equal steps named by their lower end, or the most frequent values; empty for ids. */
  readonly histogram: readonly { readonly label: string; readonly count: number }[]
}

/** A check of a whole log, as Health shows it. */
export interface LogCheck {
  readonly id:
    | 'propensityMean' // mean of 1/propensity against the number of actions
    | 'smallPropensity' // least propensity
    | 'teamBalance' // share of the first team at the top
    | 'clickRate'
    | 'unclicked' // lists without a click
    | 'heavyUser' // largest share of one user
    | 'singleGrade' // queries whose documents have one grade
  readonly level: HealthLevel
  readonly value: number
  readonly expected: number | null
}

/** What the rows of a dataset look like; kept with its metadata. */
export interface DatasetProfile {
  readonly columns: readonly ColumnProfile[]
  readonly hidden: number // columns beyond those
  readonly sample: readonly (readonly string[])[] // first rows, in the order of `columns`
  readonly checks: readonly LogCheck[]
}
