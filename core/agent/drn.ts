import type { ComputeOps, Optimizer, OptimizerState } from '#core/compute/ops'
import type { Observed } from '#core/environment/environment'
import type { SavedModel } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { Agent, AgentUpdate, OwnedRanker } from './agent.ts'
import type { Feedback } from './feedback.ts'
import { historyBatch, usersWithHistory } from './historyBatch.ts'
import { ItemTable } from './itemTable.ts'
import { networkSets, type NetworkSets } from './networkSets.ts'
import type { DrnParams } from './params.ts'
import type { Pretraining } from './pretraining.ts'
import { QCalibration, type QCalibrationState, type ReplayFindings } from './qCalibration.ts'
import { QNetwork, type AdvantageScorer } from './qNetwork.ts'
import { ReplayBuffer, type ReplaySampling, type ReplayState } from './replayBuffer.ts'
import { regressionStep, requestsAtOnce, tdTargets } from './tdUpdate.ts'

/** Sizes that the environment and the traffic give. */
export interface AgentWorld {
  readonly observed: Observed
  readonly stateWidth: number
  readonly pairWidth: number
  readonly listLength: number
  readonly poolSize: number
}

/**
 * The learner of DRN without its exploration: network, target network, replay and the major update
 * (Zheng et al., WWW 2018, §4.2–4.4). Owns tensors: call `dispose`.
 */
export class DrnAgent implements Agent<QNetwork> {
  readonly network: QNetwork
  readonly movable = true
  readonly #sets: NetworkSets
  readonly items: ItemTable
  readonly replay: ReplayBuffer
  /** Of the transitions replayed last. */
  readonly calibration = new QCalibration()
  readonly #target: QNetwork
  #targetScorer: AdvantageScorer | null = null // of the target weights as they are now
  readonly #optimizer: Optimizer
  readonly #params: DrnParams
  readonly #world: AgentWorld
  readonly #ops: ComputeOps
  readonly #stream: StreamFactory
  #withHistory: Int32Array | undefined
  #steps = 0 // gradient steps on replayed transitions

