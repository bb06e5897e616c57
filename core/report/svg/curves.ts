import { formatNumber } from '../../format.ts'
import { extent, spread } from './scale.ts'
import { chart, element, label, line, polyline } from './svg.ts'
import { timeAxes, timeChart } from './timeAxes.ts'

export interface Curve {
  readonly label: string
  readonly values: Float64Array // [points]; NaN = a gap
  readonly colour: string
  readonly textColour: string
  readonly dash: string // empty = a solid line
  readonly width: number
  /** Far beyond the others it is named at the edge instead of flattening them. */
  readonly mayLeave: boolean
}

export interface CurvesChart {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly xLabel: string
  readonly x: Float64Array // [points]
  readonly rows: readonly number[] // points to draw
  readonly curves: readonly Curve[]
}

/** Curves with direct labels at their right end, pushed apart with a leader back to the line. */
export function curvesChart(plot: CurvesChart): string {
  const { x: at, rows } = plot
  const range = (of: readonly Curve[]) =>
    extent(of.flatMap(({ values }) => rows.map((i) => values[i]!)))
  const [low, high] = range(plot.curves.filter(({ mayLeave }) => !mayLeave)) ?? [0, 1]
  const leaves = (curve: Curve) =>
    curve.mayLeave && (range([curve])?.[1] ?? high) > high + 0.6 * (high - low)
  const beyond = plot.curves.filter(leaves)
  const curves = plot.curves.filter((curve) => !leaves(curve))
  const last = rows.length > 0 ? at[rows.at(-1)!]! : 1
  const axes = timeAxes([0, Math.max(1, last)], range(curves) ?? [0, 1], 200, plot.xLabel)
  const { x, y, bottom } = axes
  const drawn = curves.flatMap((curve) => {
    const known = rows.filter((i) => Number.isFinite(curve.values[i]!))
    const end = known.at(-1)
    return end === undefined
      ? []
      : [{ ...curve, endX: x(at[end]!), endY: y(curve.values[end]!), endValue: curve.values[end]! }]
  })
  const labelY = spread(
    drawn.map(({ endY }) => endY),
    13,
    timeChart.top + 4 + 13 * beyond.length,
    bottom - 2,
  )
  const lines = drawn.map(({ values, colour, dash, width }) =>
    element('path', {
      d: polyline(rows.map((i) => [x(at[i]!), y(values[i]!)] as const)),
      fill: 'none',
      stroke: colour,
      'stroke-width': width,
      'stroke-linejoin': 'round',
      ...(dash ? { 'stroke-dasharray': dash } : {}),
    }),
  )
  const labels = drawn.map(
    (curve, i) =>
      line(curve.endX + 2, curve.endY, curve.endX + 10, labelY[i]!, curve.colour, 0.75) +
      label(curve.endX + 13, labelY[i]! + 4, `${curve.label} ${formatNumber(curve.endValue)}`, {
        fill: curve.textColour,
        size: 10,
      }),
  )
  const offScale = beyond.map(({ label: name, values, textColour }, i) => {
    const end = rows.findLast((row) => Number.isFinite(values[row]!))
    const text = `↑ ${name} ${formatNumber(end === undefined ? null : values[end]!)}`
    return label(timeChart.right + 13, timeChart.top + 4 + 13 * i, text, {
      fill: textColour,
      size: 10,
    })
  })
  return chart(
    { ...plot, width: timeChart.width, height: axes.height },
    axes.drawing,
    ...lines,
    ...labels,
    ...offScale,
  )
}
