import type { Figure, PrintedDocument, ReportDocument, Section } from './document.ts'

/** A part of a source that a report can hold, as it is called there. */
export interface ReportPart {
  readonly kind: 'verdict' | 'chart' | 'section'
  readonly part: string // '' of the verdict
  readonly title: string
}

/** The charts of a section, in order. */
const figuresOf = (section: Section): readonly Figure[] =>
  section.blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : []))

/** All charts, in order. */
export const figuresIn = ({ lead, sections }: PrintedDocument): readonly Figure[] => [
  ...(lead ? [lead] : []),
  ...sections.flatMap(figuresOf),
]

/** Everything of a source, in the order of its standard report. */
export function partsOf(document: ReportDocument): readonly ReportPart[] {
  const chart = ({ id, title }: Figure): ReportPart => ({ kind: 'chart', part: id, title })
  return [
    { kind: 'verdict', part: '', title: document.verdict.headline },
    ...(document.lead ? [chart(document.lead)] : []),
    ...document.sections.flatMap((section): ReportPart[] => [
      { kind: 'section', part: section.id, title: section.title },
      ...figuresOf(section).map(chart),
    ]),
  ]
}
