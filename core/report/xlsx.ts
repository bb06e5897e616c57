import { strToU8 } from 'fflate'
import { pointMetrics } from '../run/point.ts'
import type { Cell } from './csvLines.ts'
import { tidyRows } from './csv.ts'
import type { PrintedDocument } from './document.ts'
import { escapeMarkup } from './escape.ts'
import { readPoints } from './points.ts'
import type { ReportWork, RunData } from './reportInput.ts'
import { zip } from './zip.ts'

/** Rows that a sheet takes. */
const MOST_ROWS = 1_048_576

/**
 * An Excel workbook (ECMA-376): the report's tidy table, and every point of its runs. Numbers are
 * numbers in full precision; text is stored as text, so that no cell is a formula. The same report
 * gives the same bytes.
 */
export function xlsxReport(report: PrintedDocument, work: ReportWork): Uint8Array {
  const runs = work.content.sources.flatMap(({ key }) => {
    const source = work.sources[key]
    return source?.kind === 'run' ? [source] : []
  })
  const sheets = [
    { name: 'Report', rows: tidyRows(report, work) },
    ...runs.map((run, i) => ({
      name: runs.length === 1 ? 'Points' : `Points ${i + 1}, run ${run.run.id}`,
      rows: pointRows(run),
    })),
  ]
  return zip([
    ['[Content_Types].xml', contentTypes(sheets.length)],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbook(sheets.map(({ name }) => name))],
    [
      'xl/_rels/workbook.xml.rels',
      relations(sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`])),
    ],
    ...sheets.map(
      ({ rows }, i) =>
        [`xl/worksheets/sheet${i + 1}.xml`, sheet(rows.slice(0, MOST_ROWS))] as const,
    ),
  ])
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

function pointRows(run: RunData): readonly (readonly Cell[])[] {
  const points = readPoints(run.points)
  const columns = pointMetrics.map((metric) => points.column(metric))
  const rows = Array.from({ length: points.count }, (_, i) => columns.map((column) => column[i]!))
  return [[...pointMetrics], ...rows]
}

function contentTypes(sheets: number): Uint8Array {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const parts = Array.from(
    { length: sheets },
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  )
  return strToU8(
    `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${parts.join('')}</Types>`,
  )
}

function relations(targets: readonly (readonly [kind: string, target: string])[]): Uint8Array {
  const all = targets.map(
    ([kind, target], i) =>
      `<Relationship Id="rId${i + 1}" Type="${office}/${kind}" Target="${target}"/>`,
  )
  return strToU8(
    `${head}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`,
  )
}

function workbook(names: readonly string[]): Uint8Array {
  const all = names.map(
    (name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  return strToU8(
    `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${all.join('')}</sheets></workbook>`,
  )
}

function sheet(rows: readonly (readonly Cell[])[]): Uint8Array {
  const lines = rows.map(
    (row, r) =>
      `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${columnName(c)}${r + 1}`)).join('')}</row>`,
  )
  // the head stays in sight
  const view =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  return strToU8(
    `${head}<worksheet xmlns="${main}">${view}<sheetData>${lines.join('')}</sheetData></worksheet>`,
  )
}

function cellXml(cell: Cell, place: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') {
    return Number.isFinite(cell) ? `<c r="${place}"><v>${cell}</v></c>` : ''
  }
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeMarkup(cell)}</t></is></c>`
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (column % 26))
}
