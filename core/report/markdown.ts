import { formatInteger, formatInterval, formatPercent } from '../format.ts'
import { reasonWords } from '../reasonWords.ts'
import { quantityText } from './buildDocument.ts'
import { hasIntervals, type Block, type Figure, type ReportDocument } from './document.ts'
import { escapeMarkdown } from './escape.ts'
import { reportWords } from './words/index.ts'

/** GitHub-flavoured Markdown: every chart as its sentence and its table. */
export function markdownReport(report: ReportDocument): string {
  const words = reportWords[report.language]
  const parts = [
    `*${escapeMarkdown([words.report, report.title, report.subtitle].join(' · '))}*`,
    `# ${escapeMarkdown(report.verdict.headline)}`,
    escapeMarkdown(report.verdict.second),
    ...report.notes.map((note) => `> **!** ${escapeMarkdown(note)}`),
    ...(report.lead ? [figureMarkdown(report.lead)] : []),
    ...report.sections.flatMap(({ title, blocks }, i) => [
      `## ${i + 1} ${escapeMarkdown(title)}`,
      ...blocks.map((block) => blockMarkdown(block, report)),
    ]),
    '---',
    escapeMarkdown([...report.footer, `report ${report.shortHash}`].join(' · ')),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function blockMarkdown(block: Block, { language, intervalLabel }: ReportDocument): string {
  const { columns, decides } = reportWords[language]
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text)
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
          ...(hasIntervals(block.quantities) ? [intervalLabel] : []),
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
    case 'figure':
      // the table of the counts stands above already
      return block.figure.id === 'outcomes' ? '' : figureMarkdown(block.figure)
    case 'code':
      return `${escapeMarkdown(block.title)}\n\n${fenced(block.code)}`
  }
}

function figureMarkdown({ title, summary, table: { columns, rows } }: Figure): string {
  return `**${escapeMarkdown(title)}**\n\n${escapeMarkdown(summary)}\n\n${table(columns, rows)}`
}

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
