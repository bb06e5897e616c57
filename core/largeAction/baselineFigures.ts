import { evaluateEpisodes, type EpisodeFigures } from '#core/episode/evaluateEpisodes'
import type { EpisodePolicy } from '#core/episode/episodePolicy'
import {
  fixedOrder,
  greedySvd,
  interactionCounts,
  randomPolicy,
  ratingOracle,
  rewardSums,
} from '#core/episode/ratingBaselines'
import type { RatingMatrix } from '#core/episode/ratingMatrix'
import { ridgePrior } from '#core/episode/ridgeBelief'
import { tablePolicy } from '#core/episode/tablePolicy'
import { greedyAcceptance, valueIteration } from '#core/episode/valueIteration'
import type { StreamFactory } from '#core/random/philox'
import type { OpenedWorld } from './openWorld.ts'

type BaselineId =
  | 'random'
  | 'popularity'
  | 'staticBest'
  | 'greedySvd8'
  | 'greedySvd32'
  | 'greedyAcceptance'
  | 'userMean'
  | 'oracle'

export interface Baseline {
  readonly id: BaselineId
  readonly figures: EpisodeFigures
}

/** Test starts, and how many items each of them finds relevant; null where nothing can be counted. */
export interface TestStarts {
  readonly starts: Int32Array
  readonly relevant: Float64Array | null
}

/** @param most test users that are looked at, an evenly spread choice of all */
export function testStarts(opened: OpenedWorld, most: number): TestStarts {
  const all = opened.world.starts.test
  const count = Math.min(most, all.length)
  const starts = Int32Array.from({ length: count }, (_, i) => {
    return all[Math.floor((i * all.length) / count)]!
  })
  const relevant =
    opened.kind === 'ratings'
      ? Float64Array.from(starts, (user) => relevantItems(opened.matrix, user))
      : null
  return { starts, relevant }
}

function relevantItems({ rewards, relevant }: RatingMatrix, user: number): number {
  let count = 0
  for (let e = rewards.start[user]!; e < rewards.start[user + 1]!; e++) count += relevant[e]!
  return count
}

/**
 * What every learning chart carries (agents.md §2): in world A random, popularity, the static best list,
 * GreedySVD of rank 8 and 32 and the user's own ratings in order; in world B random, the most acceptable
 * item, the most acceptable next item, and value iteration. Yields the share that is done.
 */
export function* baselineFigures(
  opened: OpenedWorld,
  { starts, relevant }: TestStarts,
  stream: StreamFactory,
): Generator<number, readonly Baseline[]> {
  const found: Baseline[] = []
  const policies = [...baselinePolicies(opened, stream)]
  for (const [id, policy] of policies) {
    const figures = evaluateEpisodes(
      opened.world,
      policy(),
      starts,
      stream('evaluation', 0),
      relevant,
    )
    found.push({ id, figures })
    yield found.length / policies.length
  }
  return found
}

function baselinePolicies(
  opened: OpenedWorld,
  stream: StreamFactory,
): readonly (readonly [BaselineId, () => EpisodePolicy])[] {
  if (opened.kind === 'itemToItem') {
    const { items } = opened.world
    const { greedy, popular } = greedyAcceptance(opened.hidden, items)
    return [
      ['random', randomPolicy],
      ['popularity', () => tablePolicy(popular)],
      ['greedyAcceptance', () => tablePolicy(greedy)],
      ['oracle', () => tablePolicy(valueIteration(opened.hidden, items, 0.9).policy)],
    ]
  }
  const { rewards, matrix } = opened
  const svd = (rank: number) => () =>
    greedySvd(ridgePrior(rewards, rank, stream('greedy svd', rank)))
  return [
    ['random', randomPolicy],
    ['popularity', () => fixedOrder(interactionCounts(rewards))],
    ['staticBest', () => fixedOrder(rewardSums(rewards))],
    ['greedySvd8', svd(8)],
    ['greedySvd32', svd(32)],
    ['oracle', () => ratingOracle(matrix)],
  ]
}
