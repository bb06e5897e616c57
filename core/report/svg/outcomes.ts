import { formatInteger, formatPercent } from '../../format.ts'
import type { Count } from '../document.ts'
import { tokens } from '../tokens.ts'
import { chart, element, label, mark } from './svg.ts'

export interface OutcomesChart {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly counts: readonly Count[]
}

const WIDTH = 666
const GAP = 2

/** One bar of all impressions by outcome, and the numbers under it. */
export function outcomesChart(plot: OutcomesChart): string {
  const { counts } = plot
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const parts: string[] = []
  let at = 0
  for (const { id, count } of counts) {
    const width = total > 0 ? (count / total) * WIDTH : 0
    const drawn = Math.max(0, width - GAP)
    const hollow = id === 'noVote'
    const edge = hollow ? 0.5 : 0
    parts.push(
      element('rect', {
        x: at + edge,
        y: edge,
        width: Math.max(0, drawn - 2 * edge),
        height: 14 - 2 * edge,
        fill: hollow ? tokens.surface : tokens[id],
        ...(hollow ? { stroke: tokens.noVote } : {}),
      }),
    )
    at += width
  }
  counts.forEach(({ id, label: word, count, share, note }, i) => {
    const x = (i * WIDTH) / counts.length
    parts.push(
      mark(id, x + 5, 34, 4),
      label(x + 15, 38, word, { fill: tokens.ink3 }),
      label(x, 59, formatInteger(count), { size: 15, weight: 500 }),
      label(x + 9 * formatInteger(count).length + 6, 59, formatPercent(share), {
        fill: tokens.ink3,
      }),
      note === '' ? '' : label(x, 75, note, { fill: tokens.ink3, size: 10 }),
    )
  })
  return chart({ ...plot, width: WIDTH, height: 82 }, ...parts)
}
