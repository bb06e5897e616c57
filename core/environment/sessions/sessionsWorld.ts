import type { LiveEnvironment } from '#core/environment/environment'
import { rightSingularVectors } from '#core/environment/factorise'
import { normal } from '#core/random/distributions'
import { streams, type StreamFactory } from '#core/random/philox'
import { organicView, products, type Products } from './products.ts'
import type { SessionsParams } from './sessionsParams.ts'
import { SessionsTraffic, type ProductRecord } from './sessionsTraffic.ts'

const mostFactors = 8

/**
 * World E (simulators.md): between organic views users are shown recommendations. The recommender has
 * earlier users' organic views on record, and factors of them as the products' features.
 */
export function sessionsWorld(params: SessionsParams): LiveEnvironment {
  const stream = streams(params.worldSeed)
  const hidden = products(params, stream)
  const record = recordedViews(params, hidden, stream)
  const { factors, rank, views } = record
  const most = views.reduce((best, n) => Math.max(best, n), 1)
  const itemWidth = rank + 1
  const itemFeatures = new Float32Array(params.products * itemWidth)
  for (let item = 0; item < params.products; item++) {
    itemFeatures.set(factors.subarray(item * rank, (item + 1) * rank), item * itemWidth)
    itemFeatures[item * itemWidth + rank] = Math.log1p(views[item]!) / Math.log1p(most)
  }
  return {
    kind: 'live',
    users: params.users,
    items: params.products,
    observed: {
      itemFeatures,
      itemWidth,
      factors,
      rank,
      features: [
        { group: 'user', name: 'viewedItems', width: rank, place: 'state' },
        { group: 'user', name: 'lastViewed', width: rank, place: 'state' },
        { group: 'user', name: 'allViews', width: 1, place: 'state' },
        { group: 'user', name: 'requests', width: 1, place: 'state' },
        { group: 'user', name: 'allClicks', width: 1, place: 'state' },
        { group: 'user', name: 'clickRate', width: 1, place: 'state' },
        { group: 'item', name: 'vector', width: rank, place: 'item' },
        { group: 'item', name: 'views', width: 1, place: 'item' },
      ],
    },
    open: (plan, fresh) => new SessionsTraffic(params, hidden, record, plan, fresh),
  }
}

/** Organic views of `logUsers` earlier users, and a truncated SVD of them. */
function recordedViews(
  params: SessionsParams,
  hidden: Products,
  stream: StreamFactory,
): ProductRecord {
  const { products: count, dimensions, logUsers } = params
  const viewsPerUser = 20
  const start = Int32Array.from({ length: logUsers + 1 }, (_, user) => user * viewsPerUser)
  const column = new Int32Array(logUsers * viewsPerUser)
  const views = new Float32Array(count)
  for (let user = 0; user < logUsers; user++) {
    const rng = stream('recorded', user)
    const omega = Float64Array.from({ length: dimensions }, () => normal(rng))
    for (let view = 0; view < viewsPerUser; view++) {
      const item = organicView(hidden, omega, 0, dimensions, rng)
      column[user * viewsPerUser + view] = item
      views[item]!++
    }
  }
  const rank = Math.min(mostFactors, count)
  const value = new Float32Array(column.length).fill(1)
  const rows = { rows: logUsers, columns: count, start, column, value }
  const factors = rightSingularVectors(rows, rank, stream('factorise', 0))
  const scale = Math.sqrt(count)
  return { factors: factors.map((x) => x * scale), rank, views }
}
