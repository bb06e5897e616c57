import type { EpisodicWorld } from '#core/episode/episodicWorld'
import type { Arena, Block } from '#core/compute/arena'
import { RidgeBelief, type RidgePrior } from '#core/episode/ridgeBelief'
import { spdInverse } from '#core/episode/spdInverse'
import type { Rng } from '#core/random/rng'
import type { TpgrParams } from './params.ts'
import { PathGradient } from './pathGradient.ts'
import type { PathNetwork } from './pathNetwork.ts'
import { PathRollout } from './pathRollout.ts'

/** What one update did. */
export interface UpdateFigures {
  /** Mean answer and mean reward per step of the episodes that it learnt from. */
  readonly raw: number
  readonly reward: number
  readonly entropy: number // nats per decision
  readonly gradientNorm: number // before clipping
}

/**
 * REINFORCE for a path policy: the advantage is the discounted return less the mean over the same
 * user's episodes at the same step, over the standard deviation of the batch (TP5).
 */
export class Reinforce {
  readonly #network: PathNetwork
  readonly #params: TpgrParams
  readonly #world: EpisodicWorld
  readonly #rollout: PathRollout
  readonly #gradient: PathGradient
  #taught: Teacher | null = null

  constructor(network: PathNetwork, world: EpisodicWorld, params: TpgrParams) {
    this.#network = network
    this.#params = params
    this.#world = world
    this.#rollout = new PathRollout(network, params.episodesPerUpdate, world.horizon, {
      taped: true,
      sampling: params.sampling,
    })
    this.#gradient = new PathGradient(this.#rollout)
  }

  /** Numbers of arena that training takes. */
  static work(
    network: Pick<PathNetwork, 'shape'>,
    world: EpisodicWorld,
    params: TpgrParams,
  ): number {
    const rows = params.episodesPerUpdate
    const steps = world.horizon
    const { warmUpdates, warmRank } = params
    const teacher = warmUpdates > 0 ? Teacher.work({ rank: warmRank, items: world.items }, rows) : 0
    return (
      teacher +
      PathRollout.work(network, rows, steps) +
      PathGradient.work({ network: network as PathNetwork, rows, steps })
    )
  }

  #teacher(prior: RidgePrior): Teacher {
    this.#taught ??= new Teacher(this.#network.arena, prior, this.#params.episodesPerUpdate)
    return this.#taught
  }

  /**
   * One update from new episodes.
   * @param share of the updates that are done, for the falling step size
   * @param rng a stream that belongs to this update alone
   */
  update(share: number, rng: Rng): UpdateFigures {
    const { episodesPerUpdate: rows, episodesPerUser, gamma, entropy, stateBaseline } = this.#params
    const { horizon, starts } = this.#world
    const users = new Int32Array(rows)
    for (let row = 0; row < rows; row += episodesPerUser) {
      users.fill(starts.train[rng.int(starts.train.length)]!, row, row + episodesPerUser)
    }
    const episodes = this.#world.open(rows)
    const chosen = new Int32Array(rows)
    const rewards = new Float64Array(horizon * rows)
    const lived = new Uint8Array(horizon * rows)
    const { featureWidth } = this.#world
    const states = stateBaseline ? new Float32Array(horizon * rows * featureWidth) : null
    let raw = 0
    episodes.begin(users)
    this.#rollout.begin(episodes)
    for (let step = 0; step < horizon; step++) {
      lived.set(episodes.alive, step * rows)
      states?.set(episodes.features, step * rows * featureWidth)
      this.#rollout.choose(episodes, step, 'sample', chosen, rng)
      episodes.step(chosen, rng)
      for (let row = 0; row < rows; row++) {
        if (!lived[step * rows + row]) continue
        rewards[step * rows + row] = episodes.feedback.reward[row]!
        raw += episodes.feedback.raw[row]!
      }
      this.#rollout.observe(episodes, step, chosen)
    }
    const samples = lived.reduce((n, alive) => n + alive, 0)
    const weight = advantages(rewards, lived, rows, episodesPerUser, gamma, states)
    for (let s = 0; s < weight.length; s++) weight[s]! /= samples
    const meanEntropy = this.#gradient.compute(weight, entropy / samples)
    const { learningRate, finalRate, clip } = this.#params
    const norm = this.#network.step(learningRate * (1 - share * (1 - finalRate)), clip)
    return {
      raw: raw / samples,
      reward: rewards.reduce((sum, r) => sum + r, 0) / samples,
      entropy: meanEntropy,
      gradientNorm: norm,
    }
  }

  /** Writes `update` at every node at which the episodes of the last update had a choice, [nodes]. */
  markPassed(update: number, into: Int32Array): void {
    const { firstNode } = this.#network.shape
    this.#rollout.levels.forEach(({ node, child }, level) => {
      child.forEach((taken, at) => {
        if (taken >= 0) into[firstNode[level]! + node[at]!] = update
      })
    })
  }

  /**
   * One step of imitation: the cross-entropy of the path to what GreedySVD would show, in episodes that
   * go the policy's own way the more often the further the imitation is, and the teacher's else, so that it
   * learns what to do where its own choices lead (DAgger; Ross, Gordon & Bagnell, AISTATS 2011).
   * @param share of the imitation that is done, for the falling step size
   * @returns mean log-probability of the teacher's item
   */
  imitate(teacher: RidgePrior, share: number, rng: Rng): number {
    const rows = this.#params.episodesPerUpdate
    const { horizon, starts } = this.#world
    const users = Int32Array.from(
      { length: rows },
      () => starts.train[rng.int(starts.train.length)]!,
    )
    const episodes = this.#world.open(rows)
    const belief = new RidgeBelief(teacher, rows)
    const taught = this.#teacher(teacher)
    const label = new Int32Array(rows)
    const own = new Int32Array(rows)
    const explain = new Float64Array(rows)
    let likelihood = 0
    episodes.begin(users)
    this.#rollout.begin(episodes)
    belief.begin()
    for (let step = 0; step < horizon; step++) {
      taught.best(belief, episodes.unavailable, label)
      this.#rollout.choose(episodes, step, 'sample', own, rng)
      this.#rollout.choose(episodes, step, 'given', label, rng, explain)
      for (const value of explain) likelihood += value / (rows * horizon)
      for (let row = 0; row < rows; row++) if (rng.u() < share) label[row] = own[row]!
      episodes.step(label, rng)
      for (let row = 0; row < rows; row++) {
        belief.observe(row, label[row]!, episodes.feedback.raw[row]!)
      }
      this.#rollout.observe(episodes, step, label)
    }
    const weight = new Float64Array(horizon * rows).fill(1 / (horizon * rows))
    this.#gradient.compute(weight, 0)
    const { warmRate, finalRate, clip } = this.#params
    this.#network.step(warmRate * (1 - share * (1 - finalRate)), clip)
    return likelihood
  }
}

