import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { languages } from '#core/languages'
import { renderReport } from '#core/report/index'
import { pointMetrics } from '#core/run/point'
import { detailFixture, inputFixture } from './fixture.ts'

type Cell = string | number | null

/** Rows of a CSV file as what they hold: text without the guard of formulas, numbers as numbers. */
function csvCells(text: string): Cell[][] {
  let row: Cell[] = []
  const rows = [row]
  for (const [, quoted, bare, end] of text
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    const raw = quoted?.replaceAll('""', '"') ?? bare ?? ''
    const isNumber = quoted === undefined && raw !== '' && String(Number(raw)) === raw
    row.push(raw === '' ? null : isNumber ? Number(raw) : raw.replace(/^'(?=[=+\-@])/, ''))
    if (end === '\r\n') rows.push((row = []))
  }
  return rows.slice(0, -1)
}

/** Rows of a sheet, as wide as its head. */
function sheetCells(xml: string, width: number): Cell[][] {
  const words = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return [...xml.matchAll(/<row [^>]*>([^]*?)<\/row>/g)].map(([, row = '']) => {
    const cells: Cell[] = Array.from({ length: width }, () => null)
    for (const [, column, number, text] of row.matchAll(
      /<c r="([A-Z]+)\d+"[^>]*>(?:<v>([^<]*)<\/v>|<is><t[^>]*>([^<]*))/g,
    )) {
      const place = Array.from(column!).reduce(
        (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
        0,
      )
      cells[place - 1] =
        number === undefined
          ? text!.replace(/&(lt|gt|quot|#39|amp);/g, (word) => words[word as keyof typeof words])
          : Number(number)
    }
    return cells
  })
}

describe.each(languages)('a report that is read back, %s', (language) => {
  const input = (format: 'csv' | 'xlsx' | 'json') => inputFixture({ language, format })
  const json = JSON.parse(renderReport(input('json')).text)
  const [source] = json.sources
  const csv = csvCells(renderReport(input('csv')).text)
  const parts = unzipSync(renderReport(input('xlsx')).bytes!)
  const sheet = (n: number, width: number) =>
    sheetCells(strFromU8(parts[`xl/worksheets/sheet${n}.xml`]!), width)
  const row = (section: string, id: string) =>
    csv.find(([one, other]) => one === section && other === id)!

  it('has the same table in CSV and in the workbook', () => {
    // a number written as text stays text in a workbook; a CSV can not tell
    const plain = (rows: Cell[][]) => rows.map((cells) => cells.map((cell) => cell && String(cell)))
    expect(plain(sheet(1, 10))).toEqual(plain(csv))
  })

  it('has the numbers of the JSON in the table, in full', () => {
    const { summary } = source
    const estimate = ({ value, low, high, n }: typeof summary.delta) => [value, low, high, n]
    expect(row('result', 'delta').slice(4, 8)).toEqual(estimate(summary.delta))
    expect(row('result', 'deltaImpression').slice(4, 8)).toEqual(estimate(summary.deltaImpression))
    for (const arm of summary.arms) {
      expect(row('arms', `ctr.${arm.id}`).slice(4, 8)).toEqual(estimate(arm.ctr))
    }
    for (const check of summary.health) {
      expect([row('health', check.id)[4], row('health', check.id)[7]]).toEqual([
        check.value,
        check.n,
      ])
    }
    for (const id of ['a', 'b', 'tie', 'noVote']) {
      expect(row('result', id)[4]).toBe(summary.outcomes[id])
    }
    expect(row('reproduce', 'digest')[4]).toBe(detailFixture().summary!.digest)
  })

  it('has every point of the JSON in the workbook, and its curves in the table', () => {
    const [head, ...rows] = sheet(2, pointMetrics.length)
    expect(head).toEqual([...pointMetrics])
    pointMetrics.forEach((metric, i) => {
      expect(rows.map((cells) => cells[i])).toEqual(source.points.columns[metric])
    })
    const curve = csv.filter(([section, id]) => section === 'curve' && id === 'delta')
    expect(curve.map((cells) => cells[4])).toEqual(source.points.columns.delta)
  })
})
