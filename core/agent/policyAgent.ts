import * as tf from '@tensorflow/tfjs'
import { addListGradient, advantages, clippedFactor } from '#core/bandit/listPolicy'
import type { ComputeOps, Optimizer, OptimizerState } from '#core/compute/ops'
import type { SavedModel } from '#core/model/savedModel'
import { permutation } from '#core/random/distributions'
import type { StreamFactory } from '#core/random/philox'
import type { Agent, AgentUpdate, OwnedRanker } from './agent.ts'
import type { AgentWorld } from './drn.ts'
import type { Feedback } from './feedback.ts'
import { historyBatch, usersWithHistory } from './historyBatch.ts'
import { ItemTable } from './itemTable.ts'
import { networkSets, type NetworkSets } from './networkSets.ts'
import type { PolicyParams } from './params.ts'
import type { Pretraining } from './pretraining.ts'
import { QNetwork } from './qNetwork.ts'
import { sampledScores } from './sampledScores.ts'
import { regressionStep } from './tdUpdate.ts'

/** A list that was shown, with what π gave it then. */
interface PolicyList {
  readonly impression: number
  readonly user: number
  readonly state: Float32Array
  readonly pool: Int32Array // candidates, without padding
  readonly pairs: Float32Array
  readonly shown: Int32Array // places in the pool
  readonly reward: number // clicks per slot
  readonly last: boolean
}

/**
 * Policy gradients over candidate scores: a list is drawn by Plackett–Luce from softmax(f(s, a)), f a
 * network as DRN's. REINFORCE weighs ln π by the return less a running mean, A2C by generalised
 * advantages under a learnt V, PPO clips the same objective over several epochs. In an interleaved
 * list π is that of the agent alone, as if it had drawn the whole of it.
 *
 * Owns tensors: call `dispose`.
 */
export class PolicyAgent implements Agent<QNetwork> {
  readonly weights: QNetwork
  readonly movable = true
  readonly #params: PolicyParams
  readonly #world: AgentWorld
  readonly #stream: StreamFactory
  readonly #items: ItemTable
  readonly #sets: NetworkSets
  readonly #optimizer: Optimizer
  readonly #critic: QNetwork
  readonly #criticOptimizer: Optimizer
  readonly #nothing: ItemTable // the critic scores states: its one item says nothing
  #lists: PolicyList[] = []
  #mean = 0 // running mean of returns
  #updates = 0
  #withHistory: Int32Array | undefined

  constructor(params: PolicyParams, world: AgentWorld, ops: ComputeOps, stream: StreamFactory) {
    const { observed, stateWidth, pairWidth } = world
    const { hidden, learningRate } = params
    this.#params = params
    this.#world = world
    this.#stream = stream
    this.#items = new ItemTable(observed.itemFeatures, observed.itemWidth, pairWidth)
    const itemWidth = this.#items.width
    const shape = { stateWidth, itemWidth, hidden, head: 'hidden1', dueling: true } as const
    this.weights = new QNetwork(shape, ops, stream('weights', 0))
    this.#sets = networkSets(this.weights, this.#items, ops, stream)
    this.#optimizer = ops.optimizer('adam', { learningRate }, this.weights.variables)
    this.#nothing = new ItemTable(new Float32Array(1), 1)
    this.#critic = new QNetwork({ ...shape, itemWidth: 1 }, ops, stream('critic weights', 0))
    this.#criticOptimizer = ops.optimizer('adam', { learningRate }, this.#critic.variables)
  }

  space(layers: Parameters<NetworkSets['space']>[0]): ReturnType<NetworkSets['space']> {
    return this.#sets.space(layers)
  }

  rankerOf(network: QNetwork): OwnedRanker {
    return this.#sets.rankerOf(network)
  }

