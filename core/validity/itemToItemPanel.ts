import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { EpisodePolicy } from '#core/episode/episodePolicy'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
import { itemToItem, type ItemToItemShape } from '#core/episode/itemToItem'
import { randomPolicy } from '#core/episode/ratingBaselines'
import { tablePolicy } from '#core/episode/tablePolicy'
import { exactValue, greedyAcceptance, valueIteration } from '#core/episode/valueIteration'
import type { ItemToItemWorld } from '#core/largeAction/worldParams'
import { streams } from '#core/random/philox'
import { ratioEstimate } from '#core/run/ratioEstimate'
import { learntNext, nearestNext, swappedNext } from './itemToItemPolicies.ts'
import { anchorLevel, exact, hiddenByType, sameHash, type Panel } from './panel.ts'
import type { Contrast } from './signTests.ts'
import type { Anchor, ValidityCheck } from './validityReport.ts'

/** Reference policies from item to item. */
const itemPolicyIds = ['random', 'popularity', 'learnt', 'greedyW', 'oracle'] as const
export type ItemPolicyId = (typeof itemPolicyIds)[number]

const gamma = 0.9
/** Answers that the learnt policy has seen, per item that it shows. */
const learntFrom = 10
/** By how much the variants are rougher and more willing than the world, in logits. */
const [rougher, willing] = [1, 0.5]

/**
 * World B, where one item is shown at a time (simulators.md B). Policies are tables, so that contrasts
 * need no sampling: every seed is a world of its own.
 */
export function itemToItemPanel(params: ItemToItemWorld, requests: number, seed: number): Panel {
  const { items, horizon } = params
  const { world, vectors, hidden } = itemToItem(params)
  const { greedy, popular } = greedyAcceptance(hidden, items)
  const best = valueIteration(hidden, items, gamma).policy
  const answers = learntFrom * requests
  const policies: Readonly<Record<ItemPolicyId, () => EpisodePolicy>> = {
    random: randomPolicy,
    popularity: () => tablePolicy(popular),
    learnt: () => tablePolicy(learntNext(world, vectors, answers, seed)),
    greedyW: () => tablePolicy(greedy),
    oracle: () => tablePolicy(best),
  }
  const rate = (policy: Int32Array) => exactValue(hidden, items, horizon, policy).acceptRate
  return {
    policies: itemPolicyIds,
    play(id) {
      const policy = itemPolicyIds.find((own) => own === id)!
      const play = () => playItems(world, policies[policy](), seed, requests)
      const played = play()
      const anchor = { policy, ctr: ratioEstimate(played.accepted, played.shown, anchorLevel) }
      if (policy === 'oracle') {
        return { anchor, checks: [inside('exactOptimum', anchor.ctr, rate(best))], seen: {} }
      }
      if (policy !== 'random') return { anchor, checks: [], seen: {} }
      const first = firstSteps(world, seed, answers)
      const mean = sum(hidden.accept) / (items * (items - 1))
      return {
        anchor,
        checks: [
          { ...levelCheck('randomLevel', 'rate'), estimate: anchor.ctr },
          inside('firstStep', ratioEstimate(first.accepted, first.shown, anchorLevel), mean),
          {
            ...levelCheck('episodeLength', 'items'),
            estimate: exact(sum(played.shown) / played.episodes, played.episodes),
          },
          {
            ...levelCheck('candidates', 'items'),
            estimate: exact(items - 1, sum(played.shown)),
          },
          sameHash(played.hash, play().hash, sum(played.shown)),
        ],
        seen: { hash: played.hash },
      }
    },
    compare(anchors) {
      const all = rate(nearestNext(vectors, hidden, items, items))
      return [
        below('randomBelowOracle', 'random', anchors),
        below('learntBelowOracle', 'learnt', anchors),
        {
          block: 'anchors',
          id: 'allNeighbours',
          unit: 'rate',
          estimate: exact(all, 1),
          expected: rate(greedy),
          verdict: all === rate(greedy) ? 'pass' : 'fail',
        },
        hiddenByType,
      ]
    },
    contrasts: contrastsOf(params, answers),
  }
}

