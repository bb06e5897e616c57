import type { Agent } from '#core/agent/agent'
import type { AgentWorld } from '#core/agent/drn'
import type { Feedback } from '#core/agent/feedback'
import { createAgent } from '#core/agent/index'
import type { AgentSpec } from '#core/agent/params'
import type { Pretraining } from '#core/agent/pretraining'
import type { ReplayFindings } from '#core/agent/qCalibration'
import type { ComputeOps } from '#core/compute/ops'
import { weightDistance, weightNorm, type WeightSpace } from '#core/explorer/weightSpace'
import type { StreamFactory } from '#core/random/philox'
import type { UpdateEvent } from './batch.ts'

/** An agent with the record of what its updates did. May own tensors: call `dispose`. */
export class Learner {
  readonly agent: Agent
  readonly spec: AgentSpec
  readonly #space: WeightSpace<unknown>
  #major = 0
  #startNorm = 0
  #norm = 0
  #loss = Number.NaN

  constructor(spec: AgentSpec, world: AgentWorld, ops: ComputeOps, stream: StreamFactory) {
    this.spec = spec
    this.agent = createAgent(spec, world, ops, stream)
    this.#space = this.agent.space('all')
  }

  /** Does nothing once the spec's steps are over. */
  pretrainStep(step: number, source: Pretraining): void {
    if (step < this.spec.pretrainSteps) this.agent.pretrainStep(step, source)
  }

  observe(feedback: Feedback): void {
    this.agent.observe(feedback)
  }

  /** After pre-training, before the first request. */
  begin(): void {
    this.agent.begin()
    this.#startNorm = this.#weightNorm('pre-training')
    this.#norm = this.#startNorm
  }

  /** The major update; null while there is nothing to learn from. */
  majorUpdate(impression: number): UpdateEvent | null {
    const before = this.#space.values(this.agent.weights)
    const update = this.agent.update(this.#major)
    if (!update) return null
    this.#major++
    this.#loss = update.loss
    const stepNorm = weightDistance(this.#space.values(this.agent.weights), before)
    const { loss, entropy } = update
    const facts = { kind: 'major', impression, result: 'trained', stepNorm, loss } as const
    return { ...this.event(facts), entropy: entropy ?? Number.NaN }
  }

  /** An event of the weights as they are now. */
  event(
    facts: Pick<UpdateEvent, 'kind' | 'impression' | 'result' | 'stepNorm' | 'loss'>,
    credit: { readonly a: number; readonly b: number } = { a: 0, b: 0 },
  ): UpdateEvent {
    this.#norm = this.#weightNorm(facts.kind === 'minor' ? 'a minor update' : 'a major update')
    const { normRatio } = this
    return { ...facts, creditA: credit.a, creditB: credit.b, normRatio, entropy: Number.NaN }
  }

  /** @throws RangeError where an update has left what numbers hold: what follows would be no ranking */
  #weightNorm(after: 'pre-training' | 'a minor update' | 'a major update'): number {
    const norm = weightNorm(this.#space.values(this.agent.weights))
    if (Number.isFinite(norm)) return norm
    const stepSize =
      after === 'a minor update' ? 'explorer.alpha or explorer.eta' : this.#stepSizes()
    throw new RangeError(
      `the learner "${this.spec.kind}" diverges: its weights are no longer finite after ${after}; lower ${stepSize}`,
    )
  }

  /** The fields that say how far one step of training goes, by name. */
  #stepSizes(): string {
    const fields = ['learningRate', 'alpha', 'pretrainRate'].filter((field) => field in this.spec)
    return fields.map((field) => `agent.${field}`).join(' or ')
  }

  /** ‖W‖ / ‖W at the first request‖; 1 for weights that started from 0. */
  get normRatio(): number {
    return this.#startNorm > 0 ? this.#norm / this.#startNorm : 1
  }

  /** What replay says of the predictions; null where there is none. */
  learning(): ReplayFindings | null {
    return this.agent.replayFindings?.() ?? null
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
  readonly agent: unknown
}
