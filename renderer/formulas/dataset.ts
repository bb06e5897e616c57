import type { ColumnProfile, LogCheck } from '#core/dataset/datasetProfile'
import { formatInteger, formatNumber, formatPercent } from '#core/format'
import type { Formula, FormulaValue } from './formula.ts'

const test = 'test/electron/importJob/logs.test.ts'
const own = { rows: 'datasets', source: 'docs/log-formats.md', test } as const

/** Of a dataset as it was imported: the checks of a log, and its columns. */
export const dataset = {
  propensityMean: {
    ...own,
    math: 'Σ 1 / π_b / rows,  π_b = logged propensity;  expected: the number of actions',
  },
  smallPropensity: { ...own, math: 'min π_b over rows' },
  teamBalance: {
    ...own,
    math: '#{lists whose first position is of the first team} / lists;  expected: 1 / teams',
  },
  clickRate: { ...own, math: 'clicks / rows' },
  unclicked: { ...own, math: '#{lists without a click} / lists' },
  heavyUser: { ...own, math: 'max over users of lists of the user / lists' },
  singleGrade: { ...own, math: '#{queries whose documents have one grade} / queries' },
  columnMissing: { ...own, math: '#{rows without a value} / rows' },
  columnDistinct: {
    ...own,
    math: 'distinct values ≈ HyperLogLog',
    source: 'Flajolet, Fusy, Gandouet & Meunier, AofA 2007',
  },
} satisfies Record<LogCheck['id'] | 'columnMissing' | 'columnDistinct', Formula>

export const checkText = ({ id }: LogCheck, value: number): string =>
  id === 'propensityMean' || id === 'smallPropensity'
    ? formatNumber(value, id === 'smallPropensity' ? 4 : 2)
    : formatPercent(value)

export const checkTold = (check: LogCheck): readonly FormulaValue[] => [
  ['value', checkText(check, check.value)],
  ...(check.expected === null ? [] : [['expected', checkText(check, check.expected)] as const]),
]

/** Share of the rows in which a column has no value. */
export const missingShare = ({ missing }: ColumnProfile): number =>
  missing.reduce((sum, part) => sum + part, 0) / Math.max(1, missing.length)

export const columnTold = (column: ColumnProfile): readonly FormulaValue[] => [
  ['column', column.name],
  ['missing', formatPercent(missingShare(column), 2)],
  ['distinct', formatInteger(column.distinct)],
]