  constructor(params: DrnParams, world: AgentWorld, ops: ComputeOps, stream: StreamFactory) {
    const { itemFeatures, itemWidth } = world.observed
    this.items = new ItemTable(itemFeatures, itemWidth, world.pairWidth)
    const shape = {
      stateWidth: world.stateWidth,
      itemWidth: this.items.width,
      hidden: params.hidden,
      head: params.head,
      dueling: params.dueling,
    }
    this.#params = params
    this.#world = world
    this.#ops = ops
    this.#stream = stream
    this.network = new QNetwork(shape, ops, stream('weights', 0))
    this.#target = new QNetwork(shape, ops, stream('weights', 0))
    this.#sets = networkSets(this.network, this.items, ops, stream)
    this.#optimizer = ops.optimizer(
      'adam',
      { learningRate: params.learningRate },
      this.network.variables,
    )
    const { beta, openTail } = params
    const rule = { beta, openTail, sampling: samplingOf(params) }
    const kept = {
      capacity: params.replayImpressions,
      stateWidth: world.stateWidth,
      listLength: world.listLength,
      poolSize: world.poolSize,
      pairWidth: world.pairWidth,
    }
    this.replay = new ReplayBuffer(kept, rule)
  }

  /**
   * One step of offline training before the first request.
   * @returns the loss before the step; NaN when there is nothing to train on
   */
  pretrainStep(step: number, source: Pretraining): number {
    switch (source.kind) {
      case 'history':
        return this.#fitHistory(step, source)
      case 'log':
        return this.replay.closed === 0
          ? Number.NaN
          : this.#replayStep(this.#stream('pretrain', step))
    }
  }

  #fitHistory(step: number, source: Extract<Pretraining, { readonly kind: 'history' }>): number {
    const withHistory = (this.#withHistory ??= usersWithHistory(source.observed.history))
    if (withHistory.length === 0) return Number.NaN
    const rng = this.#stream('pretrain', step)
    const { stateWidth } = this.#world
    const batch = historyBatch(source, this.#params.batch, stateWidth, withHistory, rng)
    return regressionStep(this.network, this.#optimizer, this.items, batch, this.#params).loss
  }

  /** A shown list, for replay. */
  replayFindings(): ReplayFindings | null {
    const calibration = this.calibration.deciles()
    return calibration.length > 0 ? { calibration, dropped: this.replay.dropped } : null
  }

  observe(feedback: Feedback): void {
    this.replay.add(feedback)
  }

  get weights(): QNetwork {
    return this.network
  }

  space(layers: Parameters<NetworkSets['space']>[0]): ReturnType<NetworkSets['space']> {
    return this.#sets.space(layers)
  }

  rankerOf(network: QNetwork): OwnedRanker {
    return this.#sets.rankerOf(network)
  }

  ranker(): OwnedRanker {
    return this.rankerOf(this.network)
  }

  initial(index: number): QNetwork {
    return this.#sets.initial(index)
  }

  begin(): void {
    this.copyToTarget()
  }

  /** target ← network, as after pre-training. */
  copyToTarget(): void {
    this.#ops.copy(this.#target.variables, this.network.variables)
    this.#dropTargetScorer()
  }

  /**
   * The major update: replay fine-tuning of the current weights.
   * @param index number of the update, which positions its random stream
   * @returns null when no user has returned yet and nothing could be replayed
   */
  update(index: number): AgentUpdate | null {
    if (this.replay.closed === 0) return null
    const { majorSteps, majorInit } = this.#params
    if (majorInit === 'scratch') this.#startAnew(index)
    const rng = this.#stream('replay', index)
    let loss = 0
    for (let step = 0; step < majorSteps; step++) loss += this.#replayStep(rng)
    return { loss: loss / majorSteps, entropy: null }
  }

  /** Fresh weights and an optimiser without memory. */
  #startAnew(index: number): void {
    const fresh = new QNetwork(this.network.shape, this.#ops, this.#stream('weights', index + 1))
    this.network.restore(fresh.state())
    fresh.dispose()
    this.copyToTarget()
    const { slots } = this.#optimizer.state()
    this.#optimizer.restore({ steps: 0, slots: slots.map((slot) => new Float32Array(slot.length)) })
  }

  #replayStep(rng: Rng): number {
    const { batch, targetCopyEvery, targetTau, centreAdvantage } = this.#params
    const sample = this.replay.sample(batch, rng)
    const scorer = (this.#targetScorer ??= this.#target.scorer(this.items, requestsAtOnce))
    const target = { network: this.#target, scorer }
    const y = tdTargets(this.network, target, this.items, sample, this.#params)
    const { loss, predicted } = regressionStep(
      this.network,
      this.#optimizer,
      this.items,
      {
        ...sample,
        y,
        ...(centreAdvantage ? { candidates: this.replay.candidates(sample) } : {}),
      },
      this.#params,
    )
    const errors = y.map((target, i) => target - predicted[i]!)
    this.replay.prioritise(sample, errors)
    this.calibration.add(predicted, y)
    this.#steps++
    if (targetTau > 0) {
      this.#ops.polyak(this.#target.variables, this.network.variables, targetTau)
      this.#dropTargetScorer()
    } else if (this.#steps % targetCopyEvery === 0) this.copyToTarget()
    return loss
  }

  #dropTargetScorer(): void {
    this.#targetScorer?.dispose()
    this.#targetScorer = null
  }

  save(): SavedModel {
    return this.#sets.save('drn', this.#params)
  }

  load(model: SavedModel): void {
    this.#sets.load(model)
    this.copyToTarget()
  }

  state(): DrnState {
    return {
      network: this.network.state(),
      target: this.#target.state(),
      optimizer: this.#optimizer.state(),
      replay: this.replay.state(),
      steps: this.#steps,
      calibration: this.calibration.state(),
    }
  }

  restore(state: DrnState): void {
    this.network.restore(state.network)
    this.#target.restore(state.target)
    this.#dropTargetScorer()
    this.#optimizer.restore(state.optimizer)
    this.replay.restore(state.replay)
    this.#steps = state.steps
    this.calibration.restore(state.calibration)
  }

  dispose(): void {
    this.#dropTargetScorer()
    this.items.dispose()
    this.network.dispose()
    this.#target.dispose()
    this.#optimizer.dispose()
  }
}

export interface DrnState {
  readonly network: readonly Float32Array[]
  readonly target: readonly Float32Array[]
  readonly optimizer: OptimizerState
  readonly replay: ReplayState
  readonly steps: number
  readonly calibration: QCalibrationState
}

function samplingOf(params: DrnParams): ReplaySampling {
  switch (params.sampling) {
    case 'uniform':
      return { kind: 'uniform' }
    case 'recency':
      return { kind: 'recency', halfLife: params.recencyHalfLife }
    case 'prioritised':
      return {
        kind: 'prioritised',
        exponent: params.priorityExponent,
        correction: params.priorityCorrection,
      }
  }
}
