import { softChoice, softValue } from '#core/bandit/softPolicy'
import type { ComputeOps, Optimizer, OptimizerState } from '#core/compute/ops'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { Agent, AgentUpdate, OwnedRanker } from './agent.ts'
import type { AgentWorld } from './drn.ts'
import type { Feedback } from './feedback.ts'
import { historyBatch, usersWithHistory } from './historyBatch.ts'
import { ItemTable } from './itemTable.ts'
import { networkSets, type NetworkSets } from './networkSets.ts'
import type { SacParams } from './params.ts'
import type { Pretraining } from './pretraining.ts'
import { QNetwork } from './qNetwork.ts'
import { ReplayBuffer, type ReplaySample, type ReplayState } from './replayBuffer.ts'
import { sampledScores } from './sampledScores.ts'
import { filledUp, regressionStep, requestsAtOnce } from './tdUpdate.ts'

/** One of the two critics, with the copy that values its future. */
interface Twin {
  readonly network: QNetwork
  readonly target: QNetwork
  readonly optimizer: Optimizer
}

/**
 * Discrete soft actor-critic over candidate scores. The policy is the closed form π = softmax(Q₁/α), so
 * that there is no network of the actor; lists are drawn from it by Plackett–Luce. Both critics learn
 * y = r + γ·Σ π(a′)·(min Q′(s′, a′) − α ln π(a′)), and α follows a target entropy.
 *
 * Haarnoja et al., "Soft actor-critic algorithms and applications", 2018; Christodoulou, 2019.
 * Owns tensors: call `dispose`.
 */
export class SacAgent implements Agent<QNetwork> {
  /** Of the first critic, by which the agent ranks. */
  readonly weights: QNetwork
  readonly movable = true
  readonly #params: SacParams
  readonly #world: AgentWorld
  readonly #ops: ComputeOps
  readonly #stream: StreamFactory
  readonly #items: ItemTable
  readonly #sets: NetworkSets
  readonly #twins: readonly [Twin, Twin]
  readonly #replay: ReplayBuffer
  #temperature: number
  #withHistory: Int32Array | undefined

  constructor(params: SacParams, world: AgentWorld, ops: ComputeOps, stream: StreamFactory) {
    const { observed, stateWidth, pairWidth, listLength, poolSize } = world
    this.#params = params
    this.#world = world
    this.#ops = ops
    this.#stream = stream
    this.#temperature = params.temperature
    this.#items = new ItemTable(observed.itemFeatures, observed.itemWidth, pairWidth)
    const [first, second] = [this.#twin('weights'), this.#twin('twin weights')]
    this.#twins = [first, second]
    this.weights = first.network
    this.#sets = networkSets(this.weights, this.#items, ops, stream)
    this.#replay = new ReplayBuffer(
      { capacity: params.replayImpressions, stateWidth, listLength, poolSize, pairWidth },
      { beta: 0, openTail: params.openTail, sampling: { kind: 'uniform' } },
    )
  }

  #twin(name: string): Twin {
    const { hidden, learningRate } = this.#params
    const { stateWidth } = this.#world
    const itemWidth = this.#items.width
    const shape = { stateWidth, itemWidth, hidden, head: 'hidden1', dueling: false } as const
    const make = () => new QNetwork(shape, this.#ops, this.#stream(name, 0))
    const network = make()
    const optimizer = this.#ops.optimizer('adam', { learningRate }, network.variables)
    return { network, target: make(), optimizer }
  }

  /** α as it is now. */
  get temperature(): number {
    return this.#temperature
  }

  space(layers: Parameters<NetworkSets['space']>[0]): ReturnType<NetworkSets['space']> {
    return this.#sets.space(layers)
  }

  rankerOf(network: QNetwork): OwnedRanker {
    return this.#sets.rankerOf(network)
  }

