import type { EChartsCoreOption } from 'echarts/core'
import type { Translate } from '../i18n.ts'
import type { Token } from '../theme/tokens.ts'

/** What a chart may depend on besides its data. */
export interface ChartContext {
  readonly token: Token
  readonly width: number // CSS pixels of the plot
  readonly height: number
  readonly t: Translate
  readonly cursor: number | null // row of the table that the reader looks at
}

interface ChartDrawing {
  readonly option: EChartsCoreOption
  /** Where the x axis lies, so that a pointer can be mapped to a row. */
  readonly plot: {
    readonly left: number
    readonly right: number
    readonly xMin: number
    readonly xMax: number
  }
  /** There is no x axis: the marks of the series carry the number of their `row`. */
  readonly byMark?: true
}

/** The same numbers as in the picture, as text; the first column is x. */
export interface ChartTable {
  readonly columns: readonly string[]
  /** An array, or rows that are written only when they are asked for (`columnTable`). */
  readonly rows: { readonly length: number; at(row: number): readonly string[] | undefined }
  readonly x: ArrayLike<number>
  /** The numbers behind each column in full precision; null for a column of words. */
  readonly values?: readonly (ArrayLike<number> | null)[]
  /** Impressions served at each row, where rows are moments of a run. */
  readonly moments?: ArrayLike<number>
}

/** A pure function from data to a picture, with its words. */
export interface Chart<Data> {
  draw(data: Data, context: ChartContext): ChartDrawing
  table(data: Data, t: Translate): ChartTable
}
