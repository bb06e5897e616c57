import { QNetwork, type AdvantageScorer } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import { applyMinorRule, explore } from '#core/explorer/dbgd'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import { networkRanker, type Ranker } from '#core/ranker/ranker'
import type { UpdateEvent } from './batch.ts'
import type { Learner } from './learner.ts'
import type { LineUp, LineUpState } from './lineUp.ts'
import type { RoundCredit } from './serving.ts'

/**
 * The design `explore`: Q against Q~, drawn for each round. The duel of a round decides the minor
 * update, and every few duels replay makes the major update (DRN, WWW 2018).
 */
export class Exploration implements LineUp {
  readonly pretrainSteps: number
  readonly learns = true
  readonly #spec: ExperimentSpec
  readonly #learner: Learner
  readonly #ops: ComputeOps
  readonly #stream: StreamFactory
  /** A is Q itself, or in an A/A run a perturbation of its own; B is Q~. */
  readonly #sideA: QNetwork | null
  readonly #sideB: QNetwork
  #scorers: readonly AdvantageScorer[] = []
  #rankers: readonly Ranker[] = []
  #duel = 0

  constructor(spec: ExperimentSpec, learner: Learner, ops: ComputeOps, stream: StreamFactory) {
    this.pretrainSteps = spec.agent.pretrainSteps
    this.#spec = spec
    this.#learner = learner
    this.#ops = ops
    this.#stream = stream
    const { shape } = learner.agent.network
    this.#sideA = spec.explorer.exchangeable ? new QNetwork(shape, ops, stream('weights', 0)) : null
    this.#sideB = new QNetwork(shape, ops, stream('weights', 0))
  }

  begin(): void {
    this.#learner.begin()
  }

  rankers(): readonly Ranker[] {
    if (this.#rankers.length === 0) this.#draw()
    return this.#rankers
  }

  #draw(): void {
    const { network, items } = this.#learner.agent
    const { explorer } = this.#spec
    explore(network, this.#sideB, explorer, this.#ops, this.#stream('perturb', this.#duel))
    if (this.#sideA) {
      explore(network, this.#sideA, explorer, this.#ops, this.#stream('perturb a', this.#duel))
    }
    this.#scorers = [(this.#sideA ?? network).scorer(items), this.#sideB.scorer(items)]
    this.#rankers = this.#scorers.map(networkRanker)
  }

  closeRound(credit: RoundCredit, impression: number): readonly UpdateEvent[] {
    const { a, b, different } = credit
    const learner = this.#learner
    const events: UpdateEvent[] = []
    const won = different > 0 && b > a
    const result = different === 0 ? 'void' : a === b ? 'tie' : won ? 'applied' : 'refused'
    const loss = Number.NaN
    let stepNorm = 0
    // in an A/A run neither side is Q, so that a win says nothing about Q: it stays as it is
    if (won && !this.#sideA) {
      const update = applyMinorRule(
        learner.agent.network,
        this.#sideB,
        this.#spec.explorer,
        this.#ops,
      )
      stepNorm = update.stepNorm
      if (update.guarded) {
        const guard = { kind: 'guard', impression, result: 'rescaled', stepNorm: 0, loss } as const
        events.push(learner.event(guard))
      }
    }
    events.push(learner.event({ kind: 'minor', impression, result, stepNorm, loss }, credit))
    this.#dropScorers()
    this.#duel++
    const { majorEveryDuels } = this.#spec.agent
    if (majorEveryDuels > 0 && this.#duel % majorEveryDuels === 0) {
      const major = learner.majorUpdate(impression)
      if (major) events.push(major)
    }
    return events
  }

  #dropScorers(): void {
    for (const scorer of this.#scorers) scorer.dispose()
    this.#scorers = []
    this.#rankers = []
  }

  state(): LineUpState {
    return { duel: this.#duel }
  }

  restore(state: LineUpState): void {
    this.#duel = state.duel
  }

  dispose(): void {
    this.#dropScorers()
    this.#sideA?.dispose()
    this.#sideB.dispose()
  }
}
