import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { EventCounts } from '#core/dataset/kinds/events'
import { formatInteger, formatPercent, formatSetting } from '#core/format'

const listedValues = 20

/** What a dataset holds, in a sentence or two with a line per rating or grade. */
export function describeDataset(meta: DatasetMeta): string {
  const count = (n: number, one: string, many = `${one}s`) =>
    `${formatInteger(n)} ${n === 1 ? one : many}`
  const users = count(meta.users, 'user')
  switch (meta.kind) {
    case 'ratings': {
      const scale = `${formatSetting(meta.minRating)} to ${formatSetting(meta.maxRating)}`
      return (
        `${users}, ${count(meta.items, 'item')}, ${count(meta.rows, 'rating')} from ${scale}${meta.hasTime ? ' with times' : ''}.\n` +
        bars(meta.histogram.map(({ rating, count }) => ({ value: rating, count })))
      )
    }
    case 'impressions':
      return `${count(meta.impressions, 'impression')} of ${users}, ${count(meta.rows, 'candidate')} of ${count(meta.items, 'item')}, ${count(meta.clicks, 'click')} (${formatPercent(meta.clicks / meta.rows)}).\n`
    case 'interleaving':
      return `${count(meta.impressions, 'impression')} of ${users}, ${count(meta.rows, 'shown item')}, ${count(meta.clicks, 'click')}, sides ${meta.teams.join(', ')}.\n${eventsLine(meta.events ?? null)}`
    case 'bandit':
      return `${count(meta.rows, 'round')}, ${count(meta.items, 'action')}, ${count(meta.positions, 'position')}, mean reward ${formatSetting(meta.meanReward)}.\n`
    case 'queries':
      return (
        `${count(meta.users, 'query', 'queries')}, ${count(meta.items, 'document')}, ${count(meta.features, 'feature')}.\n` +
        bars(meta.grades.map(({ grade, count }) => ({ value: grade, count })))
      )
  }
}

function eventsLine(events: EventCounts | null): string {
  if (!events) return ''
  const n = (name: Exclude<keyof EventCounts, 'window'>) => formatInteger(events[name])
  return `Events: ${n('credited')} of ${n('rows')} credited (${n('ambiguous')} ambiguous), ${n('unmatched')} without a list, ${n('early')} before it, ${n('late')} too late, ${n('repeated')} repeated, ${n('otherType')} of other types, ${n('unreadable')} unreadable.\n`
}

const bars = (values: readonly { readonly value: number; readonly count: number }[]): string =>
  values
    .slice(0, listedValues)
    .map(({ value, count }) => `  ${formatSetting(value)}: ${formatInteger(count)}\n`)
    .join('')
