import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { assertNever } from '../assertNever.ts'
import { canonicalJson } from '../specHash.ts'
import { comparisonBlocks } from './comparison.ts'
import type { Block, Figure, PrintedDocument, ReportDocument, Section } from './document.ts'
import { plainInline, readProse } from './prose.ts'
import type { ReportBlock, ReportContent } from './reportContent.ts'
import type { ReportWork, SourceData } from './reportInput.ts'
import { figuresIn } from './reportParts.ts'
import { sourceDocument } from './sourceDocument.ts'
import { withFigureId } from './svg/withFigureId.ts'
import { composedWords } from './words/composed.ts'
import { reportWords } from './words/index.ts'

/** The document that a list of blocks makes of its sources. Every exported report is one. */
export function composeDocument(work: ReportWork): PrintedDocument {
  const { content, language } = work
  const quoted = new Map(
    content.sources.flatMap(({ key }) => {
      const data = work.sources[key]
      return data ? [[key, { data, document: sourceDocument(data, work) }] as const] : []
    }),
  )
  const several = content.sources.length > 1
  const all = [...quoted.values()]
  const [only] = all
  const { verdict, notes, lead, rest } = headOf(content.blocks, (key) => quoted.get(key)?.document)
  const paper = sections(several, lead?.id)
  for (const block of rest) {
    switch (block.kind) {
      case 'text':
        paper.addText(block.text[language] ?? Object.values(block.text)[0] ?? '')
        break
      case 'comparison':
        paper.open('comparison', composedWords[language].comparison, [
          ...comparisonBlocks(runsOf(all.map(({ data }) => data)), language),
        ])
        break
      case 'verdict':
      case 'chart':
      case 'section': {
        const source = quoted.get(block.source)
        if (source) paper.addPart(block, source.document, labelOf(source.data, work))
        break
      }
      default:
        assertNever(block)
    }
  }
  return {
    language,
    paper: content.paper,
    title: content.title,
    subtitle: several || !only ? subtitleOf(content, work) : only.document.subtitle,
    intervalLabel: only?.document.intervalLabel ?? '',
    verdict,
    notes,
    lead,
    sections: paper.sections(),
    footer: several || !only ? footerOf(all, work) : only.document.footer,
    shortHash: shortHash(content, all, work),
  }
}

/** A report that begins with a verdict has it on top, with the chart that stands under it. */
function headOf(
  blocks: readonly ReportBlock[],
  documentOf: (key: string) => ReportDocument | undefined,
): Pick<PrintedDocument, 'verdict' | 'notes' | 'lead'> & { readonly rest: readonly ReportBlock[] } {
  const [first, second] = blocks
  const document = first?.kind === 'verdict' ? documentOf(first.source) : undefined
  if (!document) return { verdict: null, notes: [], lead: null, rest: blocks }
  const { verdict, notes } = document
  const isLead = second?.kind === 'chart' && second.part === document.lead?.id
  const lead = isLead && first && 'source' in first && second.source === first.source
  return { verdict, notes, lead: lead ? document.lead : null, rest: blocks.slice(lead ? 2 : 1) }
}

type Part = Extract<ReportBlock, { readonly source: string }>