/** GreedySVD for many rows at once: all scores are one product. */
class Teacher {
  readonly #arena: Arena
  readonly #prior: RidgePrior
  readonly #rows: number
  readonly #items: Block
  readonly #theta: Block
  readonly #scores: Block

  constructor(arena: Arena, prior: RidgePrior, rows: number) {
    this.#arena = arena
    this.#prior = prior
    this.#rows = rows
    this.#items = arena.block(prior.items.length)
    this.#items.values.set(prior.items)
    this.#theta = arena.block(rows * prior.rank)
    this.#scores = arena.block((rows * prior.items.length) / prior.rank)
  }

  static work(prior: { readonly rank: number; readonly items: number }, rows: number): number {
    return prior.rank * (rows + prior.items) + rows * prior.items
  }

  /** @param out the available item with the highest w·θ of each row */
  best(belief: RidgeBelief, unavailable: Uint8Array, out: Int32Array): void {
    const { rank } = this.#prior
    const items = this.#prior.items.length / rank
    this.#theta.values.set(belief.theta)
    const [a, b, scores] = [this.#theta.at, this.#items.at, this.#scores.at]
    this.#arena.multiply({ a, b, transposeB: true, out: scores, m: this.#rows, n: items, k: rank })
    for (let row = 0; row < this.#rows; row++) {
      let most = -Infinity
      for (let at = row * items; at < (row + 1) * items; at++) {
        if (unavailable[at] || this.#scores.values[at]! <= most) continue
        most = this.#scores.values[at]!
        out[row] = at - row * items
      }
    }
  }
}

/**
 * Discounted returns less their mean over the episodes of the same user at the same step, over the
 * standard deviation of all.
 * @param rewards [steps × rows]; a user's episodes stand side by side
 * @param lived 1 where the row's episode went on; others get 0
 * @param states features of the states that were decided in, [steps × rows × width]: what they explain of the
 * returns, by least squares, is taken out too; null for the users' means alone
 */
export function advantages(
  rewards: Float64Array,
  lived: Uint8Array,
  rows: number,
  perUser: number,
  gamma: number,
  states: Float32Array | null = null,
): Float64Array {
  const returns = rewards.slice()
  for (let s = returns.length - rows - 1; s >= 0; s--) returns[s]! += gamma * returns[s + rows]!
  centre(returns, lived, perUser, 1)
  if (states) {
    const width = states.length / returns.length
    const centred = Float64Array.from(states)
    centre(centred, lived, perUser, width)
    takeOut(centred, width, returns)
  }
  const count = lived.reduce((n, alive) => n + alive, 0)
  const square = returns.reduce((sum, x) => sum + x * x, 0)
  const sd = Math.sqrt(square / Math.max(1, count)) + 1e-6
  return returns.map((advantage) => advantage / sd)
}

/** Takes from each value its mean over the episodes of one user at one step; @param width numbers per decision */
function centre(values: Float64Array, lived: Uint8Array, perUser: number, width: number): void {
  for (let first = 0; first < lived.length; first += perUser) {
    for (let f = 0; f < width; f++) {
      let [sum, n] = [0, 0]
      for (let s = first; s < first + perUser; s++) {
        if (!lived[s]) continue
        sum += values[s * width + f]!
        n++
      }
      for (let s = first; s < first + perUser; s++) {
        values[s * width + f] = lived[s] ? values[s * width + f]! - sum / n : 0
      }
    }
  }
}

const ridge = 1e-3

/** Takes from the returns what is linear in the features. @param features [decisions × width] */
function takeOut(features: Float64Array, width: number, returns: Float64Array): void {
  const gram = new Float64Array(width * width)
  const moment = new Float64Array(width)
  for (let s = 0; s < returns.length; s++) {
    const at = s * width
    for (let f = 0; f < width; f++) {
      const x = features[at + f]!
      if (x === 0) continue
      moment[f]! += x * returns[s]!
      for (let g = 0; g < width; g++) gram[f * width + g]! += x * features[at + g]!
    }
  }
  for (let f = 0; f < width; f++) gram[f * width + f]! += ridge
  const inverse = spdInverse(gram, width)
  const slope = new Float64Array(width)
  for (let f = 0; f < width; f++) {
    for (let g = 0; g < width; g++) slope[f]! += inverse[f * width + g]! * moment[g]!
  }
  for (let s = 0; s < returns.length; s++) {
    for (let f = 0; f < width; f++) returns[s]! -= slope[f]! * features[s * width + f]!
  }
}
