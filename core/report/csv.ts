import type { PointMetric } from '../run/point.ts'
import { csvLines, type Cell } from './csvLines.ts'
import type { Block, PrintedDocument } from './document.ts'
import { readPoints } from './points.ts'
import { plainProse } from './prose.ts'
import type { ReportWork, RunData } from './reportInput.ts'

/** Columns of every row: one quantity, with its interval, n and unit. */
const header = [
  'section',
  'id',
  'quantity',
  'at_impression',
  'value',
  'low',
  'high',
  'n',
  'unit',
  'note',
] as const

/** Curves that are listed point by point, with their unit. */
const curves: readonly (readonly [metric: PointMetric, unit: string])[] = [
  ['delta', 'preference'],
  ['logE', 'ln e-value'],
  ['ctr', 'clicks per shown item'],
  ['ctrServed', 'clicks per shown item'],
  ['ctrA', 'clicks per shown item'],
  ['ctrB', 'clicks per shown item'],
  ['ctrRandom', 'clicks per shown item'],
  ['ctrPopularity', 'clicks per shown item'],
  ['ctrStatic', 'clicks per shown item'],
  ['ctrGreedyMf', 'clicks per shown item'],
  ['ctrUntrained', 'clicks per shown item'],
  ['ctrOracle', 'clicks per shown item'],
  ['explorationCost', 'clicks'],
]

/** One tidy table, numbers in full precision. */
export function csvReport(report: PrintedDocument, work: ReportWork): string {
  return csvLines(tidyRows(report, work), report.language)
}

/** The same of any document, without curves. */
export const csvDocument = (report: PrintedDocument): string =>
  csvLines(documentRows(report), report.language)

/** The rows of the table, its head first. */
export function tidyRows(report: PrintedDocument, work: ReportWork): readonly Cell[][] {
  const drawn = work.content.blocks.flatMap((block) =>
    block.kind === 'chart' && curveCharts.has(block.part) ? [block.source] : [],
  )
  const curves = work.content.sources
    .filter(({ key }) => drawn.includes(key))
    .flatMap(({ key }) => {
      const source = work.sources[key]
      return source?.kind === 'run' ? [source] : []
    })
  return [
    ...documentRows(report),
    ...curves.flatMap((run, i) => curveRows(run, i === 0 ? 'curve' : `curve-${i + 1}`)),
  ]
}

/** Charts whose numbers are curves. */
const curveCharts: ReadonlySet<string> = new Set(['sequence', 'curves'])

function documentRows(report: PrintedDocument): Cell[][] {
  const rows: Cell[][] = [[...header]]
  const { verdict } = report
  const text = (section: string, id: string, quantity: string, value: string) =>
    rows.push([section, id, quantity, null, value, null, null, null, null, null])
  if (verdict) {
    text('verdict', 'state', 'verdict', verdict.state ?? '')
    text('verdict', 'headline', 'verdict', verdict.headline)
    text('verdict', 'second', 'verdict', verdict.second)
  }
  for (const note of report.notes) text('verdict', 'note', 'note', note)
  for (const { id, blocks } of report.sections) {
    for (const block of blocks) rows.push(...blockRows(id, block))
  }
  return rows
}

function blockRows(section: string, block: Block): Cell[][] {
  switch (block.kind) {
    case 'text':
      return [[section, 'text', '', null, block.text, null, null, null, null, null]]
    case 'prose':
      return [[section, 'text', '', null, plainProse(block.prose), null, null, null, null, null]]
    case 'verdict':
      return (['state', 'headline', 'second'] as const).map((id) => [
        section,
        id,
        block.of,
        null,
        block.verdict[id] ?? '',
        null,
        null,
        null,
        null,
        null,
      ])
    case 'facts':
      return block.facts.map(({ id, label, value }) => [
        section,
        id,
        label,
        null,
        value,
        null,
        null,
        null,
        null,
        null,
      ])
    case 'quantities':
      return block.quantities.map(({ id, label, estimate, unit, nUnit, note }) => [
        section,
        id,
        label,
        null,
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.n,
        unit,
        estimate.low === null && estimate.reason !== undefined
          ? estimate.reason
          : `n: ${nUnit}${note === '' ? '' : `; ${note}`}`,
      ])
    case 'checks':
      return block.checks.map(({ id, label, value, n, unit, level, limitText }) => [
        section,
        id,
        label,
        null,
        value,
        null,
        null,
        n,
        unit,
        `${level}; ${limitText}`,
      ])
    case 'counts':
      return block.counts.map(({ id, label, count, note }) => [
        section,
        id,
        label,
        null,
        count,
        null,
        null,
        null,
        'impressions',
        note,
      ])
    case 'code':
      return [[section, 'code', block.title, null, block.code, null, null, null, null, null]]
    case 'figure':
      return [] // its numbers are the rows of the curves
  }
}

function curveRows(run: RunData, section: string): Cell[][] {
  const points = readPoints(run.points)
  const at = points.column('impressions')
  const users = points.column('users')
  const low = points.column('low')
  const high = points.column('high')
  return curves.flatMap(([metric, unit]) => {
    const isDelta = metric === 'delta'
    return Array.from(points.column(metric), (value, i) => [
      section,
      metric,
      '',
      at[i]!,
      value,
      isDelta ? low[i]! : null,
      isDelta ? high[i]! : null,
      isDelta || metric === 'logE' ? users[i]! : null,
      unit,
      '',
    ])
  })
}
