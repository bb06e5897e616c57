import type { Language } from '../../languages.ts'
import { formatInteger, formatInterval, formatNumber } from '../../format.ts'
import { reasonWords } from '../../reasonWords.ts'
import type { Estimate, VerdictState } from '../../run/summary.ts'
import { escapeWords } from '../escape.ts'
import { tokens } from '../tokens.ts'
import { extent, linearScale } from './scale.ts'
import { chart, element, label, line, mark } from './svg.ts'

interface ForestRow {
  readonly label: string
  readonly hint: string // beside the label, in grey
  readonly estimate: Estimate
}

export interface ForestChart {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly primary: ForestRow
  readonly others: readonly ForestRow[]
  readonly othersTitle: string
  readonly nLabel: string
  readonly equivalence: number // half-width of the shaded region; 0 = none
  readonly state: VerdictState
  readonly language: Language
}

const WIDTH = 666
const PLOT = { left: 240, right: 436 } as const
const VALUE_RIGHT = 600
const ROW = 25

/**
 * Intervals of Δ on one scale, the deciding one on top. Direction has to be earned: the primary
 * interval is ink until the verdict names a side, and hatched when the verdict is invalid.
 */
export function forestChart(forest: ForestChart): string {
  const rows = [forest.primary, ...forest.others]
  const ends = rows.flatMap(({ estimate }) => [estimate.low ?? 0, estimate.high ?? 0])
  const [low, high] = extent([
    ...ends,
    -forest.equivalence * 1.6,
    forest.equivalence * 1.6,
    -0.004,
    0.004,
  ])!
  const x = linearScale([low, high], [PLOT.left, PLOT.right], 3)
  const titleHeight = forest.others.length > 0 ? 23 : 0
  const top = 24
  const bottom = top + ROW * rows.length + titleHeight + 4
  const parts: string[] = []

  if (forest.equivalence > 0) {
    const [from, to] = [x(-forest.equivalence), x(forest.equivalence)]
    parts.push(
      element('rect', {
        x: from,
        y: top,
        width: to - from,
        height: bottom - top,
        fill: tokens.rope,
      }),
    )
  }
  parts.push(line(x(0), top, x(0), bottom, tokens.ink2))
  parts.push(line(PLOT.left, bottom, PLOT.right, bottom, tokens.lineStrong))
  for (const tick of x.ticks) {
    parts.push(line(x(tick), bottom, x(tick), bottom + 4, tokens.lineStrong))
    const text = formatNumber(tick, x.digits)
    parts.push(label(x(tick), bottom + 17, text, { fill: tokens.ink3, anchor: 'middle' }))
  }
  parts.push(label(WIDTH, 14, forest.nLabel, { fill: tokens.ink3, anchor: 'end' }))

  const draw = (row: ForestRow, y: number, isPrimary: boolean) => {
    const { estimate } = row
    const weight = isPrimary ? { weight: 600 } : {}
    parts.push(
      element(
        'text',
        { x: 0, y: y + 4, fill: tokens.ink, ...(isPrimary ? { 'font-weight': 600 } : {}) },
        escapeWords(row.label, 'tspan'),
        row.hint === ''
          ? ''
          : element(
              'tspan',
              { fill: tokens.ink3, 'font-weight': 400 },
              ` ${escapeWords(row.hint, 'tspan')}`,
            ),
      ),
    )
    const beside = besideValue(estimate, forest.language)
    parts.push(
      element(
        'text',
        { x: VALUE_RIGHT, y: y + 4, 'text-anchor': 'end', fill: tokens.ink },
        element('tspan', isPrimary ? { 'font-weight': 600 } : {}, formatNumber(estimate.value)),
        element(
          'tspan',
          { fill: isPrimary ? tokens.ink2 : tokens.ink3 },
          escapeWords(beside, 'tspan'),
        ),
      ),
    )
    parts.push(
      label(WIDTH, y + 4, formatInteger(estimate.n), {
        fill: tokens.ink3,
        anchor: 'end',
        ...weight,
      }),
    )
    if (estimate.low === null || estimate.high === null || estimate.value === null) return
    parts.push(
      isPrimary
        ? primaryInterval(forest.state, x(estimate.low), x(estimate.value), x(estimate.high), y)
        : otherInterval(forest.state, x(estimate.low), x(estimate.value), x(estimate.high), y),
    )
  }
  let y = top + ROW / 2 + 2
  draw(forest.primary, y, true)
  if (forest.others.length > 0) {
    parts.push(label(0, y + ROW + 2, forest.othersTitle, { fill: tokens.ink3, weight: 500 }))
    y += titleHeight
  }
  for (const row of forest.others) draw(row, (y += ROW), false)
  return chart({ ...forest, width: WIDTH, height: bottom + 24 }, ...parts)
}

/** The interval in brackets, or why there is none. */
function besideValue({ low, high, reason }: Estimate, language: Language): string {
  if (low === null || high === null) {
    return reason === undefined ? '' : ` ${reasonWords(reason, language)}`
  }
  const interval = formatInterval(low, high, language)
  return language === 'zh-CN' ? `（${interval}）` : ` (${interval})`
}

/** An effect that supports no conclusion is drawn hatched. */
const dashOf = (state: VerdictState): string => (state === 'invalid' ? '4 3' : '')

function primaryInterval(
  state: VerdictState,
  low: number,
  at: number,
  high: number,
  y: number,
): string {
  const side = state === 'aBetter' ? 'a' : state === 'bBetter' ? 'b' : null
  const colour = side === null ? tokens.ink : tokens[side]
  const shape =
    side === null
      ? dot(at, y, 4.5, state === 'invalid' ? tokens.surface : colour, colour)
      : mark(side, at, y, 5.5)
  return interval(low, high, y, colour, 3, dashOf(state)) + shape
}

function otherInterval(
  state: VerdictState,
  low: number,
  at: number,
  high: number,
  y: number,
): string {
  const shape = dot(at, y, 3.5, tokens.surface, tokens.ink2)
  return interval(low, high, y, tokens.ink2, 1.75, dashOf(state)) + shape
}

const dot = (cx: number, cy: number, r: number, fill: string, stroke: string): string =>
  element('circle', { cx, cy, r, fill, stroke, 'stroke-width': 1.5 })

function interval(
  low: number,
  high: number,
  y: number,
  colour: string,
  width: number,
  dash: string,
): string {
  const cap = (x: number) => line(x, y - 3.5, x, y + 3.5, colour, 1.5)
  return line(low, y, high, y, colour, width, dash) + cap(low) + cap(high)
}
