import type { ColumnProfile, DatasetProfile } from './datasetProfile.ts'
import type { RatingsMeta } from './datasetMeta.ts'
import type { RatingsTable } from './ratingsTable.ts'

const bins = 20
const shownRows = 12
const blocks = 24

/** What an imported table of ratings looks like; nothing is missing in it but perhaps the times. */
export function profileRatings(
  table: RatingsTable,
  { histogram }: Pick<RatingsMeta, 'histogram'>,
): DatasetProfile {
  const whole = Array.from({ length: blocks }, () => 0)
  const ids = (field: string, distinct: number): ColumnProfile => ({
    name: field,
    field,
    missing: whole,
    distinct,
    low: null,
    high: null,
    histogram: [],
  })
  const rows = Math.min(shownRows, table.rating.length)
  return {
    columns: [
      ids('user', table.users),
      ids('item', table.items),
      {
        ...ids('rating', histogram.length),
        low: table.minRating,
        high: table.maxRating,
        histogram: histogram.map(({ rating, count }) => ({ label: String(rating), count })),
      },
      ...(table.time ? [timeColumn(table.time, whole)] : []),
    ],
    hidden: 0,
    sample: Array.from({ length: rows }, (_, row) => [
      table.userIds[table.user[row]!]!,
      table.itemIds[table.item[row]!]!,
      String(Number(table.rating[row]!.toPrecision(7))),
      ...(table.time ? [String(table.time[row]!)] : []),
    ]),
    checks: [],
  }
}

function timeColumn(time: Float64Array, missing: readonly number[]): ColumnProfile {
  let low = Infinity
  let high = -Infinity
  for (const t of time) {
    low = Math.min(low, t)
    high = Math.max(high, t)
  }
  const width = (high - low) / bins || 1
  const counts = new Array<number>(high > low ? bins : 1).fill(0)
  for (const t of time) counts[Math.min(counts.length - 1, Math.floor((t - low) / width))]!++
  const histogram = counts.map((count, i) => ({
    label: String(Math.round(low + i * width)),
    count,
  }))
  return {
    name: 'time',
    field: 'time',
    missing,
    distinct: new Set(time).size,
    low,
    high,
    histogram,
  }
}
