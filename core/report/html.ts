import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { formatInteger, formatInterval, formatPercent } from '../format.ts'
import { reasonWords } from '../reasonWords.ts'
import { base64 } from './base64.ts'
import { quantityText } from './quantityText.ts'
import {
  hasIntervals,
  type Block,
  type Check,
  type Count,
  type DataTable,
  type Fact,
  type Figure,
  type PrintedDocument,
  type Section,
} from './document.ts'
import { escapeMarkup, escapeWords } from './escape.ts'
import type { Inline, Prose } from './prose.ts'
import { styleSheet } from './styleSheet.ts'
import { tokens } from './tokens.ts'
import { reportWords } from './words/index.ts'

/**
 * One self-contained page: no script, no request, and a policy that allows nothing but its own
 * style. Everything that a user typed is escaped.
 */
export function htmlReport(report: PrintedDocument): string {
  const words = reportWords[report.language]
  const style = styleSheet(
    report.footer.join(' · '),
    words.hash(report.shortHash),
    report.paper ?? 'A4',
  )
  const policy = `default-src 'none'; style-src 'sha256-${base64(sha256(utf8ToBytes(style)))}'; base-uri 'none'; form-action 'none'`
  const numbers = sectionNumbers(report.sections)
  return `<!doctype html>
<html lang="${report.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(`${report.title} · ${words.report}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header class="kick">${logo}<b>${words.report}</b><span>${escapeWords(report.title)}</span><span class="end">${escapeMarkup(report.subtitle)}</span></header>
${headHtml(report)}
${report.notes.map((note) => `<p class="note">! ${escapeWords(note)}</p>\n`).join('')}${report.lead ? figureHtml(report.lead, false, report) : ''}
${report.sections.map((section, i) => sectionHtml(section, numbers[i]!, report)).join('\n')}
<footer><span>${escapeMarkup(report.footer.join(' · '))}</span><span>${words.hash(report.shortHash)}</span></footer>
</main>
</body>
</html>
`
}

/** Of the titled ones; text before the first has none. */
function sectionNumbers(sections: readonly Section[]): readonly number[] {
  let last = 0
  return sections.map(({ title }) => (title === '' ? last : ++last))
}

/** The verdict in its own words, or the title of a report that does not begin with one. */
function headHtml({ verdict, title }: PrintedDocument): string {
  if (!verdict) return `<h1>${escapeWords(title)}</h1>`
  const long = verdict.headline.length > 110 ? ' class="long"' : ''
  return `${verdict.state === 'invalid' ? `<p class="alarm">✕ ${escapeWords(verdict.headline)}</p>\n` : ''}<h1${long}>${keptTogether(escapeWords(verdict.headline))}</h1>
<p class="lead">${escapeWords(verdict.second)}</p>`
}

function sectionHtml(section: Section, number: number, report: PrintedDocument): string {
  const { id, title, blocks } = section
  const body = blocks.map((block) => blockHtml(block, section, report)).join('\n')
  if (title === '') return `<section id="${id}">\n${body}\n</section>`
  return `<section id="${id}" aria-labelledby="${id}-h">\n<h2 id="${id}-h"><i>${number}</i>${escapeWords(title)}</h2>\n${body}\n</section>`
}

const logo = `<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><circle cx="6.5" cy="9" r="4.75" fill="none" stroke="${tokens.ink}" stroke-width="1.5"/><path d="M11 4.5 16.5 13.5H5.5Z" fill="none" stroke="${tokens.ink}" stroke-width="1.5" stroke-linejoin="round"/></svg>`

/** A number and its interval do not break over two lines. */
function keptTogether(headline: string): string {
  return headline.replace(
    /Δ = [^\s（]+|\([^()]*\),?|（[^（）]*）[，。]?|[\d,]+ (users|duels|名用户|次对决)/g,
    '<span class="nb">$&</span>',
  )
}

function blockHtml(block: Block, section: Section, report: PrintedDocument): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeWords(block.text)}</p>`
    case 'prose':
      return block.prose.map(proseHtml).join('\n')
    case 'verdict': {
      const { of, verdict, notes } = block
      return `<div class="verdict"><p class="of">${escapeWords(of)}</p>
<p class="headline">${verdict.state === 'invalid' ? '✕ ' : ''}${keptTogether(escapeWords(verdict.headline))}</p>
<p>${escapeWords([verdict.second, ...notes].join(' '))}</p></div>`
    }
    case 'facts':
      return factsHtml(block.facts, layoutOf(section))
    case 'quantities':
      return quantitiesHtml(block, report)
    case 'checks':
      return checksHtml(block.checks, report)
    case 'counts':
      return showsOutcomes(section) ? '' : countsHtml(block.counts, report)
    case 'figure':
      return figureHtml(block.figure, true, report)
    case 'code':
      return `<p class="muted">${escapeWords(block.title)}</p>\n<pre${block.code.includes('\n') ? ' class="long"' : ''}>${escapeMarkup(block.code)}</pre>`
  }
}

