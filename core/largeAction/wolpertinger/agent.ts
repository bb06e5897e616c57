import { Arena, type Block } from '#core/compute/arena'
import { ArenaNetwork, networkWork, type ArenaNetworkState } from '#core/compute/arenaNetwork'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { StreamFactory } from '#core/random/philox'
import {
  clusteredIndex,
  exactIndex,
  indexedItems,
  type Blocked,
  type IndexedItems,
  type ItemIndex,
} from './itemIndex.ts'
import { neighbourCount, type WolpertingerParams } from './params.ts'

/** Weight of the loss that pulls Q at a proto-action to Q at its nearest item, and of its length. */
const nnWeight = 1
const lengthWeight = 1e-3

/** A batch of transitions; `nextBlocked` are the items that may not follow. */
export interface Transitions {
  readonly rows: number
  readonly states: Float32Array // [rows × stateWidth]
  readonly items: Int32Array // [rows]
  readonly rewards: Float32Array // [rows]
  readonly nextStates: Float32Array // [rows × stateWidth]
  readonly done: Uint8Array // [rows]
  readonly nextBlocked: Blocked
}

export interface Decision {
  readonly items: Int32Array // [rows]
  readonly values: Float32Array // Q of each, [rows]
  /** Euclidean distance from the proto-action to the nearest item, [rows]. */
  readonly gaps: Float32Array
}

/** What one update saw: the losses, and the terms of the cure that keeps proto-actions near items. */
interface UpdateFigures {
  readonly criticLoss: number
  /** Mean length of the actor's output, before it is brought to 1 where that is the cure. */
  readonly protoLength: number
  /** Mean (Q(s, â) − Q(s, 1NN(â)))²; only with the cure `nnLoss`. */
  readonly nearestLoss?: number
}

/**
 * Wolpertinger: an actor proposes a point in item space, the k nearest items are looked up, the critic
 * picks the best of them: π(s) = argmax over a ∈ g_k(f(s)) of Q(s, a).
 *
 * Source: Dulac-Arnold et al., "Deep reinforcement learning in large discrete action spaces", 2015,
 * arXiv 1512.07679; training as Lillicrap et al., ICLR 2016, with the whole target policy on s′.
 */
export class WolpertingerAgent {
  readonly k: number
  readonly vectors: ItemVectors
  readonly stateWidth: number
  readonly #params: WolpertingerParams
  readonly #arena: Arena
  readonly #items: IndexedItems
  readonly #index: ItemIndex
  readonly #actor: ArenaNetwork
  readonly #critic: ArenaNetwork
  readonly #actorTarget: ArenaNetwork
  readonly #criticTarget: ArenaNetwork
  readonly #states: Block
  readonly #proto: Block
  readonly #pairs: Block
  readonly #near: Int32Array

