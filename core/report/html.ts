import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { formatInteger, formatInterval } from '../format.ts'
import { reasonWords } from '../reasonWords.ts'
import { base64 } from './base64.ts'
import { quantityText } from './buildDocument.ts'
import {
  hasIntervals,
  type Block,
  type Check,
  type DataTable,
  type Fact,
  type Figure,
  type Quantity,
  type ReportDocument,
} from './document.ts'
import { escapeMarkup, escapeWords } from './escape.ts'
import { styleSheet } from './styleSheet.ts'
import { tokens } from './tokens.ts'
import { reportWords } from './words/index.ts'

/**
 * One self-contained page: no script, no request, and a policy that allows nothing but its own
 * style. Everything that a user typed is escaped.
 */
export function htmlReport(report: ReportDocument): string {
  const words = reportWords[report.language]
  const style = styleSheet(report.footer.join(' · '), report.shortHash)
  const policy = `default-src 'none'; style-src 'sha256-${base64(sha256(utf8ToBytes(style)))}'; base-uri 'none'; form-action 'none'`
  const { verdict } = report
  const long = verdict.headline.length > 110 ? ' class="long"' : ''
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
${verdict.state === 'invalid' ? `<p class="alarm">✕ ${escapeWords(verdict.headline)}</p>\n` : ''}<h1${long}>${keptTogether(escapeWords(verdict.headline))}</h1>
<p class="lead">${escapeWords(verdict.second)}</p>
${report.notes.map((note) => `<p class="note">! ${escapeWords(note)}</p>\n`).join('')}${report.lead ? figureHtml(report.lead, false, report) : ''}
${report.sections
  .map(
    ({ id, title, blocks }, i) =>
      `<section id="${id}" aria-labelledby="${id}-h">\n<h2 id="${id}-h"><i>${i + 1}</i>${escapeWords(title)}</h2>\n${blocks
        .map((block) => blockHtml(block, id, report))
        .join('\n')}\n</section>`,
  )
  .join('\n')}
<footer><span>${escapeMarkup(report.footer.join(' · '))}</span><span>report ${report.shortHash}</span></footer>
</main>
</body>
</html>
`
}

const logo = `<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><circle cx="6.5" cy="9" r="4.75" fill="none" stroke="${tokens.ink}" stroke-width="1.5"/><path d="M11 4.5 16.5 13.5H5.5Z" fill="none" stroke="${tokens.ink}" stroke-width="1.5" stroke-linejoin="round"/></svg>`

/** A number and its interval do not break over two lines. */
function keptTogether(headline: string): string {
  return headline.replace(
    /Δ = [^\s（]+|\([^()]*\),?|（[^（）]*）[，。]?|[\d,]+ (users|duels|名用户|次对决)/g,
    '<span class="nb">$&</span>',
  )
}

function blockHtml(block: Block, section: string, report: ReportDocument): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeWords(block.text)}</p>`
    case 'facts':
      return factsHtml(block.facts, section === 'reproduce')
    case 'quantities':
      return quantitiesHtml(block.quantities, report)
    case 'checks':
      return checksHtml(block.checks, report)
    case 'counts':
      return '' // the figure that follows shows them, with the same numbers
    case 'figure':
      return figureHtml(block.figure, true, report)
    case 'code':
      return `<p class="muted">${escapeWords(block.title)}</p>\n<pre>${escapeMarkup(block.code)}</pre>`
  }
}

function factsHtml(facts: readonly Fact[], wide: boolean): string {
  const rows = facts.map(
    ({ label, value }) => `<div><dt>${escapeWords(label)}</dt><dd>${escapeWords(value)}</dd></div>`,
  )
  return `<dl${wide ? ' class="wide"' : ''}>\n${rows.join('\n')}\n</dl>`
}

function quantitiesHtml(quantities: readonly Quantity[], report: ReportDocument): string {
  const { language, intervalLabel } = report
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

function checksHtml(checks: readonly Check[], { language }: ReportDocument): string {
  const { columns } = reportWords[language]
  const rows = checks.map(
    (check) =>
      `<tr><td>${escapeWords(check.label)}</td><td class="${check.level}">${check.levelWord}</td><td class="v">${check.valueText}</td><td class="i">${check.limitText}</td><td class="n">${formatInteger(check.n)}</td></tr>`,
  )
  return `<table>\n<thead><tr><th scope="col">${columns.check}</th><th scope="col">${columns.state}</th><th scope="col">${columns.value}</th><th scope="col">${columns.limit}</th><th scope="col">${columns.n}</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`
}

function figureHtml(figure: Figure, titled: boolean, { language }: ReportDocument): string {
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
