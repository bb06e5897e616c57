import type { OwnedRanker } from '#core/agent/agent'
import type { Feedback } from '#core/agent/feedback'
import type { Pretraining } from '#core/agent/pretraining'
import { addCredit } from '#core/explorer/credit'
import {
  exploresWeights,
  roundOf,
  weightExplorer,
  type ConfiguredExplorer,
  type WeightExplorerSpec,
} from '#core/explorer/index'
import { exploringList } from '#core/explorer/listExplorer'
import { noUpdate } from '#core/explorer/minorRule'
import type { WeightSpace } from '#core/explorer/weightSpace'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import type { Ranker } from '#core/ranker/ranker'
import type { UpdateEvent } from './batch.ts'
import type { Learner } from './learner.ts'
import type { LineUp, LineUpState, Tick, WeightPair } from './lineUp.ts'
import { Period } from './period.ts'
import type { RoundCredit } from './serving.ts'

/**
 * The design `explore`: one learner, and the sides that its exploration strategy draws for each round.
 * The credit of a round decides the minor update, and every few rounds the learner makes the major
 * update (DRN, WWW 2018). Strategies that need no weights of their own change lists: there side B is
 * the changed list, and a round decides nothing.
 */
export class Exploration implements LineUp {
  readonly pretrainSteps: number
  readonly roundImpressions: number
  readonly #spec: ExperimentSpec
  readonly #learner: Learner
  readonly #stream: StreamFactory
  readonly #weights: WeightSides | null
  readonly #credit: Float64Array // of each side, in the open round
  #rankers: readonly OwnedRanker[] = []
  readonly #roundPeriod: Period
  readonly #majorPeriod: Period
  #duel = 0
  /** The drawn sides of the open round, once a major update has moved them: no stream gives them again. */
  #carried: LineUpState['carried'] | null = null

  constructor(spec: ExperimentSpec, learner: Learner, stream: StreamFactory) {
    const { explorer, agent } = spec
    this.pretrainSteps = agent.pretrainSteps
    this.roundImpressions = explorer.duelSeconds > 0 ? Infinity : explorer.duelImpressions
    this.#roundPeriod = new Period(explorer.duelSeconds)
    this.#majorPeriod = new Period(agent.majorSeconds)
    this.#spec = spec
    this.#learner = learner
    this.#stream = stream
    this.#weights = exploresWeights(explorer) ? new WeightSides(explorer, learner) : null
    this.#credit = new Float64Array(roundOf(explorer).sides)
  }

  pretrainStep(step: number, source: Pretraining): void {
    this.#learner.pretrainStep(step, source)
  }

  begin(): void {
    this.#learner.begin()
  }

  rankers(): readonly Ranker[] {
    if (this.#rankers.length === 0) {
      if (this.#carried) this.#weights?.assign(this.#carried)
      else this.#weights?.draw((side) => this.#stream(sideStream(side), this.#duel))
      this.#makeRankers()
    }
    return this.#rankers
  }

  weightPair(): WeightPair | null {
    return this.#weights?.pair() ?? null
  }

  #makeRankers(): void {
    const { agent } = this.#learner
    this.#dropRankers()
    if (this.#weights) {
      this.#rankers = this.#weights.sides.map((side) => agent.rankerOf(side))
      return
    }
    const { explorer, traffic } = this.#spec
    const greedy = agent.rankerOf(agent.weights)
    if (exploresWeights(explorer)) return
    const own =
      explorer.kind === 'none'
        ? agent.ranker()
        : exploringList(
            explorer,
            agent.rankerOf(agent.weights),
            Math.min(traffic.listLength, traffic.poolSize),
            this.#stream,
          )
    this.#rankers = [greedy, own]
  }