/** Hashes want a line and digits of one width, sentences a line. */
function layoutOf({ id }: Section): string {
  if (id.startsWith('reproduce')) return ' class="wide mono"'
  return id.startsWith('comparison') ? ' class="wide"' : ''
}

function factsHtml(facts: readonly Fact[], layout: string): string {
  const rows = facts.map(
    ({ label, value }) => `<div><dt>${escapeWords(label)}</dt><dd>${escapeWords(value)}</dd></div>`,
  )
  return `<dl${layout}>\n${rows.join('\n')}\n</dl>`
}

/** Whether a chart of the section has the counts, with the same numbers. */
const showsOutcomes = ({ blocks }: Section): boolean =>
  blocks.some((block) => block.kind === 'figure' && block.figure.id.startsWith('outcomes'))

function countsHtml(counts: readonly Count[], { language }: PrintedDocument): string {
  const { columns } = reportWords[language]
  const rows = counts.map(({ label, count, share, note }) => [
    note === '' ? label : `${label} (${note})`,
    formatInteger(count),
    formatPercent(share),
  ])
  return tableHtml({ columns: [columns.outcome, columns.count, columns.share], rows })
}

function proseHtml(prose: Prose): string {
  switch (prose.kind) {
    case 'heading':
      return `<h3>${inlineHtml(prose.text)}</h3>`
    case 'paragraph':
      return `<p>${inlineHtml(prose.text)}</p>`
    case 'list': {
      const tag = prose.ordered ? 'ol' : 'ul'
      return `<${tag}>${prose.items.map((item) => `<li>${inlineHtml(item)}</li>`).join('')}</${tag}>`
    }
  }
}

const inlineTags = { plain: null, strong: 'strong', emphasis: 'em', code: 'code' } as const

const inlineHtml = (pieces: readonly Inline[]): string =>
  pieces
    .map(({ style, text }) => {
      const tag = inlineTags[style]
      return tag ? `<${tag}>${escapeWords(text)}</${tag}>` : escapeWords(text)
    })
    .join('')

function quantitiesHtml(
  { quantities, intervalLabel: own }: Extract<Block, { kind: 'quantities' }>,
  report: PrintedDocument,
): string {
  const { language } = report
  const intervalLabel = own ?? report.intervalLabel
  const { columns, decides } = reportWords[language]
  const wide = hasIntervals(quantities)
  const rows = quantities.map((quantity) => {
    const { estimate, note } = quantity
    const interval =
      estimate.low === null && estimate.reason !== undefined
        ? `<span class="muted">${escapeWords(reasonWords(estimate.reason, language))}</span>`
        : estimate.low === null
          ? `<span class="muted">${escapeWords(note)}</span>`
          : formatInterval(estimate.low, estimate.high, language, quantity.digits)
    const hint = quantity.decides ? ` <span class="muted">${decides}</span>` : ''
    return `<tr${quantity.decides ? ' class="decides"' : ''}><td>${escapeWords(quantity.label)}${hint}</td><td class="v">${quantityText(quantity)}</td>${wide ? `<td class="i">${interval}</td>` : ''}<td class="n">${formatInteger(estimate.n)} ${escapeMarkup(quantity.nUnit)}</td></tr>`
  })
  return `<table>\n<thead><tr><th scope="col">${columns.quantity}</th><th scope="col">${columns.value}</th>${wide ? `<th scope="col">${intervalLabel}</th>` : ''}<th scope="col">${columns.n}</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`
}

function checksHtml(checks: readonly Check[], { language }: PrintedDocument): string {
  const { columns } = reportWords[language]
  const rows = checks.map(
    (check) =>
      `<tr><td>${escapeWords(check.label)}</td><td class="${check.level}">${check.levelWord}</td><td class="v">${check.valueText}</td><td class="i">${check.limitText}</td><td class="n">${formatInteger(check.n)}</td></tr>`,
  )
  return `<table>\n<thead><tr><th scope="col">${columns.check}</th><th scope="col">${columns.state}</th><th scope="col">${columns.value}</th><th scope="col">${columns.limit}</th><th scope="col">${columns.n}</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`
}

function figureHtml(figure: Figure, titled: boolean, { language }: PrintedDocument): string {
  const { tableTitle } = reportWords[language]
  return `<figure>
${titled ? `<h3>${escapeWords(figure.title)}</h3>\n` : ''}${figure.svg}
<figcaption>${escapeWords(figure.summary)}</figcaption>
<details><summary>${tableTitle}</summary><div class="scroll">${tableHtml(figure.table)}</div></details>
</figure>`
}

function tableHtml({ columns, rows }: DataTable): string {
  const head = columns.map((column) => `<th scope="col">${escapeWords(column)}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td>${escapeWords(cell)}</td>`).join('')}</tr>`,
  )
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}
