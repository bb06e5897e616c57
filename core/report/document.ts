import type { Language } from '../languages.ts'
import type { Estimate, VerdictState } from '../run/summary.ts'
import type { Prose } from './prose.ts'
import type { Paper } from './reportContent.ts'

/** All that is said of one run or study, its verdict first. */
export interface ReportDocument extends PrintedDocument {
  readonly verdict: VerdictLines
}

/** A report before it has a format: HTML and Markdown show it, CSV lists its numbers. */
export interface PrintedDocument {
  readonly language: Language
  readonly title: string // name of the experiment
  readonly subtitle: string // run, date
  readonly intervalLabel: string // head of the column of intervals, with their level
  readonly paper?: Paper // A4 where nobody has chosen
  readonly verdict: VerdictLines | null // null: the title stands on top
  /** What else to know before reading on: an unfinished run, an A/A design. */
  readonly notes: readonly string[]
  readonly lead: Figure | null // the one plot under the verdict
  readonly sections: readonly Section[]
  readonly footer: readonly string[]
  /** Short hash that is printed on every page. */
  readonly shortHash: string
}

interface VerdictLines {
  readonly state: VerdictState | null // null: nothing was stored yet
  readonly headline: string
  readonly second: string
}

export interface Section {
  readonly id: string
  readonly title: string // empty for text that stands before the first section
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'prose'; readonly prose: readonly Prose[] }
  /** Of one of several runs. */
  | {
      readonly kind: 'verdict'
      readonly of: string
      readonly verdict: VerdictLines
      readonly notes: readonly string[]
    }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'quantities'
      readonly quantities: readonly Quantity[]
      readonly intervalLabel?: string // where it is not that of the document
    }
  | { readonly kind: 'checks'; readonly checks: readonly Check[] }
  | { readonly kind: 'counts'; readonly counts: readonly Count[] }
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'code'; readonly title: string; readonly code: string }

/** A setting or a name. */
export interface Fact {
  readonly id: string
  readonly label: string
  readonly value: string
}

/** A number with its interval, n and unit. */
export interface Quantity {
  readonly id: string
  readonly label: string
  readonly estimate: Estimate
  readonly unit: string
  readonly digits: number
  readonly nUnit: string
  /** Stands in place of an interval where the quantity has none. */
  readonly note: string
  readonly decides: boolean
}

export interface Check {
  readonly id: string
  readonly label: string
  readonly level: 'ok' | 'warn' | 'block'
  readonly levelWord: string
  readonly value: number | null
  readonly valueText: string
  readonly limitText: string
  readonly unit: string
  readonly n: number
}

/** A share of the whole. */
export interface Count {
  readonly id: 'a' | 'b' | 'tie' | 'noVote'
  readonly label: string
  readonly count: number
  readonly share: number | null
  readonly note: string
}

/** A chart, with its numbers for those who can not see it. */
export interface Figure {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly svg: string
  readonly table: DataTable
}

export interface DataTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Whether a table of quantities needs a column for intervals, or what stands in their place. */
export const hasIntervals = (quantities: readonly Quantity[]): boolean =>
  quantities.some(
    ({ estimate, note }) => estimate.low !== null || estimate.reason !== undefined || note !== '',
  )
