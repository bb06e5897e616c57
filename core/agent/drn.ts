import * as tf from '@tensorflow/tfjs'
import type { ComputeOps, Optimizer, OptimizerState } from '#core/compute/ops'
import type { Observed } from '#core/environment/environment'
import type { StreamFactory } from '#core/random/philox'
import type { DrnParams } from './params.ts'
import { QNetwork } from './qNetwork.ts'
import { ReplayBuffer, type ReplayState } from './replayBuffer.ts'
import { regressionStep, tdTargets } from './tdUpdate.ts'

/** Sizes that the environment and the traffic give. */
export interface DrnWorld {
  readonly observed: Observed
  readonly stateWidth: number
  readonly listLength: number
  readonly poolSize: number
}

/**
 * The learner of DRN without its exploration: network, target network, replay and the major update
 * (Zheng et al., WWW 2018, §4.2–4.4). Owns tensors: call `dispose`.
 */
export class DrnAgent {
  readonly network: QNetwork
  readonly items: tf.Tensor2D // [N, I]
  readonly replay: ReplayBuffer
  readonly #target: QNetwork
  readonly #optimizer: Optimizer
  readonly #params: DrnParams
  readonly #world: DrnWorld
  readonly #ops: ComputeOps
  readonly #stream: StreamFactory
  #steps = 0 // gradient steps on replayed transitions

  constructor(params: DrnParams, world: DrnWorld, ops: ComputeOps, stream: StreamFactory) {
    const { itemFeatures, itemWidth } = world.observed
    const shape = {
      stateWidth: world.stateWidth,
      itemWidth,
      hidden: params.hidden,
      head: params.head,
    }
    this.#params = params
    this.#world = world
    this.#ops = ops
    this.#stream = stream
    this.items = tf.tensor2d(itemFeatures, [itemFeatures.length / itemWidth, itemWidth])
    this.network = new QNetwork(shape, ops, stream('weights', 0))
    this.#target = new QNetwork(shape, ops, stream('weights', 0))
    this.#optimizer = ops.optimizer(
      'adam',
      { learningRate: params.learningRate },
      this.network.variables,
    )
    this.replay = new ReplayBuffer({
      capacity: params.replayImpressions,
      stateWidth: world.stateWidth,
      listLength: world.listLength,
      poolSize: world.poolSize,
    })
  }

  /**
   * One step of offline training on the visible interactions: seen pairs with their click
   * probability at a mean rank and, where a missing pair means something, `negativesPerPositive`
   * unseen ones; users are drawn uniformly.
   * @param examination mean probability that a slot is examined
   * @returns the loss before the step
   */
  pretrainStep(step: number, examination: number): number {
    const { observed, stateWidth } = this.#world
    const { history } = observed
    const { unseenValue } = history
    const n = this.#params.batch
    const rng = this.#stream('pretrain', step)
    const users = history.start.length - 1
    const items = observed.popularity.length
    const state = new Float32Array(n * stateWidth)
    const item = new Int32Array(n)
    const y = new Float32Array(n)
    for (let i = 0; i < n; i++) {
      let user = rng.int(users)
      let seen = history.start[user + 1]! - history.start[user]!
      // users without history teach nothing here; the next one with some stands in
      for (let tries = 0; seen === 0 && tries < users; tries++) {
        user = (user + 1) % users
        seen = history.start[user + 1]! - history.start[user]!
      }
      if (seen > 0 && (unseenValue === null || i % (negativesPerPositive + 1) === 0)) {
        const entry = history.start[user]! + rng.int(seen)
        history.leaveOneOut(user, entry, state, i * stateWidth)
        item[i] = history.item[entry]!
        y[i] = examination * history.value[entry]!
      } else {
        const { userFeatures, userWidth } = observed
        state.set(userFeatures.subarray(user * userWidth, (user + 1) * userWidth), i * stateWidth)
        item[i] = rng.int(items)
        y[i] = examination * (unseenValue ?? 0)
      }
    }
    return regressionStep(this.network, this.#optimizer, this.items, { state, item, y })
  }

  /** target ← network, as after pre-training. */
  copyToTarget(): void {
    this.#ops.copy(this.#target.variables, this.network.variables)
  }

  /**
   * The major update: replay fine-tuning of the current weights.
   * @param index number of the update, which positions its random stream
   * @returns mean loss, NaN when no user has returned yet and nothing could be replayed
   */
  majorUpdate(index: number): number {
    if (this.replay.closed === 0) return Number.NaN
    const { batch, majorSteps, targetCopyEvery } = this.#params
    const rng = this.#stream('replay', index)
    let loss = 0
    for (let step = 0; step < majorSteps; step++) {
      const sample = this.replay.sample(batch, rng)
      const y = tdTargets(this.network, this.#target, this.items, sample, this.#params)
      const { state, item } = sample
      loss += regressionStep(this.network, this.#optimizer, this.items, { state, item, y })
      if (++this.#steps % targetCopyEvery === 0) this.copyToTarget()
    }
    return loss / majorSteps
  }

  state(): DrnState {
    return {
      network: this.network.state(),
      target: this.#target.state(),
      optimizer: this.#optimizer.state(),
      replay: this.replay.state(),
      steps: this.#steps,
    }
  }

  restore(state: DrnState): void {
    this.network.restore(state.network)
    this.#target.restore(state.target)
    this.#optimizer.restore(state.optimizer)
    this.replay.restore(state.replay)
    this.#steps = state.steps
  }

  dispose(): void {
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
}

/** The published offline sampling keeps about 11 non-clicks for a click; see spec/drn.md §4. */
const negativesPerPositive = 11
