import type { ComputeOps, Optimizer, OptimizerState } from '#core/compute/ops'
import type { History, Observed } from '#core/environment/environment'
import type { StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { Feedback } from './feedback.ts'
import { ItemTable } from './itemTable.ts'
import type { DrnParams } from './params.ts'
import type { Pretraining } from './pretraining.ts'
import { QCalibration, type QCalibrationState } from './qCalibration.ts'
import { QNetwork, type AdvantageScorer } from './qNetwork.ts'
import { ReplayBuffer, type ReplaySampling, type ReplayState } from './replayBuffer.ts'
import { regressionStep, requestsAtOnce, tdTargets } from './tdUpdate.ts'

/** Sizes that the environment and the traffic give. */
export interface DrnWorld {
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
export class DrnAgent {
  readonly network: QNetwork
  readonly items: ItemTable
  readonly replay: ReplayBuffer
  /** Of the transitions replayed last. */
  readonly calibration = new QCalibration()
  readonly #target: QNetwork
  #targetScorer: AdvantageScorer | null = null // of the target weights as they are now
  readonly #optimizer: Optimizer
  readonly #params: DrnParams
  readonly #world: DrnWorld
  readonly #ops: ComputeOps
  readonly #stream: StreamFactory
  #withHistory: Int32Array | undefined
  #steps = 0 // gradient steps on replayed transitions

  constructor(params: DrnParams, world: DrnWorld, ops: ComputeOps, stream: StreamFactory) {
    const { itemFeatures, itemWidth } = world.observed
    this.items = new ItemTable(itemFeatures, itemWidth, world.pairWidth)
    const shape = {
      stateWidth: world.stateWidth,
      itemWidth: this.items.width,
      hidden: params.hidden,
      head: params.head,
    }
    this.#params = params
    this.#world = world
    this.#ops = ops
    this.#stream = stream
    this.network = new QNetwork(shape, ops, stream('weights', 0))
    this.#target = new QNetwork(shape, ops, stream('weights', 0))
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

  /**
   * Seen pairs with their click probability at a mean rank and, where a missing pair means something,
   * `negativesPerPositive` unseen ones; users are drawn uniformly among those with a history. The
   * state is that of a user some requests into the run: feedback comes from a few other seen items of
   * his.
   */
  #fitHistory(
    step: number,
    { observed, examination, writeState }: Extract<Pretraining, { readonly kind: 'history' }>,
  ): number {
    const { stateWidth } = this.#world
    const { history } = observed
    const withHistory = (this.#withHistory ??= usersWithHistory(history))
    if (withHistory.length === 0) return Number.NaN
    const n = this.#params.batch
    const rng = this.#stream('pretrain', step)
    const items = observed.popularity.length
    const state = new Float32Array(n * stateWidth)
    const item = new Int32Array(n)
    const y = new Float32Array(n)
    const features = new Float32Array(observed.userWidth)
    const clicked: number[] = []
    for (let i = 0; i < n; i++) {
      const user = withHistory[rng.int(withHistory.length)]!
      const first = history.start[user]!
      const seen = history.start[user + 1]! - first
      const positive = history.unseenValue === null || i % (negativesPerPositive + 1) === 0
      const entry = first + rng.int(seen)
      if (positive) {
        history.leaveOneOut(user, entry, features)
        item[i] = history.item[entry]!
        y[i] = examination * history.value[entry]!
      } else {
        const { userFeatures, userWidth } = observed
        features.set(userFeatures.subarray(user * userWidth, (user + 1) * userWidth))
        item[i] = rng.int(items)
        y[i] = examination * history.unseenValue
      }
      const visits = rng.int(pretrainVisits)
      clicked.length = 0
      for (let visit = 0; visit < visits; visit++) {
        const other = first + rng.int(seen)
        const taken = rng.u() < history.value[other]!
        if (taken && !(positive && other === entry)) clicked.push(history.item[other]!)
      }
      writeState(features, clicked, visits, state, i * stateWidth)
    }
    const batch = { state, item, y }
    return regressionStep(this.network, this.#optimizer, this.items, batch, this.#params).loss
  }

  /** A shown list, for replay. */
  observe(feedback: Feedback): void {
    this.replay.add(feedback)
  }

  /** target ← network, as after pre-training. */
  copyToTarget(): void {
    this.#ops.copy(this.#target.variables, this.network.variables)
    this.#dropTargetScorer()
  }

  /**
   * The major update: replay fine-tuning of the current weights.
   * @param index number of the update, which positions its random stream
   * @returns mean loss, NaN when no user has returned yet and nothing could be replayed
   */
  majorUpdate(index: number): number {
    if (this.replay.closed === 0) return Number.NaN
    const { majorSteps, majorInit } = this.#params
    if (majorInit === 'scratch') this.#startAnew(index)
    const rng = this.#stream('replay', index)
    let loss = 0
    for (let step = 0; step < majorSteps; step++) loss += this.#replayStep(rng)
    return loss / majorSteps
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

function usersWithHistory({ start }: History): Int32Array {
  const users: number[] = []
  for (let u = 0; u + 1 < start.length; u++) if (start[u + 1]! > start[u]!) users.push(u)
  return Int32Array.from(users)
}

/** States of pre-training are spread over a user's first requests. */
const pretrainVisits = 20

/** The published offline sampling keeps about 11 non-clicks for a click; see spec/drn.md §4. */
const negativesPerPositive = 11
