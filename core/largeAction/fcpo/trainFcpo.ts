import type { RatingsTable } from '#core/dataset/ratingsTable'
import { interactionCounts } from '#core/episode/ratingBaselines'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { normal, permutation } from '#core/random/distributions'
import type { VectorCache } from '#core/itemSpace/vectorCache'
import { streams, type StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { StudyStep } from '#core/study/study'
import type { Baseline } from '../baselineFigures.ts'
import { itemVectors, vectorsKey } from '../itemVectors.ts'
import { openWorld } from '../openWorld.ts'
import { trainNotes } from '../trainNotes.ts'
import type { FcpoSpec } from '../trainParams.ts'
import type { TrainPoint, TrainReport } from '../trainReport.ts'
import { GaugeMeans } from '../trainSteps.ts'
import { fcpoModel } from './fcpoModel.ts'
import { fillList } from './fillList.ts'
import type { GaussianActor } from './gaussianActor.ts'
import { listFigures, longestList, type Recommender } from './listFigures.ts'
import { costLimit, ListState, listUsers, popularGroup, type ListUser } from './listWorld.ts'
import { newActor } from './newActor.ts'
import type { FcpoParams } from './params.ts'
import { generalisedAdvantages, ridgeFit } from './ridgeCritic.ts'
import {
  trajectories,
  trajectoryCost,
  type CostFigures,
  type Trajectories,
} from './trajectories.ts'
import { trustRegionUpdate, type ListDecisions } from './trustRegion.ts'

interface Checkpoint {
  readonly vectors: ItemVectors
  readonly points: readonly TrainPoint[]
  readonly update: number
  readonly theta: Float64Array
  readonly group: Uint8Array
}

/**
 * Trains the matrix policy. `sampled` of a point are the lists that the policy draws, `argmax` those of
 * its mean, for test users whose other half of liked items is given.
 * @throws RangeError for a world without ratings, or without users to test on
 */
export function* trainFcpo(input: {
  readonly spec: FcpoSpec
  readonly seed: number
  readonly ratings: RatingsTable | null
  readonly cache: VectorCache | null
  readonly checkpoint: unknown
}): Generator<StudyStep<TrainReport>> {
  const { spec, seed } = input
  const params = spec.agent
  const stream = streams(seed)
  const opened = openWorld(spec.world, input.ratings, seed)
  if (opened.kind !== 'ratings') {
    throw new RangeError('world.kind itemToItem has no users: the matrix policy needs ratings')
  }
  const { world, rewards, matrix } = opened
  const earlier = input.checkpoint as Checkpoint | null
  const representation = { kind: 'rating', width: params.width } as const
  const key = vectorsKey(representation, opened, seed)
  const vectors =
    earlier?.vectors ??
    unitLength(yield* itemVectors(representation, opened, stream, key, input.cache))
  const train = listUsers(matrix, matrix.train, stream)
  const test = listUsers(matrix, matrix.test, stream).slice(0, spec.evaluationUsers)
  if (train.length === 0 || test.length === 0) {
    throw new RangeError('no user has two liked items: lower world.relevantFrom')
  }
  checkCatalogue(spec, world.items, [...train, ...test])
  const actor = newActor(params, vectors.width)
  actor.initialise(stream('actor', 0))
  if (earlier) actor.theta.set(earlier.theta)
  const interactions = interactionCounts(rewards)
  let group = earlier?.group ?? popularGroup(interactions, params.popularShare)
  const exposed = new Float64Array(world.items)
  const firstGroup = popularGroup(interactions, params.popularShare)
  const limit = costLimit(
    params.exposureRatio,
    params.listLength,
    params.steps,
    params.gamma,
    params.costSum,
  )

  const served = (users: readonly ListUser[], popular: Uint8Array) =>
    trajectoryCost(trajectories(actor, vectors, users, popular, params, null).costs, params)
  /**
   * Drawn lists and those of the mean, which are served, are both to hold, with the one-sided 95 % bound of the
   * batch's users: a batch that is within by chance would leave others above.
   */
  const excessOf = (drawn: CostFigures, users: readonly ListUser[]): number =>
    Math.max(upperBound(drawn), upperBound(served(users, group))) - limit
  const evaluate = (draws: boolean) => {
    const rng = stream('evaluation', 1)
    const recommend = policyRecommender(actor, vectors, params, draws ? rng : null)
    return listFigures(recommend, test, world.items, firstGroup)
  }
  const baselines = listBaselines(interactions, vectors, test, firstGroup, stream)
  const points: TrainPoint[] = earlier ? [...earlier.points] : []
  let update = earlier?.update ?? 0
  const sums = new GaugeMeans()
  let klMost = 0
  const report = (): TrainReport => ({
    kind: 'fcpo',
    world: world.label,
    vectors: key,
    items: world.items,
    parameters: actor.theta.length,
    baselines,
    points: [...points],
    tree: null,
    notes: trainNotes(spec.world),
  })
  const checkpoint = (): Checkpoint => ({
    vectors,
    points: [...points],
    update,
    theta: actor.theta.slice(),
    group: group.slice(),
  })
  const point = (): StudyStep<TrainReport> => {
    const mean = evaluate(false)
    const cost = served(test, group)
    const costs = { servedCost: cost.mean, servedCostSe: cost.se }
    const most = update > 0 ? { klMost } : {}
    klMost = 0
    points.push({
      update,
      seen: update * params.users * params.steps,
      argmax: mean.figures,
      sampled: evaluate(true).figures,
      gauges: {
        ...sums.take(),
        ...most,
        ...mean.gauges,
        ...costs,
        costLimit: params.constrained ? limit : null,
      },
    })
    return { type: 'point', done: update, total: params.updates, report, checkpoint }
  }
  if (points.length === 0) yield point()
  while (update < params.updates) {
    const rng = stream('update', update)
    const users = Array.from({ length: params.users }, () => train[rng.int(train.length)]!)
    const batch = trajectories(actor, vectors, users, group, params, rng, (item) => {
      exposed[item]!++
    })
    const cost = trajectoryCost(batch.costs, params)
    const done = trustRegionUpdate(actor, listDecisions(batch, vectors, params), {
      maxKl: params.maxKl,
      damping: params.damping,
      excess: params.constrained ? excessOf(cost, users) : -Infinity,
    })
    update++
    klMost = Math.max(klMost, done.kl)
    sums.add({
      trainHits: batch.rewards.reduce((sum, r) => sum + r, 0) / users.length,
      cost: cost.mean,
      kl: done.kl,
      nu: done.nu,
      recovery: done.kind === 'recovery' ? 1 : 0,
      kept: done.kept,
    })
    // the groups follow what the policy shows, as popularity changes with it
    if (params.regroupEvery > 0 && update % params.regroupEvery === 0) {
      group = popularGroup(exposed, params.popularShare)
      exposed.fill(0)
    }
    if (update % spec.evaluateEvery === 0 || update === params.updates) yield point()
    else yield { type: 'progress', stage: 'updates', share: update / params.updates }
  }
  const models = [fcpoModel(actor, vectors, spec)]
  yield { type: 'finished', report: report(), models }
}

/** @throws RangeError if the items beside a user's given ones do not fill his lists */
function checkCatalogue(
  { agent: { listLength, steps } }: FcpoSpec,
  items: number,
  users: readonly ListUser[],
): void {
  const asked = Math.max(longestList, listLength * steps)
  const given = users.reduce((most, user) => Math.max(most, user.given.length), 0)
  if (items - given >= asked) return
  throw new RangeError(
    `agent.listLength ${listLength} × agent.steps ${steps} and an evaluation of ${longestList} items ask for ${asked} different items, but of the ${items} of this world a user is given up to ${given}: shorten the lists or take a larger catalogue`,
  )
}

const upperBound = ({ mean, se }: CostFigures): number => mean + 1.645 * se

/** What an update learns from: rewards standardised, costs in their own units (F3). */
function listDecisions(
  { states, w, rewards, costs }: Trajectories,
  { width }: ItemVectors,
  { steps, gamma, gaeLambda, costSum }: FcpoParams,
): ListDecisions {
  const features = states.map((seen, i) => criticFeatures(seen, width, (i % steps) / steps))
  const costDiscount = costSum === 'plain' ? 1 : gamma
  return {
    states,
    w,
    advantage: standardised(advantages(features, rewards, steps, gamma, gaeLambda)),
    costAdvantage: advantages(features, costs, steps, costDiscount, gaeLambda),
    trajectories: states.length / steps,
  }
}

function advantages(
  features: readonly Float64Array[],
  rewards: Float64Array,
  steps: number,
  gamma: number,
  lambda: number,
): Float64Array {
  const returns = rewards.slice()
  for (let i = returns.length - 2; i >= 0; i--) {
    if ((i + 1) % steps !== 0) returns[i]! += gamma * returns[i + 1]!
  }
  return generalisedAdvantages(rewards, ridgeFit(features, returns), steps, gamma, lambda)
}

/** The user's mean vector, the time, and a constant. */
function criticFeatures(state: Float64Array, width: number, time: number): Float64Array {
  const features = new Float64Array(width + 2)
  features.set(state.subarray(state.length - width))
  features[width] = time
  features[width + 1] = 1
  return features
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
  return values.map((x) => (x - mean) / (Math.sqrt(square) + 1e-8))
}

/** Lists of the policy: K items at a time, the rows in turn; @param rng null for the mean alone */
function policyRecommender(
  actor: GaussianActor,
  vectors: ItemVectors,
  { history, listLength }: FcpoParams,
  rng: Rng | null,
): Recommender {
  const mean = new Float64Array(actor.outputs)
  return (user, length) => {
    const taken = new Uint8Array(vectors.items)
    for (const item of user.given) taken[item] = 1
    const state = new ListState(user, vectors, history).read()
    const found: number[] = []
    while (found.length < length) {
      actor.mean(state, mean)
      const w = rng ? mean.map((m, f) => m + Math.exp(actor.logStd(f)) * normal(rng)) : mean
      const part = new Int32Array(Math.min(listLength, length - found.length))
      fillList(w, vectors, taken, part)
      found.push(...part)
    }
    return Int32Array.from(found)
  }
}

function listBaselines(
  interactions: Float64Array,
  vectors: ItemVectors,
  test: readonly ListUser[],
  popular: Uint8Array,
  stream: StreamFactory,
): readonly Baseline[] {
  const { items } = vectors
  const rng = stream('random lists', 0)
  const inOrder = (order: Iterable<number>) => (user: ListUser, length: number) => {
    const given = new Set(user.given)
    const rest = [...order].filter((item) => !given.has(item))
    return Int32Array.from(rest.slice(0, length))
  }
  const byCount = Array.from(interactions, (_, j) => j).sort((a, b) => {
    return interactions[b]! - interactions[a]! || a - b
  })
  const nearest: Recommender = (user, length) => {
    const taken = new Uint8Array(items)
    for (const item of user.given) taken[item] = 1
    const mean = new ListState(user, vectors, 0).read()
    const list = new Int32Array(length)
    const w = new Float64Array(length * vectors.width)
    for (let k = 0; k < length; k++) w.set(mean, k * vectors.width)
    fillList(w, vectors, taken, list)
    return list
  }
  const figures = (recommend: Recommender) => listFigures(recommend, test, items, popular).figures
  return [
    {
      id: 'random',
      figures: figures((user, length) => inOrder(permutation(rng, items))(user, length)),
    },
    { id: 'popularity', figures: figures(inOrder(byCount)) },
    { id: 'userMean', figures: figures(nearest) },
    {
      id: 'oracle',
      figures: figures((user, length) => {
        const first = [...user.heldOut]
        return inOrder([...first, ...byCount.filter((item) => !user.heldOut.has(item))])(
          user,
          length,
        )
      }),
    },
  ]
}

/** Length 1: a product with a longer vector would prefer popular items whatever the row says. */
function unitLength({ items, width, values }: ItemVectors): ItemVectors {
  const unit = values.slice()
  for (let j = 0; j < items; j++) {
    let square = 0
    for (let f = 0; f < width; f++) square += values[j * width + f]! ** 2
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let f = 0; f < width; f++) unit[j * width + f]! *= scale
  }
  return { items, width, values: unit }
}
