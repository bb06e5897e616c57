import type { AdvantageScorer, QNetwork } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import { weightExplorer, type ConfiguredExplorer } from '#core/explorer/index'
import { noUpdate } from '#core/explorer/minorRule'
import { networkSpace } from '#core/explorer/networkSpace'
import type { WeightSpace } from '#core/explorer/weightSpace'
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
  readonly #stream: StreamFactory
  /** A is Q itself, or in an A/A run a perturbation of its own; B is Q~. */
  readonly #sideA: QNetwork | null
  readonly #sideB: QNetwork
  readonly #explorer: ConfiguredExplorer
  readonly #space: WeightSpace<QNetwork>
  #scorers: readonly AdvantageScorer[] = []
  #rankers: readonly Ranker[] = []
  #duel = 0

  constructor(spec: ExperimentSpec, learner: Learner, ops: ComputeOps, stream: StreamFactory) {
    this.pretrainSteps = spec.agent.pretrainSteps
    this.#spec = spec
    this.#learner = learner
    this.#stream = stream
    this.#explorer = weightExplorer({ ...spec.explorer, credit: 'count' })
    this.#space = networkSpace(learner.agent.network, spec.explorer.perturbLayers, ops)
    this.#sideA = this.#explorer.ownSideA ? this.#space.create() : null
    this.#sideB = this.#space.create()
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
    this.#explorer.draw(this.#space, network, this.#sides, (side) =>
      this.#stream(side === 0 ? 'perturb a' : 'perturb', this.#duel),
    )
    this.#scorers = [(this.#sideA ?? network).scorer(items), this.#sideB.scorer(items)]
    this.#rankers = this.#scorers.map(networkRanker)
  }

  get #sides(): readonly QNetwork[] {
    return [this.#sideA ?? this.#learner.agent.network, this.#sideB]
  }

  closeRound(credit: RoundCredit, impression: number): readonly UpdateEvent[] {
    const { a, b, different, served } = credit
    const learner = this.#learner
    const events: UpdateEvent[] = []
    const loss = Number.NaN
    const { result, stepNorm, guarded } =
      different === 0
        ? ({ result: 'void', ...noUpdate } as const)
        : this.#explorer.settle(this.#space, learner.agent.network, this.#sides, [a, b], served)
    if (guarded) {
      const guard = { kind: 'guard', impression, result: 'rescaled', stepNorm: 0, loss } as const
      events.push(learner.event(guard))
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
