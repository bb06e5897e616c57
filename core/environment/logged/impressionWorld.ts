import type { ImpressionLog } from '#core/dataset/kinds/impressions'
import { streams } from '#core/random/philox'
import type { LiveEnvironment } from '../environment.ts'
import { rightSingularVectors } from '../factorise.ts'
import { ImpressionTraffic } from './impressionTraffic.ts'
import type { LoggedImpressionsParams } from './loggedParams.ts'

/** What of a log of impressions is the same for every run. */
export interface ImpressionWorld {
  readonly log: ImpressionLog
  readonly params: LoggedImpressionsParams
  readonly start: number // unix seconds of the first impression
  readonly startsAt: number // seconds after it: the end of the past
  readonly firstOffered: Float64Array // [items], seconds after the first impression
  readonly historyCount: Float64Array // [items], readers who had clicked it before the log
  readonly factors: Float32Array // [items × rank], unit length or 0
  readonly rank: number
  readonly category: Int32Array // [items], −1 unknown
  readonly categories: number
}

/** Categories that get a column; rarer ones share the last. */
const mostCategories = 24

/**
 * A log of impressions as a world (simulators.md D): who asked when and for which candidates is the
 * log's, and what was clicked in it is the truth. Candidates that were not offered do not exist, and
 * users come back as they did, whatever they are shown.
 *
 * Item vectors are factors of the reading histories, beside the category; users are the mean of what
 * they have read.
 */
export function impressionWorld(
  log: ImpressionLog,
  params: LoggedImpressionsParams,
): LiveEnvironment {
  const start = log.time[0] ?? 0
  const firstOfRun = Math.min(log.impressions - 1, Math.floor(log.impressions * params.pastShare))
  const firstOffered = new Float64Array(log.items).fill(Number.POSITIVE_INFINITY)
  for (let i = log.impressions - 1; i >= 0; i--) {
    for (let row = log.first[i]!; row < log.first[i + 1]!; row++) {
      firstOffered[log.item[row]!] = log.time[i]! - start
    }
  }
  const { factors, rank, historyCount } = readingFactors(log, params.factors)
  const { category, categories } = categoriesOf(log)
  const world: ImpressionWorld = {
    log,
    params,
    start,
    startsAt: Math.max(0, log.time[firstOfRun]! - start),
    firstOffered,
    historyCount,
    factors,
    rank,
    category,
    categories,
  }
  const itemWidth = rank + categories
  const itemFeatures = new Float32Array(log.items * itemWidth)
  for (let item = 0; item < log.items; item++) {
    itemFeatures.set(factors.subarray(item * rank, (item + 1) * rank), item * itemWidth)
    if (category[item]! >= 0) itemFeatures[item * itemWidth + rank + category[item]!] = 1
  }
  return {
    kind: 'live',
    users: log.users,
    items: log.items,
    observed: {
      itemFeatures,
      itemWidth,
      factors,
      rank,
      features: [
        { group: 'user', name: 'readContent', width: rank, place: 'state' },
        { group: 'user', name: 'allReads', width: 1, place: 'state' },
        { group: 'user', name: 'requests', width: 1, place: 'state' },
        { group: 'user', name: 'clickRate', width: 1, place: 'state' },
        { group: 'context', name: 'timeOfDay', width: 2, place: 'state' },
        { group: 'context', name: 'weekday', width: 7, place: 'state' },
        { group: 'item', name: 'content', width: rank, place: 'item' },
        { group: 'item', name: 'category', width: categories, place: 'item' },
        { group: 'item', name: 'clicks', width: 4, place: 'pair' },
        { group: 'context', name: 'freshness', width: 1, place: 'pair' },
        { group: 'userItem', name: 'affinity', width: 2, place: 'pair' },
      ],
    },
    open: (plan, fresh) => new ImpressionTraffic(world, plan, fresh),
  }
}

/** Factors of users × what they had read before their first impression of the log. */
function readingFactors(log: ImpressionLog, wanted: number) {
  const historyCount = new Float64Array(log.items)
  const start = new Int32Array(log.users + 1)
  const lists: number[][] = Array.from({ length: log.users }, () => [])
  for (let i = log.impressions - 1; i >= 0; i--) {
    const own = log.history.subarray(log.historyFirst[i], log.historyFirst[i + 1])
    lists[log.user[i]!] = [...new Set(own)]
  }
  lists.forEach((list, user) => {
    start[user + 1] = start[user]! + list.length
    for (const item of list) historyCount[item]!++
  })
  const column = Int32Array.from(lists.flat())
  const rank = Math.max(1, Math.min(wanted, log.items, log.users))
  const factors = new Float32Array(log.items * rank)
  if (column.length > 0) {
    const value = new Float32Array(column.length).fill(1)
    const x = { rows: log.users, columns: log.items, start, column, value }
    factors.set(rightSingularVectors(x, rank, streams(0)('factorise', 0)))
    for (let item = 0; item < log.items; item++) normalise(factors, item * rank, rank)
  }
  return { factors, rank, historyCount }
}

function categoriesOf(log: ImpressionLog) {
  const feature = log.itemFeatures.find(({ name }) => name === 'category') ?? log.itemFeatures[0]
  if (!feature) return { category: new Int32Array(log.items).fill(-1), categories: 1 }
  const counts = new Int32Array(feature.names.length)
  for (const code of feature.code) if (code >= 0) counts[code]!++
  const order = feature.names
    .map((_, code) => code)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
  const categories = Math.max(1, Math.min(mostCategories, order.length))
  const place = new Int32Array(feature.names.length)
  order.forEach((code, rank) => (place[code] = Math.min(rank, categories - 1)))
  return {
    category: feature.code.map((code) => (code < 0 ? -1 : place[code]!)),
    categories,
  }
}

function normalise(values: Float32Array, from: number, width: number): void {
  let square = 0
  for (let f = from; f < from + width; f++) square += values[f]! ** 2
  if (square <= 1e-12) return
  const scale = 1 / Math.sqrt(square)
  for (let f = from; f < from + width; f++) values[f]! *= scale
}
