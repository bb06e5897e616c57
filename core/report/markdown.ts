import { formatInteger, formatInterval, formatPercent } from '../format.ts'
import { reasonWords } from '../reasonWords.ts'
import { quantityText } from './quantityText.ts'
import { hasIntervals, type Block, type Figure, type PrintedDocument } from './document.ts'
import { escapeMarkdown } from './escape.ts'
import type { Inline, Prose } from './prose.ts'
import { reportWords } from './words/index.ts'

/**
 * GitHub-flavoured Markdown: every chart as a file beside it, its sentence and its table.
 * @param chartFile the name of the file that holds a chart; null where there are no files
 */
export function markdownReport(
  report: PrintedDocument,
  chartFile: ((figure: Figure) => string) | null = null,
): string {
  const words = reportWords[report.language]
  const { verdict } = report
  const draw = (figure: Figure, listed: boolean) => figureMarkdown(figure, listed, chartFile)
  let number = 0
  const parts = [
    `*${escapeMarkdown([words.report, report.title, report.subtitle].join(' · '))}*`,
    `# ${escapeMarkdown(verdict?.headline ?? report.title)}`,
    ...(verdict ? [escapeMarkdown(verdict.second)] : []),
    ...report.notes.map((note) => `> **!** ${escapeMarkdown(note)}`),
    ...(report.lead ? [draw(report.lead, true)] : []),
    ...report.sections.flatMap((section) => [
      section.title === '' ? '' : `## ${++number} ${escapeMarkdown(section.title)}`,
      ...section.blocks.map((block) =>
        block.kind === 'figure'
          ? // the table of the counts stands above already
            draw(
              block.figure,
              !section.blocks.some(({ kind }) => kind === 'counts') || !isOutcomes(block.figure),
            )
          : blockMarkdown(block, report),
      ),
    ]),
    '---',
    escapeMarkdown(
      [...report.footer, reportWords[report.language].hash(report.shortHash)].join(' · '),
    ),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const isOutcomes = ({ id }: Figure): boolean => id.startsWith('outcomes')

function blockMarkdown(
  block: Exclude<Block, { kind: 'figure' }>,
  { language, intervalLabel }: PrintedDocument,
): string {
  const { columns, decides } = reportWords[language]
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text)
    case 'prose':
      return block.prose.map(proseMarkdown).join('\n\n')
    case 'verdict': {
      const { of, verdict, notes } = block
      return [
        `*${escapeMarkdown(of)}*`,
        `**${escapeMarkdown(verdict.headline)}**`,
        escapeMarkdown([verdict.second, ...notes].join(' ')),
      ].join('\n\n')
    }
    case 'facts':
      return table(
        [columns.setting, columns.value],
        block.facts.map(({ label, value }) => [label, value]),
        'll',
      )
    case 'quantities':
      return table(
        [
          columns.quantity,
          columns.value,
          ...(hasIntervals(block.quantities) ? [block.intervalLabel ?? intervalLabel] : []),
          columns.n,
        ],
        block.quantities.map((quantity) => {
          const { estimate, note, label } = quantity
          const interval =
            estimate.low === null && estimate.reason !== undefined
              ? reasonWords(estimate.reason, language)
              : estimate.low === null
                ? note
                : formatInterval(estimate.low, estimate.high, language, quantity.digits)
          return [
            quantity.decides ? `${label} ${decides}` : label,
            quantityText(quantity),
            ...(hasIntervals(block.quantities) ? [interval] : []),
            `${formatInteger(estimate.n)} ${quantity.nUnit}`,
          ]
        }),
      )
    case 'checks':
      return table(
        [columns.check, columns.state, columns.value, columns.limit, columns.n],
        block.checks.map((check) => [
          check.label,
          check.levelWord,
          check.valueText,
          check.limitText,
          formatInteger(check.n),
        ]),
      )
    case 'counts':
      return table(
        [columns.outcome, columns.count, columns.share],
        block.counts.map(({ label, count, share, note }) => [
          note === '' ? label : `${label} (${note})`,
          formatInteger(count),
          formatPercent(share),
        ]),
      )
    case 'code':
      return `${escapeMarkdown(block.title)}\n\n${fenced(block.code)}`
  }
}

function figureMarkdown(
  figure: Figure,
  listed: boolean,
  chartFile: ((figure: Figure) => string) | null,
): string {
  const { title, summary, table: numbers } = figure
  return [
    `**${escapeMarkdown(title)}**`,
    ...(chartFile ? [`![${escapeMarkdown(title)}](${chartFile(figure)})`] : []),
    escapeMarkdown(summary),
    ...(listed ? [table(numbers.columns, numbers.rows)] : []),
  ].join('\n\n')
}

/** The marks that `readProse` knows, round characters that are none. */
function proseMarkdown(prose: Prose): string {
  switch (prose.kind) {
    case 'heading':
      return `### ${inlineMarkdown(prose.text)}`
    case 'paragraph':
      return inlineMarkdown(prose.text)
    case 'list':
      return prose.items
        .map((item, i) => `${prose.ordered ? `${i + 1}.` : '-'} ${inlineMarkdown(item)}`)
        .join('\n')
  }
}

const inlineMarkdown = (pieces: readonly Inline[]): string =>
  pieces
    .map(({ style, text }) => {
      if (style === 'code') return `\`${text}\``
      const mark = style === 'strong' ? '**' : style === 'emphasis' ? '*' : ''
      return `${mark}${escapeMarkdown(text)}${mark}`
    })
    .join('')

/** @param align one letter per column, `l` or `r`; the first is left and the others right if left out */
function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  align = `l${'r'.repeat(columns.length - 1)}`,
): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  const rule = `| ${Array.from(align, (side) => (side === 'l' ? ':--' : '--:')).join(' | ')} |`
  return [row(columns), rule, ...rows.map(row)].join('\n')
}

/** A fence that is longer than any inside. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${code}\n${fence}`
}
