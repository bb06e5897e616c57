import type { StudyDetail } from '#core/contract/studies'
import { formatInteger, formatInterval } from '#core/format'
import { quantityText } from '#core/report/quantityText'
import type { Block, ReportDocument } from '#core/report/document'
import { textTable } from './textTable.ts'

/** A printed report in lines of text: the verdict, its numbers and its checks. */
export function describeDocument(report: ReportDocument, { id, commandLine }: StudyDetail): string {
  const { verdict, sections, title } = report
  const parts = sections
    .filter(({ id: section }) => section !== 'reproduce' && section !== 'positions')
    .flatMap(({ title: heading, blocks }) => {
      const texts = blocks.map(blockText).filter((text) => text !== '')
      return texts.length === 0 ? [] : [`${heading}\n`, ...texts]
    })
  return [
    `Study ${id}  ${title}\n\n${verdict.headline}\n${verdict.second}\n`,
    ...parts,
    `rerun  ${commandLine}\n`,
  ].join('\n')
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'quantities':
      return textTable(
        block.quantities.map((quantity) => {
          const { label, estimate, nUnit, note } = quantity
          const interval = formatInterval(estimate.low, estimate.high, 'en', quantity.digits)
          return [
            label,
            `${quantityText(quantity)}${estimate.low === null ? '' : ` (${interval})`}`,
            `${formatInteger(estimate.n)} ${nUnit}`,
            note,
          ]
        }),
      )
    case 'checks':
      return textTable(
        block.checks.map(({ label, levelWord, valueText, n }) => [
          levelWord,
          label,
          valueText,
          formatInteger(n),
        ]),
      )
    case 'facts':
      return textTable(block.facts.map(({ label, value }) => [label, value]))
    case 'counts':
      return textTable(block.counts.map(({ label, count }) => [label, formatInteger(count)]))
    case 'text':
    case 'prose':
    case 'verdict':
    case 'figure':
    case 'code':
      return ''
  }
}