  /**
   * @param vectors of the items; brought to unit length where the cure is `normalise`
   * @param rows most states of a call
   */
  constructor(
    vectors: ItemVectors,
    stateWidth: number,
    rows: number,
    params: WolpertingerParams,
    stream: StreamFactory | null,
  ) {
    const { hidden, cure } = params
    this.vectors = cure === 'normalise' ? unitLength(vectors) : vectors
    this.stateWidth = stateWidth
    this.#params = params
    const { items, width } = vectors
    this.k = neighbourCount(params, items)
    const actorSizes = [stateWidth, hidden, hidden, width]
    const criticSizes = [stateWidth + width, hidden, hidden, 1]
    const most = Math.max(rows, params.batch)
    const pairs = most * this.k
    const work =
      2 * networkWork(actorSizes, most, true) +
      2 * networkWork(criticSizes, pairs, true) +
      pairs * (stateWidth + width) +
      items * (3 * width + 8) +
      most * (items + stateWidth + width) +
      20 * items
    const arena = (this.#arena = new Arena(work))
    const network = (
      sizes: readonly number[],
      most: number,
      output: 'tanh' | 'linear',
      trains: boolean,
    ) => new ArenaNetwork(arena, sizes, most, { output, trains })
    this.#actor = network(actorSizes, most, 'tanh', true)
    this.#critic = network(criticSizes, pairs, 'linear', true)
    this.#actorTarget = network(actorSizes, most, 'tanh', false)
    this.#criticTarget = network(criticSizes, pairs, 'linear', false)
    if (stream) {
      this.#actor.initialise(stream('actor', 0))
      this.#critic.initialise(stream('critic', 0))
      this.#actorTarget.copyFrom(this.#actor)
      this.#criticTarget.copyFrom(this.#critic)
    }
    this.#items = indexedItems(arena, this.vectors)
    this.#index =
      params.index === 'exact'
        ? exactIndex(arena, this.#items, most)
        : clusteredIndex(this.#items, arena)
    this.#states = arena.block(most * stateWidth)
    this.#proto = arena.block(most * width)
    this.#pairs = arena.block(pairs * (stateWidth + width))
    this.#near = new Int32Array(pairs)
  }

  get environments(): number {
    return this.#params.environments
  }

  get parameters(): number {
    return this.#actor.weights.values.length + this.#critic.weights.values.length
  }

  /** What the policy shows in each state; `target` asks the target networks. */
  decide(
    states: Float32Array,
    rows: number,
    blocked: Blocked,
    networks: 'online' | 'target' = 'online',
  ): Decision {
    const { k, stateWidth } = this
    const { width, values } = this.vectors
    const online = networks === 'online'
    this.#propose(online ? this.#actor : this.#actorTarget, states, rows)
    this.#index.nearest(this.#proto.at, rows, k, blocked, this.#near)
    const pair = stateWidth + width
    for (let row = 0; row < rows; row++) {
      const state = states.subarray(row * stateWidth, (row + 1) * stateWidth)
      for (let i = 0; i < k; i++) {
        const at = (row * k + i) * pair
        // a place without an item repeats the nearest one and is never taken
        const item = Math.max(0, this.#near[row * k + i]!)
        this.#pairs.values.set(state, at)
        this.#pairs.values.set(values.subarray(item * width, (item + 1) * width), at + stateWidth)
      }
    }
    const critic = online ? this.#critic : this.#criticTarget
    const q = critic.forward(this.#pairs.at, rows * k).values
    const decision = {
      items: new Int32Array(rows),
      values: new Float32Array(rows),
      gaps: new Float32Array(rows),
    }
    for (let row = 0; row < rows; row++) {
      let best = 0
      for (let i = 1; i < k; i++) {
        const at = row * k + i
        if (this.#near[at]! < 0) break
        const [gain, current] = [q[at]! - q[row * k + best]!, this.#near[row * k + best]!]
        if (gain > 0 || (gain === 0 && this.#near[at]! < current)) best = i
      }
      decision.items[row] = this.#near[row * k + best]!
      decision.values[row] = q[row * k + best]!
      const nearest = this.#near[row * k]!
      let square = 0
      for (let f = 0; f < width; f++) {
        square += (this.#proto.values[row * width + f]! - values[nearest * width + f]!) ** 2
      }
      decision.gaps[row] = Math.sqrt(square)
    }
    return decision
  }

  /** Where the actor points, [rows × width]. */
  protoActions(states: Float32Array, rows: number): Float32Array {
    this.#propose(this.#actor, states, rows)
    return this.#proto.values.slice(0, rows * this.vectors.width)
  }

  /** y = r + γ(1 − done)·Q′(s′, π′(s′)), π′ the full target policy on s′ (erratum B10). */
  targets({ rows, rewards, nextStates, done, nextBlocked }: Transitions): Float32Array {
    const next = this.decide(nextStates, rows, nextBlocked, 'target').values
    return rewards.map((reward, row) =>
      row < rows && !done[row] ? reward + this.#params.gamma * next[row]! : reward,
    )
  }

  /** One step of critic, actor and targets. */
  update(batch: Transitions): UpdateFigures {
    const { rows, states, items } = batch
    const { width } = this.vectors
    const { actorRate, criticRate, tau, cure } = this.#params
    const y = this.targets(batch)
    this.#pair(states, items, rows)
    const q = this.#critic.forward(this.#pairs.at, rows).values
    let loss = 0
    const gap = this.#critic.outputGradient
    for (let row = 0; row < rows; row++) {
      const error = q[row]! - y[row]!
      loss += (error * error) / rows
      gap[row] = (2 * error) / rows
    }
    this.#critic.backward(rows, 'weights')
    this.#critic.step(criticRate)
    const nearest = cure === 'nnLoss' ? this.#pullToNearest(batch) : null

    const norms = this.#propose(this.#actor, states, rows)
    const protoLength = norms.reduce((sum, length) => sum + length / rows, 0)
    this.#pairWithProto(states, rows)
    this.#critic.forward(this.#pairs.at, rows)
    this.#critic.outputGradient.fill(-1 / rows, 0, rows)
    const back = this.#critic.backward(rows, 'input')
    const slope = this.#actor.outputGradient
    const pair = this.stateWidth + width
    for (let row = 0; row < rows; row++) {
      const at = row * width
      const from = row * pair + this.stateWidth
      if (cure === 'normalise') {
        // through a = p/|p|: the part along a does not change a
        let along = 0
        for (let f = 0; f < width; f++) along += back[from + f]! * this.#proto.values[at + f]!
        for (let f = 0; f < width; f++) {
          const tangent = back[from + f]! - along * this.#proto.values[at + f]!
          slope[at + f] = tangent / norms[row]!
        }
      } else {
        const pull = cure === 'nnLoss' ? (2 * lengthWeight) / rows : 0
        for (let f = 0; f < width; f++) {
          slope[at + f] = back[from + f]! + pull * this.#proto.values[at + f]!
        }
      }
    }
    this.#actor.backward(rows, 'weights')
    this.#actor.step(actorRate)
    this.#actorTarget.follow(this.#actor, tau)
    this.#criticTarget.follow(this.#critic, tau)
    const figures = { criticLoss: loss, protoLength }
    return nearest === null ? figures : { ...figures, nearestLoss: nearest }
  }

  /** Q of the online critic for given items, [rows]. */
  values(states: Float32Array, items: Int32Array, rows: number): Float32Array {
    this.#pair(states, items, rows)
    return this.#critic.forward(this.#pairs.at, rows).values.slice(0, rows)
  }

  state(): WolpertingerState {
    return {
      actor: this.#actor.state(),
      critic: this.#critic.state(),
      actorTarget: this.#actorTarget.state(),
      criticTarget: this.#criticTarget.state(),
    }
  }

  restore(state: WolpertingerState): void {
    this.#actor.restore(state.actor)
    this.#critic.restore(state.critic)
    this.#actorTarget.restore(state.actorTarget)
    this.#criticTarget.restore(state.criticTarget)
  }

  /** Weights for decisions alone. */
  load(actor: Float32Array, critic: Float32Array): void {
    this.#actor.load(actor)
    this.#critic.load(critic)
  }

  /** (Q(s, â) − Q(s, 1NN(â)))² as a loss of the critic at â, which else is free between the items. */
  #pullToNearest({ rows, states, nextBlocked }: Transitions): number {
    this.#propose(this.#actor, states, rows)
    const free = { ...nextBlocked, count: new Int32Array(rows) }
    const nearest = new Int32Array(rows)
    this.#index.nearest(this.#proto.at, rows, 1, free, nearest)
    const at = this.values(states, nearest, rows)
    this.#pairWithProto(states, rows)
    const q = this.#critic.forward(this.#pairs.at, rows).values
    const gap = this.#critic.outputGradient
    let loss = 0
    for (let row = 0; row < rows; row++) {
      const apart = q[row]! - at[row]!
      loss += (apart * apart) / rows
      gap[row] = (2 * nnWeight * apart) / rows
    }
    this.#critic.backward(rows, 'weights')
    this.#critic.step(this.#params.criticRate)
    return loss
  }

  /** Proto-actions into `#proto`; @returns their lengths before they were normalised */
  #propose(actor: ArenaNetwork, states: Float32Array, rows: number): Float64Array {
    const { width } = this.vectors
    this.#states.values.set(states.subarray(0, rows * this.stateWidth))
    const p = actor.forward(this.#states.at, rows).values
    const norms = new Float64Array(rows)
    for (let row = 0; row < rows; row++) {
      let square = 1e-12
      for (let f = 0; f < width; f++) square += p[row * width + f]! ** 2
      norms[row] = Math.sqrt(square)
      const scale = this.#params.cure === 'normalise' ? 1 / norms[row]! : 1
      for (let f = 0; f < width; f++) {
        this.#proto.values[row * width + f] = scale * p[row * width + f]!
      }
    }
    return norms
  }

  #pair(states: Float32Array, items: Int32Array, rows: number): void {
    const { width, values } = this.vectors
    const pair = this.stateWidth + width
    for (let row = 0; row < rows; row++) {
      const state = states.subarray(row * this.stateWidth, (row + 1) * this.stateWidth)
      const item = values.subarray(items[row]! * width, (items[row]! + 1) * width)
      this.#pairs.values.set(state, row * pair)
      this.#pairs.values.set(item, row * pair + this.stateWidth)
    }
  }

  #pairWithProto(states: Float32Array, rows: number): void {
    const { width } = this.vectors
    const pair = this.stateWidth + width
    for (let row = 0; row < rows; row++) {
      const state = states.subarray(row * this.stateWidth, (row + 1) * this.stateWidth)
      const proto = this.#proto.values.subarray(row * width, (row + 1) * width)
      this.#pairs.values.set(state, row * pair)
      this.#pairs.values.set(proto, row * pair + this.stateWidth)
    }
  }
}

export interface WolpertingerState {
  readonly actor: ArenaNetworkState
  readonly critic: ArenaNetworkState
  readonly actorTarget: ArenaNetworkState
  readonly criticTarget: ArenaNetworkState
}

function unitLength({ items, width, values }: ItemVectors): ItemVectors {
  const unit = values.slice()
  for (let j = 0; j < items; j++) {
    let square = 0
    for (let f = 0; f < width; f++) square += unit[j * width + f]! ** 2
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let f = 0; f < width; f++) unit[j * width + f]! *= scale
  }
  return { items, width, values: unit }
}
