import type { Token } from '../theme/tokens.ts'
import type { Coordinates } from './customShapes.ts'

/**
 * Of charts that hold no area to be told apart by a pattern. Left on, ECharts draws a pattern for every line at
 * every update and shows none of them: a tenth of the time that a look at Live takes.
 */
export const noPatterns = { enabled: true, label: { enabled: false }, decal: { show: false } }

/** A band between two lines, as one polygon in data coordinates. Rows with a NaN are left out. */
export function band(
  x: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  fill: string,
  limits: { readonly min: number; readonly max: number },
) {
  const rows = Array.from(x, (_, row) => row).filter(
    (row) => Number.isFinite(low[row]) && Number.isFinite(high[row]),
  )
  return {
    type: 'custom',
    silent: true,
    clip: true,
    z: 1,
    data: rows.length > 1 ? [0] : [],
    renderItem: (_params: unknown, api: Coordinates) => ({
      type: 'polygon',
      shape: {
        points: [
          ...rows.map((row) => api.coord([x[row]!, Math.min(high[row]!, limits.max)])),
          ...rows.map((row) => api.coord([x[row]!, Math.max(low[row]!, limits.min)])).reverse(),
        ],
      },
      style: { fill },
    }),
  }
}

/** Points of a line; a value outside the limits is drawn at the limit, a NaN leaves a gap. */
export function line(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  limits?: { readonly min: number; readonly max: number },
): (number | null)[][] {
  return Array.from(x, (at, row) => {
    const value = y[row]!
    if (!Number.isFinite(value)) return [at, null]
    return [at, limits ? Math.min(limits.max, Math.max(limits.min, value)) : value]
  })
}

/** Mark lines for the row that is looked at; none where there is no such row. */
export const cursorLine = (x: ArrayLike<number>, cursor: number | null) =>
  cursor === null || x[cursor] === undefined
    ? []
    : [{ xAxis: x[cursor], lineStyle: { type: 'solid' } }]

export interface TextPart {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly fill: string
  readonly align?: 'left' | 'right' | 'center'
  readonly weight?: number
  readonly size?: number
  readonly width?: number // what does not fit is cut off with an ellipsis
}

/** A text at a pixel of the plot. */
export function text(token: Token, part: TextPart) {
  return {
    type: 'text',
    silent: true,
    z: 30,
    x: part.x,
    y: part.y,
    style: {
      text: part.text,
      fill: part.fill,
      font: `${part.weight ?? 400} ${part.size ?? 11}px ${token('font-sans')}`,
      textAlign: part.align ?? 'left',
      textVerticalAlign: 'middle',
      ...(part.width === undefined ? {} : { width: part.width, overflow: 'truncate' }),
    },
  }
}

export interface SideLabel {
  readonly y: number // pixel of the line's end
  readonly text: string
  readonly fill: string
  readonly stroke: string // of the leader
  readonly weight?: number
}

/**
 * Direct labels right of their lines, pushed apart so that none overlap, each with a leader back.
 * @param x pixel where the lines end
 * @param gap least distance of two labels
 * @param limits pixels that no label may leave
 */
export function sideLabels(
  token: Token,
  labels: readonly SideLabel[],
  x: number,
  limits: { readonly top: number; readonly bottom: number },
  gap = 13,
) {
  const placed = pushApart(
    labels.map(({ y }) => y),
    gap,
    limits,
  )
  return labels.flatMap((label, i) => {
    const at = placed[i]!
    return [
      {
        type: 'polyline',
        silent: true,
        z: 20,
        shape: {
          points: [
            [x, label.y],
            [x + 7, at],
            [x + 11, at],
          ],
        },
        style: { stroke: label.stroke, lineWidth: 1, fill: 'none', opacity: 0.7 },
      },
      text(token, {
        x: x + 14,
        y: at,
        text: label.text,
        fill: label.fill,
        ...(label.weight === undefined ? {} : { weight: label.weight }),
      }),
    ]
  })
}

/**
 * Positions near the wanted ones, in their order, at least `gap` apart where the room allows it.
 * Clusters move as a whole, so that their middle stays where it was wanted.
 */
export function pushApart(
  wanted: readonly number[],
  gap: number,
  limits: { readonly top: number; readonly bottom: number },
): number[] {
  const order = wanted.map((_, i) => i).sort((one, other) => wanted[one]! - wanted[other]!)
  interface Cluster {
    readonly members: number[]
    start: number
  }
  const clusters: Cluster[] = []
  const settle = (cluster: Cluster) => {
    const middle =
      cluster.members.reduce((sum, i, k) => sum + wanted[i]! - k * gap, 0) / cluster.members.length
    const room = limits.bottom - (cluster.members.length - 1) * gap
    cluster.start = Math.max(limits.top, Math.min(room, middle))
  }
  for (const i of order) {
    const cluster: Cluster = { members: [i], start: wanted[i]! }
    settle(cluster)
    clusters.push(cluster)
    for (;;) {
      const last = clusters.at(-1)!
      const before = clusters.at(-2)
      if (!before || before.start + before.members.length * gap <= last.start) break
      before.members.push(...last.members)
      clusters.pop()
      settle(before)
    }
  }
  const placed = new Array<number>(wanted.length)
  for (const { members, start } of clusters)
    members.forEach((i, k) => (placed[i] = start + k * gap))
  return placed
}

/** The ends of some numbers, with air around them where all are equal but for rounding. */
export function endsOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (high - low > 1e-9 * size) return { low, high }
  const air = size / 2 || 1
  const rounded = (end: number) => Number(end.toPrecision(3))
  return { low: rounded(low - air), high: rounded(high + air) }
}

/** A round step that makes about `count` intervals of a range. */
export function roundStep(range: number, count: number): number {
  const rough = range / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const multiple = [1, 2, 2.5, 5, 10].find((m) => m * power >= rough * 0.999) ?? 10
  return multiple * power
}
