import { formatInteger, formatNumber, missing } from '#core/format'
import type { NodeColumns } from '#core/tree/nodeWindow'

/** What a node's colour says. */
export const colourIds = ['visits', 'entropy', 'reward'] as const
export type ColourId = (typeof colourIds)[number]

/** A child of a node as a row; null where nothing is known. */
export interface NodeRow {
  readonly path: string
  readonly child: number
  readonly example: string
  readonly items: number
  readonly children: number
  readonly fill: number
  readonly visits: number | null
  readonly share: number | null
  readonly entropy: number | null
  readonly reward: number | null
  readonly low: number | null
  readonly high: number | null
  readonly lastUpdate: number | null
}

/** @param parent path of the node whose children they are */
export function nodeRows(columns: NodeColumns, parent: string): readonly NodeRow[] {
  const known = (values: Float64Array, i: number) => {
    const value = values[i]!
    return Number.isNaN(value) ? null : value
  }
  return Array.from(columns.child, (child, i) => ({
    path: parent === '' ? String(child) : `${parent}.${child}`,
    child,
    example: columns.examples[i] ?? '',
    items: columns.items[i]!,
    children: columns.children[i]!,
    fill: columns.fill[i]!,
    visits: known(columns.visits, i),
    share: known(columns.share, i),
    entropy: known(columns.entropy, i),
    reward: known(columns.reward, i),
    low: known(columns.low, i),
    high: known(columns.high, i),
    lastUpdate: known(columns.lastUpdate, i),
  }))
}

/** '7.3' as it is read: '07.03'. */
export const pathText = (path: string): string =>
  path
    .split('.')
    .map((part) => part.padStart(2, '0'))
    .join('.')

/** The range of a colour over rows; null where no row has a value. */
export function colourRange(
  rows: readonly NodeRow[],
  colour: ColourId,
): { readonly low: number; readonly high: number } | null {
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    const value = row[colour]
    if (value === null) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low > high ? null : { low, high }
}

/** Where a value lies in its range, 0 to 1; visits by their logarithm. */
export function colourShare(
  value: number,
  { low, high }: { readonly low: number; readonly high: number },
  colour: ColourId,
): number {
  const scale = (x: number) => (colour === 'visits' ? Math.log1p(x) : x)
  return high > low ? (scale(value) - scale(low)) / (scale(high) - scale(low)) : 0.5
}

export function colourText(value: number | null, colour: ColourId): string {
  if (value === null) return missing
  return colour === 'visits' ? formatInteger(value) : formatNumber(value, 2)
}
