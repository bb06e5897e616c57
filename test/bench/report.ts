import type { RowResult } from './compare.ts'

/** The result of one invocation; docs/performance.md explains the rows. */
export interface BenchReport {
  readonly schema: 1
  readonly date: string
  readonly commit: string
  readonly machine: Readonly<Record<string, string | number>>
  readonly versions: Readonly<Record<string, string>>
  readonly rows: readonly RowResult[]
}

/** A Markdown table, so that the documentation can hold what the terminal shows. */
export function reportTable(report: BenchReport): string {
  const head = [
    'row',
    'peer',
    'own ms (min · median)',
    'peer ms (min · median)',
    'CPU own · peer',
    'ratio (min · median)',
    'target',
    'status',
  ]
  const body = report.rows.map((row) => [
    row.id,
    row.peer,
    pair(row.own?.min, row.own?.median),
    pair(row.peerTime?.min, row.peerTime?.median),
    pair(row.ownCpu?.min, row.peerCpu?.min),
    pair(row.ratioMin, row.ratioMedian),
    `≤ ${Number(row.target.toPrecision(3))}${row.stretch === null ? '' : ` (${row.stretch})`}`,
    [row.status, row.note].filter(Boolean).join(': '),
  ])
  const table = [head, head.map(() => '---'), ...body]
  const widths = head.map((_, i) => Math.max(...table.map((cells) => cells[i]!.length)))
  return table
    .map((cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`)
    .join('\n')
}

function pair(left: number | null | undefined, right: number | null | undefined): string {
  return left == null || right == null ? '–' : `${short(left)} · ${short(right)}`
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value < 0.01 ? 2 : 3)
}
