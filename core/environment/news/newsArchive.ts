import { exponential, normal } from '#core/random/distributions'
import type { StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { NewsParams } from './newsParams.ts'

const day = 86_400

/** All items from the start of the log to the horizon, in the order of publication. */
export interface NewsArchive {
  readonly items: number
  readonly published: Float64Array // [items], s; the run starts at 0
  readonly topic: Uint8Array // [items]
  readonly provider: Uint8Array // [items]
  readonly content: Float32Array // [items × dimensions], unit length
  readonly quality: Float64Array // [items], logits
  readonly topicMeans: Float64Array // [topics × dimensions], unit length
}

/**
 * Poisson arrivals whose topics drift in popularity from day to day.
 * @throws RangeError when nothing is ever published
 */
export function newsArchive(params: NewsParams, stream: StreamFactory): NewsArchive {
  const { topics, dimensions, providers } = params
  const topicMeans = new Float64Array(topics * dimensions)
  const ofMeans = stream('topic means', 0)
  for (let k = 0; k < topics; k++) unitNormal(topicMeans, k * dimensions, dimensions, ofMeans)

  // older items than the log itself, so that its first requests have candidates
  const start = -(params.logDays * day + params.expiryHours * 3600)
  const arrivals = stream('arrivals of news', 0)
  const published: number[] = []
  for (let time = start; ;) {
    time += exponential(arrivals, 3600 / params.newsPerHour)
    if (time >= params.days * day) break
    published.push(time)
  }
  const items = published.length
  if (items === 0) {
    throw new RangeError(
      `environment.newsPerHour is ${params.newsPerHour}, at which no item is published in the ${params.days} days of this world (environment.days); raise one of them`,
    )
  }
  const archive = {
    items,
    published: Float64Array.from(published),
    topic: new Uint8Array(items),
    provider: new Uint8Array(items),
    content: new Float32Array(items * dimensions),
    quality: new Float64Array(items),
    topicMeans,
  }
  const popularity = dirichlet(topics, stream('topic popularity', 0))
  let today = Math.floor(start / day)
  const drift = stream('topic drift', 0)
  const draw = stream('news', 0)
  const vector = new Float64Array(dimensions)
  for (let j = 0; j < items; j++) {
    for (; today < Math.floor(published[j]! / day); today++) {
      for (let k = 0; k < topics; k++) popularity[k]! *= Math.exp(params.topicDrift * normal(drift))
    }
    const topic = weighted(popularity, draw)
    archive.topic[j] = topic
    archive.provider[j] = draw.int(providers)
    archive.quality[j] = params.qualityMean + params.qualitySpread * normal(draw)
    for (let d = 0; d < dimensions; d++) {
      vector[d] = topicMeans[topic * dimensions + d]! + params.contentSpread * normal(draw)
    }
    normalise(vector, 0, dimensions)
    archive.content.set(vector, j * dimensions)
  }
  return archive
}

/** Writes a point drawn uniformly from the unit sphere. */
export function unitNormal(out: Float64Array, at: number, width: number, rng: Rng): void {
  for (let d = at; d < at + width; d++) out[d] = normal(rng)
  normalise(out, at, width)
}

export function normalise(values: Float64Array, at: number, width: number): void {
  let square = 0
  for (let d = at; d < at + width; d++) square += values[d]! ** 2
  const scale = 1 / Math.sqrt(square)
  for (let d = at; d < at + width; d++) values[d]! *= scale
}

/** Dirichlet(1, …, 1), not normalised. */
function dirichlet(n: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: n }, () => exponential(rng, 1))
}

function weighted(weights: Float64Array, rng: Rng): number {
  let total = 0
  for (const weight of weights) total += weight
  let left = rng.u() * total
  for (let k = 0; k < weights.length; k++) if ((left -= weights[k]!) < 0) return k
  return weights.length - 1
}
