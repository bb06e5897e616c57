import { describe, expect, it } from 'vitest'
import { csvLines } from '#core/report/csvLines'
import { formatInteger, formatNumber } from '#core/format'
import type { ChartTable } from '#renderer/charts/chart'
import { pictureSvg, wrapped } from '#renderer/charts/chartPicture'
import { columnTable } from '#renderer/charts/columnTable'
import { cellOf, sortedRows, tableRows, tableText } from '#renderer/charts/tableCells'
import { useDataCursor } from '#renderer/composables/useDataCursor'

const curve = columnTable([
  { label: 'users', values: [1, 2, 3], format: formatInteger },
  { label: 'Δ', values: [0.123456789, Number.NaN, -0.05], format: formatNumber },
])
const words: ChartTable = {
  columns: ['=method', 'rate', 'n'],
  rows: [
    ['-user t', '5.0\u00a0%', '1,234'],
    ['betting', '–', '\u221212'],
  ],
  x: [0, 1],
}

describe('the table behind a chart', () => {
  it('writes a row when it is asked for', () => {
    expect(curve.rows.at(0)).toEqual(['1', '0.123'])
    expect(curve.rows.at(1)).toEqual(['2', '–'])
    expect(curve.rows.at(3)).toBeUndefined()
  })

  it('leaves as CSV in full precision, with units and without formulas', () => {
    expect(csvLines(tableRows(curve), 'en')).toBe('users,Δ\r\n1,0.123456789\r\n2,\r\n3,-0.05\r\n')
    expect(csvLines(tableRows(words), 'en')).toBe(
      '\'=method,"rate, %",n\r\n\'-user t,5,1234\r\nbetting,,-12\r\n',
    )
    expect(csvLines(tableRows(words), 'zh-CN')).toMatch(/^\ufeff/)
  })

  it('is sorted as numbers, what is missing last', () => {
    expect(sortedRows(curve, 1, false)).toEqual([2, 0, 1])
    expect(sortedRows(curve, 1, true)).toEqual([0, 2, 1])
    expect(sortedRows(words, 2, false)).toEqual([1, 0])
    expect(cellOf(words, 1, 1)).toBeNull()
  })

  it('is copied in the order on the screen', () => {
    expect(tableText(curve, [2, 0])).toBe('users\tΔ\n3\t\u22120.050\n1\t0.123')
  })
})

describe('a chart as a file', () => {
  it('is an SVG with title, summary and the drawing, free of markup in its words', () => {
    const svg = pictureSvg(
      {
        option: {
          xAxis: { type: 'value' },
          yAxis: { type: 'value' },
          series: [
            {
              type: 'line',
              data: [
                [0, 1],
                [1, 3],
              ],
            },
          ],
        },
        title: 'A <b> & c',
        summary: 'What stands out.',
        width: 400,
        height: 200,
        token: () => '#123456',
        locale: 'EN',
      },
      (text) => text.length * 6,
    )
    const page = new DOMParser().parseFromString(svg, 'image/svg+xml')
    expect(page.querySelector('title')?.textContent).toBe('A <b> & c')
    expect(page.querySelector('desc')?.textContent).toBe('What stands out.')
    expect(page.querySelectorAll('path').length).toBeGreaterThan(0)
    expect(svg).not.toMatch(/NaN|undefined|<b>/)
  })

  it('breaks its words where they would leave the picture', () => {
    const measure = (text: string) => text.length * 10
    expect(wrapped('one two three', 80, measure)).toEqual(['one two', 'three'])
    expect(wrapped('一二三四五', 30, measure)).toEqual(['一二三', '四五'])
    expect(wrapped('unbreakable', 30, measure)).toEqual(['unbreakable'])
  })
})

describe('the data cursor', () => {
  const press = (key: string) => new KeyboardEvent('keydown', { key })

  it('steps through points and series, opens one, and comes back where it was left', () => {
    const opened: number[] = []
    const cursor = useDataCursor(() => curve, {
      move: () => undefined,
      open: (n) => opened.push(n),
    })
    cursor.onKey(press('Enter'))
    expect(opened).toEqual([])
    cursor.onKey(press('ArrowLeft'))
    expect(cursor.row.value).toBe(2)
    cursor.onKey(press('ArrowRight'))
    expect(cursor.row.value).toBe(2)
    cursor.onKey(press('Home'))
    cursor.onKey(press('ArrowDown'))
    expect([cursor.row.value, cursor.series.value]).toEqual([0, 1])
    cursor.onKey(press('Enter'))
    expect(opened).toEqual([0])
    cursor.onBlur()
    expect(cursor.row.value).toBeNull()
    cursor.onKey(press('ArrowRight'))
    expect(cursor.row.value).toBe(1)
    cursor.onKey(press('Escape'))
    expect([cursor.row.value, cursor.series.value]).toEqual([null, null])
  })
})
