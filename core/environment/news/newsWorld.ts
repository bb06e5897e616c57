import type { LiveEnvironment } from '#core/environment/environment'
import type { FeatureGroup } from '#core/environment/features'
import { streams } from '#core/random/philox'
import { newsArchive, type NewsArchive } from './newsArchive.ts'
import type { NewsParams } from './newsParams.ts'
import { NewsTraffic } from './newsTraffic.ts'
import { windowHours } from './readers.ts'
import { Tastes } from './tastes.ts'

/**
 * World C (simulators.md): news that ages, tastes that drift and jump, topics that bore, and users who
 * come back the sooner the more they liked what they saw. News and tastes are the world's; who asks
 * when, and the clicks, are the run's.
 */
export function newsWorld(params: NewsParams): LiveEnvironment & {
  readonly open: (...plan: Parameters<LiveEnvironment['open']>) => NewsTraffic
} {
  const stream = streams(params.worldSeed)
  const archive = newsArchive(params, stream)
  const tastes = new Tastes(params, archive.topicMeans, stream)
  const { topics, providers, dimensions } = params
  return {
    kind: 'live',
    users: params.users,
    items: archive.items,
    observed: {
      itemFeatures: itemFeatures(archive, params),
      itemWidth: topics + providers + dimensions,
      factors: archive.content,
      rank: dimensions,
      features: featuresOf(params),
    },
    open: (plan, fresh) => new NewsTraffic(params, archive, tastes, plan, fresh),
  }
}

/** One-hot topic and provider, and the content; an item's identity is no feature. */
function itemFeatures(
  { items, topic, provider, content }: NewsArchive,
  { topics, providers, dimensions }: NewsParams,
): Float32Array {
  const width = topics + providers + dimensions
  const out = new Float32Array(items * width)
  for (let j = 0; j < items; j++) {
    out[j * width + topic[j]!] = 1
    out[j * width + topics + provider[j]!] = 1
    const own = content.subarray(j * dimensions, (j + 1) * dimensions)
    out.set(own, j * width + topics + providers)
  }
  return out
}

function featuresOf({ topics, providers, dimensions }: NewsParams): readonly FeatureGroup[] {
  const windows = windowHours.length
  return [
    ...windowHours.flatMap((hours): FeatureGroup[] => [
      { group: 'user', name: 'topicClicks', width: topics, place: 'state', hours },
      { group: 'user', name: 'providerClicks', width: providers, place: 'state', hours },
      { group: 'user', name: 'allClicks', width: 1, place: 'state', hours },
    ]),
    { group: 'user', name: 'clickedContent', width: dimensions, place: 'state' }, // ours, not the paper's
    { group: 'user', name: 'requests', width: 1, place: 'state' },
    { group: 'user', name: 'clickRate', width: 1, place: 'state' },
    { group: 'context', name: 'timeOfDay', width: 2, place: 'state' },
    { group: 'context', name: 'weekday', width: 7, place: 'state' },
    { group: 'item', name: 'topic', width: topics, place: 'item' },
    { group: 'item', name: 'provider', width: providers, place: 'item' },
    { group: 'item', name: 'content', width: dimensions, place: 'item' }, // ours
    { group: 'item', name: 'clicks', width: windows, place: 'pair' },
    { group: 'context', name: 'freshness', width: 2, place: 'pair' },
    { group: 'userItem', name: 'shares', width: 2, place: 'pair' },
    { group: 'userItem', name: 'affinity', width: 1, place: 'pair' }, // ours
  ]
}
