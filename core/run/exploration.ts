import type { Feedback } from '#core/agent/feedback'
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
import type { LineUp, LineUpState, Tick } from './lineUp.ts'
import { Period } from './period.ts'
import type { RoundCredit } from './serving.ts'

/**
 * The design `explore`: Q against Q~, drawn for each round. The duel of a round decides the minor
 * update, and every few duels replay makes the major update (DRN, WWW 2018).
 */
export class Exploration implements LineUp {
  readonly pretrainSteps: number
  readonly roundImpressions: number
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
  readonly #roundPeriod: Period
  readonly #majorPeriod: Period
  #duel = 0

  constructor(spec: ExperimentSpec, learner: Learner, ops: ComputeOps, stream: StreamFactory) {
    this.pretrainSteps = spec.agent.pretrainSteps
    const { duelImpressions, duelSeconds } = spec.explorer
    this.roundImpressions = duelSeconds > 0 ? Infinity : duelImpressions
    this.#roundPeriod = new Period(duelSeconds)
    this.#majorPeriod = new Period(spec.agent.majorSeconds)
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
    const { network } = this.#learner.agent
    this.#explorer.draw(this.#space, network, this.#sides, (side) =>
      this.#stream(side === 0 ? 'perturb a' : 'perturb', this.#duel),
    )
    this.#makeScorers()
  }

  #makeScorers(): void {
    const { items } = this.#learner.agent
    this.#dropScorers()
    this.#scorers = this.#sides.map((side) => side.scorer(items))
    this.#rankers = this.#scorers.map(networkRanker)
  }

  get #sides(): readonly QNetwork[] {
    return [this.#sideA ?? this.#learner.agent.network, this.#sideB]
  }

  observe(feedback: Feedback): void {
    this.#learner.observe(feedback)
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
    const { majorEveryDuels, majorSeconds } = this.#spec.agent
    if (majorSeconds === 0 && majorEveryDuels > 0 && this.#duel % majorEveryDuels === 0) {
      const major = learner.majorUpdate(impression)
      if (major) events.push(major)
    }
    return events
  }

  get dueAt(): number {
    return Math.min(this.#roundPeriod.due, this.#majorPeriod.due)
  }

  tick(seconds: number, credit: RoundCredit, impression: number): Tick {
    const events: UpdateEvent[] = []
    let roundOver = false
    if (this.#roundPeriod.reached(seconds) && credit.served > 0) {
      events.push(...this.closeRound(credit, impression))
      roundOver = true
    }
    if (this.#majorPeriod.reached(seconds)) {
      const open = credit.served > 0 && !roundOver
      if (open && this.#spec.agent.majorDuringDuel === 'void') {
        events.push(...this.closeRound({ ...credit, different: 0 }, impression))
        roundOver = true
      }
      const major = open && !roundOver ? this.#carryOver(impression) : this.#renew(impression)
      if (major) events.push(major)
    }
    return { events, roundOver }
  }

  /** A major update between two rounds: the next one draws Q~ from the new W. */
  #renew(impression: number): UpdateEvent | null {
    this.#dropScorers()
    return this.#learner.majorUpdate(impression)
  }

  /** A major update within a round: Q~ ← new W + ΔW. */
  #carryOver(impression: number): UpdateEvent | null {
    const { network } = this.#learner.agent
    const drawn = this.#sides.filter((side) => side !== network)
    const before = network.state()
    const changes = drawn.map((side) =>
      side.state().map((values, t) => values.map((v, i) => v - before[t]![i]!)),
    )
    const event = this.#learner.majorUpdate(impression)
    const after = network.state()
    drawn.forEach((side, s) =>
      side.restore(after.map((values, t) => values.map((v, i) => v + changes[s]![t]![i]!))),
    )
    this.#makeScorers()
    return event
  }

  #dropScorers(): void {
    for (const scorer of this.#scorers) scorer.dispose()
    this.#scorers = []
    this.#rankers = []
  }

  state(): LineUpState {
    return { duel: this.#duel, due: [this.#roundPeriod.due, this.#majorPeriod.due] }
  }

  restore(state: LineUpState): void {
    this.#duel = state.duel
    this.#roundPeriod.restore(state.due[0])
    this.#majorPeriod.restore(state.due[1])
  }

  dispose(): void {
    this.#dropScorers()
    this.#sideA?.dispose()
    this.#sideB.dispose()
  }
}