/** What world B has to show, each seed a world of its own. */
function contrastsOf(params: ItemToItemWorld, answers: number): readonly Contrast[] {
  const { items, horizon } = params
  const few = Math.max(1, Math.round(items / 10))
  const variant = (seed: number, change: Partial<ItemToItemShape> = {}) => {
    const shape = { ...params, ...change, worldSeed: (params.worldSeed + seed) % 2 ** 32 }
    const { world, vectors, hidden } = itemToItem(shape)
    const earns = (policy: Int32Array) => exactValue(hidden, items, horizon, policy)
    const nearest = (k: number) => earns(nearestNext(vectors, hidden, items, k)).acceptRate
    const learnt = () => learntNext(world, vectors, answers, seed)
    return { hidden, earns, nearest, learnt }
  }
  /** What knowing where one stands is worth. */
  const ownState = (seed: number, change: Partial<ItemToItemShape> = {}) => {
    const { earns, learnt } = variant(seed, change)
    const policy = learnt()
    return earns(policy).acceptRate - earns(swappedNext(policy)).acceptRate
  }
  return [
    {
      check: { block: 'signs', id: 'acceptanceUp', unit: 'difference' },
      expects: 'up',
      difference: (seed) => {
        const mean = (change: Partial<ItemToItemShape>) =>
          sum(variant(seed, change).hidden.accept) / (items * (items - 1))
        return mean({ offset: willing - 4.5 }) - mean({})
      },
    },
    {
      check: { block: 'signs', id: 'roughnessUp', unit: 'difference' },
      expects: 'up',
      difference: (seed) => {
        const gap = (roughness: number) => {
          const { nearest } = variant(seed, { roughness })
          return nearest(few) - nearest(1)
        }
        return gap(params.roughness + rougher) - gap(params.roughness)
      },
    },
    {
      check: { block: 'signs', id: 'planningGains', unit: 'difference' },
      expects: 'up',
      difference: (seed) => {
        const { hidden, earns } = variant(seed)
        const ahead = earns(valueIteration(hidden, items, gamma).policy).perEpisode
        return ahead - earns(greedyAcceptance(hidden, items).greedy).perEpisode
      },
    },
    {
      check: { block: 'leaks', id: 'swappedStates', unit: 'difference' },
      expects: 'down',
      difference: (seed) => -ownState(seed),
    },
    {
      check: { block: 'falsification', id: 'likenessOff', unit: 'difference' },
      expects: 'zero',
      difference: (seed) => ownState(seed, { affinity: 0 }),
    },
  ]
}

interface PlayedItems {
  readonly accepted: Float64Array // [starts]
  readonly shown: Float64Array // [starts]
  readonly episodes: number
  readonly hash: string
}

/** Whole episodes from every start, again and again until at least `most` items were shown. */
function playItems(
  world: EpisodicWorld,
  policy: EpisodePolicy,
  seed: number,
  most: number,
): PlayedItems {
  const starts = world.starts.test
  const rows = starts.length
  const stream = streams(seed)
  const [accepted, shown] = [new Float64Array(rows), new Float64Array(rows)]
  const episodes = world.open(rows)
  const chosen = new Int32Array(rows)
  const hash = sha256.create()
  let round = 0
  for (let total = 0; total < most; round++) {
    const rng = stream('validity', round)
    episodes.begin(starts)
    policy.begin(rows, starts)
    for (let step = 0; episodes.alive.includes(1); step++) {
      policy.act(episodes, step, chosen, rng)
      const alive = episodes.alive.slice()
      episodes.step(chosen, rng)
      policy.observe(episodes, chosen)
      const { hit } = episodes.feedback
      hash.update(new Uint8Array(chosen.slice().buffer)).update(hit.slice()).update(alive)
      for (let row = 0; row < rows; row++) {
        if (!alive[row]) continue
        total++
        shown[row]!++
        accepted[row]! += hit[row]!
      }
    }
  }
  return { accepted, shown, episodes: round * rows, hash: bytesToHex(hash.digest()) }
}

/** Of at least `most` episodes under random, spread over all starts, the first step alone. */
function firstSteps(world: EpisodicWorld, seed: number, most: number) {
  const starts = world.starts.test
  const accepted = new Float64Array(starts.length)
  const shown = new Float64Array(starts.length)
  const episodes = world.open(starts.length)
  const chosen = new Int32Array(starts.length)
  const policy = randomPolicy()
  for (let round = 0; round * starts.length < most; round++) {
    const rng = streams(seed)('first steps', round)
    episodes.begin(starts)
    policy.act(episodes, 0, chosen, rng)
    episodes.step(chosen, rng)
    episodes.feedback.hit.forEach((hit, row) => {
      accepted[row]! += hit
      shown[row]!++
    })
  }
  return { accepted, shown }
}

const levelCheck = (id: 'randomLevel' | 'episodeLength' | 'candidates', unit: 'rate' | 'items') =>
  ({ block: 'level', id, unit, expected: null, verdict: 'info' }) as const

/** A value that is known without sampling has to lie in the interval of the sampled one. */
const inside = (
  id: 'firstStep' | 'exactOptimum',
  estimate: Anchor['ctr'],
  expected: number,
): ValidityCheck => ({
  block: 'anchors',
  id,
  unit: 'rate',
  estimate,
  expected,
  verdict:
    estimate.low !== null && estimate.low <= expected && expected <= estimate.high!
      ? 'pass'
      : 'fail',
})

function below(
  id: 'randomBelowOracle' | 'learntBelowOracle',
  policy: ItemPolicyId,
  anchors: readonly Anchor[],
): ValidityCheck {
  const of = (own: ItemPolicyId) => anchors.find((anchor) => anchor.policy === own)!.ctr
  const [estimate, oracle] = [of(policy), of('oracle')]
  const verdict = (estimate.value ?? 0) < (oracle.value ?? 0) ? 'pass' : 'fail'
  return { block: 'anchors', id, unit: 'rate', estimate, expected: oracle.value, verdict }
}

function sum(values: Float32Array | Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
