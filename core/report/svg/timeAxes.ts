import { formatInteger, formatNumber } from '../../format.ts'
import { tokens } from '../tokens.ts'
import { exactScale, linearScale, type Scale } from './scale.ts'
import { label, line } from './svg.ts'

export const timeChart = { width: 666, left: 44, right: 510, top: 10 } as const

export interface TimeAxes {
  readonly x: Scale
  readonly y: Scale
  readonly bottom: number
  readonly height: number
  readonly drawing: string
}

/** Axes of a curve over users or impressions: hairlines across only, units in words below. */
export function timeAxes(
  xRange: readonly [number, number],
  yRange: readonly [number, number],
  plotHeight: number,
  xLabel: string,
): TimeAxes {
  const { left, right, top, width } = timeChart
  const bottom = top + plotHeight
  const x = exactScale(xRange, [left, right], 6)
  const y = linearScale(yRange, [bottom, top], 5)
  const drawing = [
    ...y.ticks.map(
      (tick) =>
        line(left, y(tick), right, y(tick), tokens.line) +
        label(left - 8, y(tick) + 4, formatNumber(tick, y.digits), {
          fill: tokens.ink3,
          anchor: 'end',
        }),
    ),
    ...x.ticks.map((tick) =>
      label(x(tick), bottom + 17, formatInteger(tick), { fill: tokens.ink3, anchor: 'middle' }),
    ),
    label(width, bottom + 17, xLabel, { fill: tokens.ink3, anchor: 'end' }),
  ].join('')
  return { x, y, bottom, height: bottom + 24, drawing }
}