  ranker(): OwnedRanker {
    return sampledScores(this.rankerOf(this.weights), this.#temperature, this.#stream, 'sac list')
  }

  initial(index: number): QNetwork {
    return this.#sets.initial(index)
  }

  pretrainStep(step: number, source: Pretraining): number {
    const rng = this.#stream('pretrain', step)
    if (source.kind === 'log') {
      return this.#replay.closed === 0 ? Number.NaN : this.#replayStep(rng).loss
    }
    const withHistory = (this.#withHistory ??= usersWithHistory(source.observed.history))
    if (withHistory.length === 0) return Number.NaN
    const { batch } = this.#params
    const { stateWidth } = this.#world
    return this.#fit(historyBatch(source, batch, stateWidth, withHistory, rng))
  }

  begin(): void {
    for (const { target, network } of this.#twins) {
      this.#ops.copy(target.variables, network.variables)
    }
  }

  observe(feedback: Feedback): void {
    this.#replay.add(feedback)
  }

  update(index: number): AgentUpdate | null {
    if (this.#replay.closed === 0) return null
    const { majorSteps } = this.#params
    const rng = this.#stream('replay', index)
    let [loss, entropy, steps] = [0, 0, 0]
    for (let step = 0; step < majorSteps; step++) {
      const done = this.#replayStep(rng)
      loss += done.loss / majorSteps
      if (done.entropy === null) continue
      entropy += done.entropy
      steps++
    }
    return { loss, entropy: steps > 0 ? entropy / steps : null }
  }

  #replayStep(rng: Rng): { readonly loss: number; readonly entropy: number | null } {
    const { batch, targetTau } = this.#params
    const sample = this.#replay.sample(batch, rng)
    const { y, entropy } = this.#targets(sample)
    const loss = this.#fit({ ...sample, y })
    for (const { target, network } of this.#twins) {
      this.#ops.polyak(target.variables, network.variables, targetTau)
    }
    return { loss, entropy }
  }

  /** Both critics take the same step towards y. @returns the mean of their losses before it */
  #fit(batch: Parameters<typeof regressionStep>[3]): number {
    let loss = 0
    for (const { network, optimizer } of this.#twins) {
      loss += regressionStep(network, optimizer, this.#items, batch).loss / 2
    }
    return loss
  }

  /** y of each transition, and the mean entropy of π in its next state; moves α on the way. */
  #targets(sample: ReplaySample): { readonly y: Float32Array; readonly entropy: number | null } {
    const { gamma, temperatureRate, entropyFraction } = this.#params
    const y = sample.reward.slice()
    const size = sample.nextPool.length / y.length
    const { pools, pairs } = filledUp(sample, size, this.#items.pairWidth)
    const [own, first, second] = [this.weights, this.#twins[0].target, this.#twins[1].target].map(
      (network) => {
        const scorer = network.scorer(this.#items, requestsAtOnce)
        const q = new Float32Array(pools.length)
        scorer.score(sample.nextState, pools, size, q, pairs)
        scorer.dispose()
        return q
      },
    ) as [Float32Array, Float32Array, Float32Array]
    let [entropy, excess, states] = [0, 0, 0]
    for (let i = 0; i < y.length; i++) {
      const at = i * size
      const padded = sample.nextPool.subarray(at, at + size)
      const n = padded.includes(-1) ? padded.indexOf(-1) : size
      if (n === 0) continue // nobody to come, or nothing to show: no future
      const choice = softChoice(own.subarray(at, at + n), this.#temperature)
      const least = first.subarray(at, at + n).map((q, c) => Math.min(q, second[at + c]!))
      y[i]! += gamma * softValue(choice, least, this.#temperature)
      entropy += choice.entropy
      excess += choice.entropy - 0.98 * Math.log(n) * entropyFraction
      states++
    }
    if (states === 0) return { y, entropy: null }
    // α falls while π is more random than asked: the gradient of −ln α · (H̄ − H) by ln α
    this.#temperature *= Math.exp(-temperatureRate * (excess / states))
    return { y, entropy: entropy / states }
  }

  state(): SacState {
    return {
      twins: this.#twins.map(({ network, target, optimizer }) => ({
        network: network.state(),
        target: target.state(),
        optimizer: optimizer.state(),
      })),
      replay: this.#replay.state(),
      temperature: this.#temperature,
    }
  }

  restore(state: SacState): void {
    this.#twins.forEach(({ network, target, optimizer }, i) => {
      const saved = state.twins[i]!
      network.restore(saved.network)
      target.restore(saved.target)
      optimizer.restore(saved.optimizer)
    })
    this.#replay.restore(state.replay)
    this.#temperature = state.temperature
  }

  /** As a network's model, with the second critic beside it. */
  save(): SavedModel {
    const model = this.#sets.save('sac', this.#params)
    const { network } = this.#twins[1]
    const twin = network.state().map((values, t) => ({
      name: `twin ${network.weights[t]!.name}`,
      shape: network.weights[t]!.shape,
      values,
    }))
    return { ...model, arrays: [...model.arrays, ...twin] }
  }

  load(model: SavedModel): void {
    this.#sets.load(model)
    const { network } = this.#twins[1]
    network.restore(
      network.weights.map(({ name, shape }) => modelArray(model, `twin ${name}`, 'float32', shape)),
    )
    this.begin()
  }

  dispose(): void {
    this.#items.dispose()
    for (const { network, target, optimizer } of this.#twins) {
      network.dispose()
      target.dispose()
      optimizer.dispose()
    }
  }
}

interface SacState {
  readonly twins: readonly {
    readonly network: readonly Float32Array[]
    readonly target: readonly Float32Array[]
    readonly optimizer: OptimizerState
  }[]
  readonly replay: ReplayState
  readonly temperature: number
}