  observe(feedback: Feedback): void {
    this.#learner.observe(feedback)
    const { explorer, interleaver } = this.#spec
    if (!feedback.lists || !exploresWeights(explorer)) return
    const { lists, shown, teams, clicked } = feedback
    const length = shown.includes(-1) ? shown.indexOf(-1) : shown.length
    const tau = interleaver.kind === 'probabilistic' ? interleaver.tau : 0
    addCredit(explorer.credit, { lists, shown, teams, clicked, length }, tau, this.#credit)
  }

  closeRound(round: RoundCredit, impression: number): readonly UpdateEvent[] {
    const events: UpdateEvent[] = []
    const learner = this.#learner
    const weights = this.#weights
    const loss = Number.NaN
    if (weights) {
      const { explorer } = this.#spec
      // what a method without teams credits is a sum of shares, which only the list itself knows
      const byList =
        exploresWeights(explorer) && explorer.credit === 'count' && this.#credit.length === 2
      const credit = byList ? [round.a, round.b] : Array.from(this.#credit)
      const { result, stepNorm, guarded } =
        round.different === 0
          ? ({ result: 'void', ...noUpdate } as const)
          : weights.settle(credit, round.served)
      if (guarded) {
        const guard = { kind: 'guard', impression, result: 'rescaled', stepNorm: 0, loss } as const
        events.push(learner.event(guard))
      }
      const minor = { kind: 'minor', impression, result, stepNorm, loss } as const
      events.push(learner.event(minor, { a: credit[0]!, b: Math.max(...credit.slice(1)) }))
    }
    this.#openRound()
    const { majorEveryDuels, majorSeconds } = this.#spec.agent
    if (majorSeconds === 0 && majorEveryDuels > 0 && this.#duel % majorEveryDuels === 0) {
      const major = learner.majorUpdate(impression)
      if (major) events.push(major)
    }
    return events
  }

  #openRound(): void {
    this.#dropRankers()
    this.#carried = null
    this.#credit.fill(0)
    this.#duel++
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

  /** A major update between two rounds: the next one draws its sides from the new W. */
  #renew(impression: number): UpdateEvent | null {
    this.#dropRankers()
    return this.#learner.majorUpdate(impression)
  }

  /** A major update within a round: each side ← new W + its own ΔW. */
  #carryOver(impression: number): UpdateEvent | null {
    const update = () => this.#learner.majorUpdate(impression)
    const weights = this.#weights
    if (!weights) {
      const event = update()
      this.#makeRankers()
      return event
    }
    this.rankers() // a run that goes on from a checkpoint has not drawn them yet
    const event = weights.carry(update)
    this.#carried = weights.values()
    this.#makeRankers()
    return event
  }

  #dropRankers(): void {
    for (const ranker of this.#rankers) ranker.dispose()
    this.#rankers = []
  }

  /** Side A is Q; what was explored is folded into it or forgotten. */
  learnerAt(side: number): Learner | null {
    return side === 0 ? this.#learner : null
  }

  state(): LineUpState {
    return {
      duel: this.#duel,
      due: [this.#roundPeriod.due, this.#majorPeriod.due],
      sideCredit: this.#credit.slice(),
      ...(this.#carried ? { carried: this.#carried } : {}),
    }
  }

  restore(state: LineUpState): void {
    this.#duel = state.duel
    this.#roundPeriod.restore(state.due[0]!)
    this.#majorPeriod.restore(state.due[1]!)
    if (state.sideCredit) this.#credit.set(state.sideCredit)
    this.#carried = state.carried ?? null
  }

  dispose(): void {
    this.#dropRankers()
    this.#weights?.dispose()
  }
}

const sideStream = (side: number): string =>
  side === 0 ? 'perturb a' : side === 1 ? 'perturb' : `perturb ${side}`

/** The sets of weights of a round; A is W itself unless the strategy draws that side too. */
class WeightSides {
  readonly #explorer: ConfiguredExplorer
  readonly #space: WeightSpace<unknown>
  readonly #learner: Learner
  readonly #own: readonly unknown[]

  constructor(spec: WeightExplorerSpec, learner: Learner) {
    this.#explorer = weightExplorer(spec)
    this.#space = learner.agent.space(spec.perturbLayers)
    this.#learner = learner
    const drawn = this.#explorer.sides - (this.#explorer.ownSideA ? 0 : 1)
    this.#own = Array.from({ length: drawn }, () => this.#space.create())
  }

  get sides(): readonly unknown[] {
    return this.#explorer.ownSideA ? this.#own : [this.#learner.agent.weights, ...this.#own]
  }

  /** W and the first set that is not W. */
  pair(): WeightPair {
    const { names } = this.#space
    const w = this.#space.values(this.#learner.agent.weights)
    return { names, w, explored: this.#space.values(this.sides[1]) }
  }

  /** What the drawn sides hold. */
  values(): NonNullable<LineUpState['carried']> {
    return this.#own.map((side) => this.#space.values(side))
  }

  assign(values: NonNullable<LineUpState['carried']>): void {
    this.#own.forEach((side, i) => this.#space.assign(side, values[i]!))
  }

  draw(rngOf: Parameters<ConfiguredExplorer['draw']>[3]): void {
    this.#explorer.draw(this.#space, this.#learner.agent.weights, this.sides, rngOf)
  }

  settle(credit: readonly number[], impressions: number) {
    const { weights } = this.#learner.agent
    return this.#explorer.settle(this.#space, weights, this.sides, credit, impressions)
  }

  /** Lets W change and moves each drawn side by the same amount. */
  carry<T>(change: () => T): T {
    const space = this.#space
    const { weights } = this.#learner.agent
    const before = space.create()
    space.copy(before, weights)
    const result = change()
    for (const side of this.#own) {
      space.addScaled(side, weights, 1)
      space.addScaled(side, before, -1)
    }
    space.dispose(before)
    return result
  }

  dispose(): void {
    for (const set of this.#own) this.#space.dispose(set)
  }
}