/** Sections in the making: what opens none goes to the end of the last. */
function sections(several: boolean, lead = '') {
  const made: { id: string; title: string; blocks: Block[] }[] = []
  const taken = new Map([[lead, 1]])
  /** 'result', then 'result-2'. */
  const named = (id: string): string => {
    const count = (taken.get(id) ?? 0) + 1
    taken.set(id, count)
    return count === 1 ? id : `${id}-${count}`
  }
  const open = (id: string, title: string, blocks: readonly Block[]) => {
    made.push({ id: named(id), title, blocks: [] })
    add(blocks)
  }
  const add = (blocks: readonly Block[]) => {
    if (made.length === 0) made.push({ id: named('text'), title: '', blocks: [] })
    made.at(-1)!.blocks.push(...blocks.map(distinct))
  }
  const distinct = (block: Block): Block =>
    block.kind === 'figure' ? { kind: 'figure', figure: renamed(block.figure) } : block
  const renamed = (figure: Figure): Figure => {
    const id = named(figure.id)
    return id === figure.id
      ? figure
      : { ...figure, id, svg: withFigureId(figure.svg, figure.id, id) }
  }
  return {
    open,
    addText(text: string) {
      const [first, ...rest] = readProse(text)
      if (!first) return
      if (first.kind !== 'heading' || first.level !== 1) {
        add([{ kind: 'prose', prose: [first, ...rest] }])
        return
      }
      const blocks: Block[] = rest.length > 0 ? [{ kind: 'prose', prose: rest }] : []
      open('text', plainInline(first.text), blocks)
    },
    addPart(block: Part, document: ReportDocument, label: string) {
      const titled = (title: string) => (several ? `${title} · ${label}` : title)
      if (block.kind === 'verdict') {
        const { verdict, notes, title } = document
        const of = several ? `${title} · ${label}` : title
        add([{ kind: 'verdict', of, verdict, notes }])
      } else if (block.kind === 'chart') {
        const figure = figuresIn(document).find(({ id }) => id === block.part)
        if (figure) add([{ kind: 'figure', figure: { ...figure, title: titled(figure.title) } }])
      } else {
        const section = document.sections.find(({ id }) => id === block.part)
        if (section) open(section.id, titled(section.title), tablesOf(section, document))
      }
    },
    sections: (): readonly Section[] => made,
  }
}

/** A section without its charts, which are blocks of their own. */
function tablesOf({ blocks }: Section, { intervalLabel }: ReportDocument): readonly Block[] {
  return blocks
    .filter(({ kind }) => kind !== 'figure')
    .map((block) => (block.kind === 'quantities' ? { ...block, intervalLabel } : block))
}

const runsOf = (all: readonly SourceData[]) =>
  all.flatMap((source) => (source.kind === 'run' ? [source.run] : []))

function labelOf(source: SourceData, { language }: ReportWork): string {
  return source.kind === 'run'
    ? reportWords[language].run(source.run.id)
    : composedWords[language].studyLabel(source.study.id)
}

function subtitleOf({ sources }: ReportContent, work: ReportWork): string {
  const count = (kind: SourceData['kind']) => sources.filter((one) => one.kind === kind).length
  const dates = Object.values(work.sources).map((source) =>
    (source.kind === 'run' ? source.run : source.study).createdAt.slice(0, 10),
  )
  const last = dates.sort().at(-1)
  return [
    composedWords[work.language].sources(count('run'), count('study')),
    ...(last === undefined ? [] : [last]),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function footerOf(
  all: readonly { readonly data: SourceData }[],
  { appVersion, language }: ReportWork,
): readonly string[] {
  const say = composedWords[language]
  const ids = (kind: SourceData['kind']) =>
    all.flatMap(({ data }) => {
      if (data.kind !== kind) return []
      return [data.kind === 'run' ? data.run.id : data.study.id]
    })
  const listed = (word: string, numbers: readonly number[]) => {
    const shown = numbers.slice(0, 8).join(', ')
    return numbers.length === 0 ? [] : [`${word} ${shown}${numbers.length > 8 ? ' …' : ''}`]
  }
  return [
    `Duelist ${appVersion}`,
    ...listed(say.runs, ids('run')),
    ...listed(say.studies, ids('study')),
  ]
}

/** Names what the report was made of: where a source lies in this workspace is no part of it. */
function shortHash(
  { sources, ...content }: ReportContent,
  all: readonly { readonly document: ReportDocument }[],
  { appVersion }: ReportWork,
): string {
  const made = {
    ...content,
    appVersion,
    keys: sources.map(({ key }) => key),
    quoted: all.map(({ document }) => document.shortHash),
  }
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(made)))).slice(0, 7)
}
