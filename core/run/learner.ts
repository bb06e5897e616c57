import { DrnAgent, type DrnState, type DrnWorld } from '#core/agent/drn'
import type { Feedback } from '#core/agent/feedback'
import type { DrnParams } from '#core/agent/params'
import type { Pretraining } from '#core/agent/pretraining'
import type { ComputeOps } from '#core/compute/ops'
import { weightNorm } from '#core/explorer/weightSpace'
import type { StreamFactory } from '#core/random/philox'
import type { UpdateEvent } from './batch.ts'

/** The spec's agent with the record of what its updates did. Owns tensors: call `dispose`. */
export class Learner {
  readonly agent: DrnAgent
  #major = 0
  #startNorm = 0
  #norm = 0
  #loss = Number.NaN

  constructor(params: DrnParams, world: DrnWorld, ops: ComputeOps, stream: StreamFactory) {
    this.agent = new DrnAgent(params, world, ops, stream)
  }

  pretrainStep(step: number, source: Pretraining): void {
    this.agent.pretrainStep(step, source)
  }

  observe(feedback: Feedback): void {
    this.agent.observe(feedback)
  }

  /** After pre-training, before the first request. */
  begin(): void {
    this.agent.copyToTarget()
    this.#startNorm = weightNorm(this.agent.network.state())
    this.#norm = this.#startNorm
  }

  /** Replay training; null while no user has returned and nothing could be replayed. */
  majorUpdate(impression: number): UpdateEvent | null {
    const before = this.agent.network.state()
    const loss = this.agent.majorUpdate(this.#major)
    if (Number.isNaN(loss)) return null
    this.#major++
    this.#loss = loss
    const after = this.agent.network.state()
    const moved = after.map((values, t) => values.map((v, i) => v - before[t]![i]!))
    const stepNorm = weightNorm(moved)
    return this.event({ kind: 'major', impression, result: 'trained', stepNorm, loss })
  }

  /** An event of the weights as they are now. */
  event(
    facts: Pick<UpdateEvent, 'kind' | 'impression' | 'result' | 'stepNorm' | 'loss'>,
    credit: { readonly a: number; readonly b: number } = { a: 0, b: 0 },
  ): UpdateEvent {
    this.#norm = weightNorm(this.agent.network.state())
    return { ...facts, creditA: credit.a, creditB: credit.b, normRatio: this.normRatio }
  }

  get normRatio(): number {
    return this.#norm / this.#startNorm
  }

  /** Of the last major update; NaN before the first. */
  get loss(): number {
    return this.#loss
  }

  state(): LearnerState {
    return {
      major: this.#major,
      startNorm: this.#startNorm,
      norm: this.#norm,
      loss: this.#loss,
      agent: this.agent.state(),
    }
  }

  restore(state: LearnerState): void {
    this.#major = state.major
    this.#startNorm = state.startNorm
    this.#norm = state.norm
    this.#loss = state.loss
    this.agent.restore(state.agent)
  }

  dispose(): void {
    this.agent.dispose()
  }
}

export interface LearnerState {
  readonly major: number
  readonly startNorm: number
  readonly norm: number
  readonly loss: number
  readonly agent: DrnState
}
