import type { Language } from '../languages.ts'
import type { ReportDocument } from './document.ts'
import type { ReportBlock, ReportContent, ReportSource } from './reportContent.ts'
import { partsOf, type ReportPart } from './reportParts.ts'

/** What a source brings to a new report. */
interface Quoted {
  readonly source: ReportSource
  readonly document: ReportDocument
}

/** Parts of a one-page report: what was found, and whether it may be believed. */
const SHORT: ReadonlySet<string> = new Set(['', 'forest', 'health', 'reproduce'])

interface Template {
  /** Whether runs are put beside each other before each is told for itself. */
  readonly compares: boolean
  readonly takes: (part: ReportPart) => boolean
}

/** Block lists to begin with. */
const templates = {
  /** The layout of the standard report, source after source. */
  standard: { compares: false, takes: () => true },
  onePage: { compares: false, takes: ({ part }) => SHORT.has(part) },
  comparison: {
    compares: true,
    takes: ({ part }) => part === 'health' || part === 'reproduce',
  },
  empty: { compares: false, takes: () => false },
} as const satisfies Record<string, Template>
export type TemplateId = keyof typeof templates
export const templateIds = Object.keys(templates) as readonly TemplateId[]

/** A report of these sources as a template has it. */
export function newReport(
  template: TemplateId,
  quoted: readonly Quoted[],
  made: { readonly title: string; readonly languages: readonly Language[] },
): ReportContent {
  const { compares, takes }: Template = templates[template]
  const parts = quoted.flatMap(({ source, document }) =>
    partsOf(document)
      .filter(takes)
      .map((part) => blockOf(part, source.key)),
  )
  const blocks = [...(compares ? [{ kind: 'comparison' as const }] : []), ...parts]
  return {
    ...made,
    languages: [...made.languages],
    paper: 'A4',
    sources: quoted.map(({ source }) => source),
    blocks: blocks.map((block, i): ReportBlock => ({ ...block, id: `b${i + 1}` })),
  }
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

function blockOf({ kind, part }: ReportPart, source: string): WithoutId<ReportBlock> {
  return kind === 'verdict' ? { kind, source } : { kind, source, part }
}