  ranker(): OwnedRanker {
    return sampledScores(this.rankerOf(this.weights), 1, this.#stream, 'policy list')
  }

  initial(index: number): QNetwork {
    return this.#sets.initial(index)
  }

  /** Towards the logit of the click probability, so that the first lists are not uniform. */
  pretrainStep(step: number, source: Pretraining): number {
    if (source.kind === 'log') return Number.NaN
    const withHistory = (this.#withHistory ??= usersWithHistory(source.observed.history))
    if (withHistory.length === 0) return Number.NaN
    const rng = this.#stream('pretrain', step)
    const { stateWidth } = this.#world
    const batch = historyBatch(source, 64, stateWidth, withHistory, rng)
    const y = batch.y.map((p) => Math.log(Math.max(p, 0.001) / Math.max(1 - p, 0.001)))
    return regressionStep(this.weights, this.#optimizer, this.#items, { ...batch, y }).loss
  }

  begin(): void {
    // π is as pre-training left it
  }

  observe(feedback: Feedback): void {
    // lists of before the run were drawn by another policy
    if (!feedback.lists) return
    const { pool, shown, clicked } = feedback
    const candidates = pool.includes(-1) ? pool.indexOf(-1) : pool.length
    const length = shown.includes(-1) ? shown.indexOf(-1) : shown.length
    if (length === 0) return
    let clicks = 0
    for (let slot = 0; slot < length; slot++) clicks += clicked[slot]!
    this.#lists.push({
      impression: feedback.impression,
      user: feedback.user,
      state: feedback.state.slice(),
      pool: pool.slice(0, candidates),
      pairs: feedback.pairs.slice(0, candidates * this.#world.pairWidth),
      shown: Int32Array.from({ length }, (_, slot) => pool.indexOf(shown[slot]!)),
      reward: clicks / length,
      last: feedback.last,
    })
  }

  update(): AgentUpdate | null {
    if (this.#lists.length === 0) return null
    const { method, epochs, batch } = this.#params
    const weighed = this.#weighed()
    this.#lists = []
    const old = weighed.map(({ list }) => this.#logProbability(list))
    const rounds = method === 'ppo' ? epochs : 1
    let loss = 0
    let entropy = 0
    let slots = 0
    for (let round = 0; round < rounds; round++) {
      const order = permutation(this.#stream('epochs', this.#updates), weighed.length)
      for (let from = 0; from < order.length; from += batch) {
        const chosen = Array.from(order.subarray(from, from + batch), (i) => ({
          ...weighed[i]!,
          old: old[i]!,
        }))
        const step = this.#step(chosen)
        loss += step.loss / rounds
        entropy += step.entropy
        slots += step.slots
      }
      this.#updates++
    }
    return { loss: loss / weighed.length, entropy: entropy / slots }
  }

  /** Every list with the weight of its ln π; the critic or the running mean learns on the way. */
  #weighed(): { readonly list: PolicyList; readonly advantage: number }[] {
    const { method, gamma, lambda } = this.#params
    const byUser = new Map<number, PolicyList[]>()
    for (const list of this.#lists) {
      const own = byUser.get(list.user)
      if (own) own.push(list)
      else byUser.set(list.user, [list])
    }
    const result: { list: PolicyList; advantage: number }[] = []
    const states: Float32Array[] = []
    const targets: number[] = []
    for (const lists of byUser.values()) {
      const rewards = lists.map(({ reward }) => reward)
      const v = method === 'reinforce' ? lists.map(() => 0) : lists.map((list) => this.#value(list))
      // a user who may come back is worth what his last state is worth
      const rest = lists[lists.length - 1]!.last ? 0 : v[v.length - 1]!
      const estimates = advantages(
        rewards,
        [...v, rest],
        gamma,
        method === 'reinforce' ? 1 : lambda,
      )
      lists.forEach((list, i) => {
        result.push({ list, advantage: estimates[i]! })
        states.push(list.state)
        targets.push(estimates[i]! + v[i]!)
      })
    }
    if (method === 'reinforce') {
      for (const entry of result) {
        const gain = entry.advantage
        entry.advantage -= this.#mean
        this.#mean += 0.01 * (gain - this.#mean)
      }
      return result
    }
    const { stateWidth } = this.#world
    const state = new Float32Array(states.length * stateWidth)
    states.forEach((row, i) => state.set(row, i * stateWidth))
    const item = new Int32Array(states.length)
    const y = Float32Array.from(targets)
    regressionStep(this.#critic, this.#criticOptimizer, this.#nothing, { state, item, y })
    return result
  }

  #value({ state }: PolicyList): number {
    return tf.tidy(() => {
      const one = tf.tensor2d(state, [1, state.length])
      return this.#critic.forward(one, this.#nothing.inputs(Int32Array.of(0))).dataSync()[0]!
    })
  }

  #logProbability({ state, pool, pairs, shown }: PolicyList): number {
    const ranker = this.rankerOf(this.weights)
    const scores = new Float32Array(pool.length)
    const users = new Int32Array(1)
    const { pairWidth } = this.#world
    const request = { first: 0, rows: 1, users, states: state, pools: pool, poolSize: pool.length }
    ranker.score(pairWidth > 0 ? { ...request, pairs, pairWidth } : request, scores)
    ranker.dispose()
    return addListGradient(scores, shown, 0, 0, new Float64Array(pool.length)).logProbability
  }

  #step(chosen: readonly { list: PolicyList; advantage: number; old: number }[]): {
    readonly loss: number
    readonly entropy: number
    readonly slots: number
  } {
    const { method, clip, entropyBonus } = this.#params
    const { stateWidth, pairWidth } = this.#world
    const n = chosen.reduce((sum, { list }) => sum + list.pool.length, 0)
    const states = new Float32Array(n * stateWidth)
    const items = new Int32Array(n)
    const pairs = new Float32Array(n * pairWidth)
    let row = 0
    for (const { list } of chosen) {
      items.set(list.pool, row)
      pairs.set(list.pairs, row * pairWidth)
      for (let c = 0; c < list.pool.length; c++) states.set(list.state, (row + c) * stateWidth)
      row += list.pool.length
    }
    let loss = 0
    let entropy = 0
    let slots = 0
    tf.tidy(() => {
      const state = tf.tensor2d(states, [n, stateWidth])
      const item = this.#items.inputs(items, pairWidth > 0 ? pairs : undefined)
      const pass = this.weights.pass(state, item)
      const scores = pass.q.dataSync()
      const change = new Float32Array(n)
      let at = 0
      for (const { list, advantage, old } of chosen) {
        const own = scores.subarray(at, at + list.pool.length)
        const none = new Float64Array(own.length)
        const { logProbability } = addListGradient(own, list.shown, 0, 0, none)
        const ratio = Math.exp(logProbability - old)
        const factor = method === 'ppo' ? clippedFactor(ratio, advantage, clip) : advantage
        const gradient = new Float64Array(own.length)
        const draw = addListGradient(own, list.shown, factor, entropyBonus, gradient)
        // optimisers descend
        gradient.forEach((g, c) => (change[at + c] = -g / chosen.length))
        loss -= advantage * (method === 'ppo' ? ratio : logProbability)
        entropy += draw.entropy
        slots += list.shown.length
        at += list.pool.length
      }
      this.#optimizer.step(pass.gradients(tf.tensor2d(change, [n, 1])))
    })
    return { loss, entropy, slots }
  }

  state(): unknown {
    return {
      network: this.weights.state(),
      optimizer: this.#optimizer.state(),
      critic: this.#critic.state(),
      criticOptimizer: this.#criticOptimizer.state(),
      lists: this.#lists,
      mean: this.#mean,
      updates: this.#updates,
    }
  }

  restore(state: unknown): void {
    const saved = state as PolicyState
    this.weights.restore(saved.network)
    this.#optimizer.restore(saved.optimizer)
    this.#critic.restore(saved.critic)
    this.#criticOptimizer.restore(saved.criticOptimizer)
    this.#lists = [...saved.lists]
    this.#mean = saved.mean
    this.#updates = saved.updates
  }

  save(): SavedModel {
    return this.#sets.save(this.#params.kind, this.#params)
  }

  load(model: SavedModel): void {
    this.#sets.load(model)
  }

  dispose(): void {
    this.#items.dispose()
    this.#nothing.dispose()
    this.weights.dispose()
    this.#critic.dispose()
    this.#optimizer.dispose()
    this.#criticOptimizer.dispose()
  }
}

interface PolicyState {
  readonly network: readonly Float32Array[]
  readonly optimizer: OptimizerState
  readonly critic: readonly Float32Array[]
  readonly criticOptimizer: OptimizerState
  readonly lists: readonly PolicyList[]
  readonly mean: number
  readonly updates: number
}
