import { formatNumber } from '../../format.ts'
import type { VerdictState } from '../../run/summary.ts'
import { tokens } from '../tokens.ts'
import { extent } from './scale.ts'
import { chart, element, label, line, mark, polyline } from './svg.ts'
import { timeAxes, timeChart } from './timeAxes.ts'

export interface SequenceChart {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly xLabel: string
  readonly users: Float64Array // [points]
  readonly delta: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly rows: readonly number[] // points to draw
  readonly equivalence: number
  readonly state: VerdictState
  /** Users at which 0 left the interval for good; the hue enters there. */
  readonly decidedAtUser: number | null
  readonly decidedLabel: string
}

/** Δ and its confidence sequence over the users whose enrolment has closed. */
export function sequenceChart(sequence: SequenceChart): string {
  const { users, delta, low, high, rows, equivalence, state, decidedAtUser } = sequence
  const known = rows.filter((i) => Number.isFinite(low[i]!) && Number.isFinite(high[i]!))
  // the first looks are as wide as the axis can be: the scale begins where the band is narrower
  const calm = known.slice(Math.floor(known.length / 6))
  const [from, to] = extent([
    ...calm.flatMap((i) => [low[i]!, high[i]!]),
    -1.5 * equivalence,
    1.5 * equivalence,
  ]) ?? [-0.1, 0.1]
  const reach = Math.max(Math.abs(from), Math.abs(to), 0.01)
  const last = known.length > 0 ? users[known.at(-1)!]! : 1
  const axes = timeAxes([0, Math.max(1, last)], [-reach, reach], 190, sequence.xLabel)
  const { x, y, bottom } = axes
  const inside = (value: number) => y(Math.min(Math.max(value, y.ticks[0]!), y.ticks.at(-1)!))

  const side = state === 'aBetter' ? 'a' : state === 'bBetter' ? 'b' : null
  const turn = side === null || decidedAtUser === null ? Infinity : decidedAtUser
  const before = known.filter((i) => users[i]! < turn)
  const after = known.filter((i) => users[i]! >= turn)
  if (before.length > 0 && after.length > 0) before.push(after[0]!) // no gap between the two

  const band = (part: readonly number[], fill: string) => {
    if (part.length < 2) return ''
    const upper = part.map((i) => [x(users[i]!), inside(high[i]!)] as const)
    const lower = part.map((i) => [x(users[i]!), inside(low[i]!)] as const).reverse()
    return element('path', { d: `${polyline([...upper, ...lower])}Z`, fill })
  }
  const curve = (part: readonly number[], stroke: string) =>
    element('path', {
      d: polyline(part.map((i) => [x(users[i]!), inside(delta[i]!)] as const)),
      fill: 'none',
      stroke,
      'stroke-width': 1.75,
      'stroke-linejoin': 'round',
      ...(state === 'invalid' ? { 'stroke-dasharray': '4 3' } : {}),
    })
  const parts = [axes.drawing]
  if (equivalence > 0) {
    const [top, base] = [y(equivalence), y(-equivalence)]
    parts.push(
      element('rect', {
        x: timeChart.left,
        y: top,
        width: timeChart.right - timeChart.left,
        height: base - top,
        fill: tokens.rope,
      }),
    )
  }
  parts.push(band(before, tokens.neutralBand))
  if (side !== null) parts.push(band(after, side === 'a' ? tokens.aBand : tokens.bBand))
  parts.push(line(timeChart.left, y(0), timeChart.right, y(0), tokens.ink2))
  parts.push(curve(before, tokens.ink2))
  if (side !== null) parts.push(curve(after, tokens[side]))
  if (Number.isFinite(turn) && after.length > 0) {
    const at = x(turn)
    parts.push(line(at, timeChart.top, at, bottom, tokens.ink3, 1, '2 3'))
    const nearEnd = at > timeChart.right - 130
    parts.push(
      label(nearEnd ? at - 6 : at + 6, timeChart.top + 10, sequence.decidedLabel, {
        fill: tokens.ink3,
        anchor: nearEnd ? 'end' : 'start',
      }),
    )
  }
  const end = known.at(-1)
  if (end !== undefined) {
    const [endX, endY] = [x(users[end]!), inside(delta[end]!)]
    parts.push(
      side === null
        ? element('circle', { cx: endX, cy: endY, r: 4, fill: tokens.ink2 })
        : mark(side, endX, endY, 5),
    )
    const ends = [inside(high[end]!), endY, inside(low[end]!)]
    const texts = [high[end]!, delta[end]!, low[end]!].map((value) => formatNumber(value))
    const fill = side === 'a' ? tokens.aText : side === 'b' ? tokens.bText : tokens.ink
    if (ends[2]! - ends[0]! >= 26) {
      parts.push(label(endX + 12, ends[0]! + 4, texts[0]!, { fill: tokens.ink3 }))
      parts.push(label(endX + 12, ends[2]! + 4, texts[2]!, { fill: tokens.ink3 }))
    }
    parts.push(label(endX + 12, endY + 4, `Δ ${texts[1]!}`, { fill, weight: 600 }))
  }
  return chart({ ...sequence, width: timeChart.width, height: axes.height }, ...parts)
}
