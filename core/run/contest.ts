import type { OwnedRanker } from '#core/agent/agent'
import type { AgentWorld } from '#core/agent/drn'
import type { Feedback } from '#core/agent/feedback'
import type { Pretraining } from '#core/agent/pretraining'
import type { ComputeOps } from '#core/compute/ops'
import type { Baselines } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { WeightSpace } from '#core/explorer/weightSpace'
import type { ModelsByHash } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'
import { randomRanker } from '#core/ranker/baselines'
import type { RankerSpec } from '#core/ranker/params'
import type { Ranker } from '#core/ranker/ranker'
import type { UpdateEvent } from './batch.ts'
import { Learner, type LearnerState } from './learner.ts'
import type { LineUp, LineUpState, Tick } from './lineUp.ts'
import { modelRanker } from './modelSide.ts'
import { Period } from './period.ts'
import type { RoundCredit } from './serving.ts'

/** What the sides of a contest are made of, beside the spec. */
interface Ring {
  readonly world: AgentWorld
  readonly baselines: Baselines
  readonly models: ModelsByHash
  readonly ops: ComputeOps
  readonly stream: StreamFactory
}

/**
 * The designs `duel` and `split`: the rankers of the spec. A ranker of kind `learner` with an agent of
 * its own is a learner of its own; those without share the spec's. Every learner is trained on all
 * served lists, whoever they came from, as often as its own spec says, in rounds of `duelImpressions`.
 */
export class Contest implements LineUp {
  readonly pretrainSteps: number
  readonly roundImpressions: number
  readonly #main: Learner
  readonly #usesMain: boolean // by a learner or by its frozen copy
  readonly #sides: readonly LearningSide[] // one per learner that goes on learning
  readonly #rankers: readonly Ranker[]
  readonly #space: WeightSpace<unknown>
  readonly #frozen: FrozenSide | null
  readonly #disposables: { dispose(): void }[] = []
  #duel = 0

  /** @throws RangeError for a model that was not handed over or can not rank in this world */
  constructor(
    spec: ExperimentSpec,
    main: Learner,
    { world, baselines, models, ops, stream }: Ring,
  ) {
    const { agent } = main
    this.#main = main
    this.#space = agent.space('all')
    this.roundImpressions = spec.explorer.duelImpressions
    const kinds = new Set(spec.rankers.map(({ kind }) => kind))
    this.#frozen = kinds.has('frozen') ? new FrozenSide(main) : null
    const shared = spec.rankers.some((ranker) => ranker.kind === 'learner' && !ranker.agent)
    const mainSide = shared ? new LearningSide(main, false) : null
    this.#usesMain = shared || this.#frozen !== null
    const sides: LearningSide[] = mainSide ? [mainSide] : []
    let untrained = 0
    const make = (ranker: RankerSpec, place: number): Ranker => {
      switch (ranker.kind) {
        case 'learner': {
          if (!ranker.agent) return mainSide!
          const own: StreamFactory = (name, index) => stream(`side ${place}: ${name}`, index)
          const side = new LearningSide(new Learner(ranker.agent, world, ops, own), true)
          sides.push(side)
          return side
        }
        case 'frozen':
          return this.#frozen!
        case 'untrained': {
          // the first has the learner's own initial weights, every other one is drawn independently
          const weights = agent.initial(untrained++)
          const fresh = agent.rankerOf(weights)
          this.#disposables.push(fresh, { dispose: () => this.#space.dispose(weights) })
          return fresh
        }
        case 'model': {
          const path = `rankers.${place}.model`
          const model = models[ranker.model]
          if (!model) {
            throw new RangeError(`${path} ${ranker.model.slice(0, 12)}… was not handed to the run`)
          }
          const own: StreamFactory = (name, index) => stream(`side ${place}: ${name}`, index)
          const saved = naming(path, () => modelRanker(model, world, ops, own))
          this.#disposables.push(saved)
          return saved
        }
        case 'factors':
        case 'popularity':
        case 'staticBest':
          return baselines[ranker.kind]
        case 'random':
          return randomRanker(stream, `random ${place}`)
      }
    }
    this.#rankers = spec.rankers.map(make)
    this.#sides = sides
    const steps = sides.map(({ learner }) => learner.spec.pretrainSteps)
    this.pretrainSteps = Math.max(0, this.#usesMain ? spec.agent.pretrainSteps : 0, ...steps)
  }

  pretrainStep(step: number, source: Pretraining): void {
    if (this.#usesMain) this.#main.pretrainStep(step, source)
    for (const { own, learner } of this.#sides) if (own) learner.pretrainStep(step, source)
  }

  begin(): void {
    this.#main.begin()
    for (const { own, learner } of this.#sides) if (own) learner.begin()
    this.#frozen?.freeze()
  }

  rankers(): readonly Ranker[] {
    return this.#rankers
  }

  observe(feedback: Feedback): void {
    for (const { learner } of this.#sides) learner.observe(feedback)
  }

  closeRound(_credit: RoundCredit, impression: number): readonly UpdateEvent[] {
    this.#duel++
    return this.#sides.flatMap((side) => side.afterRound(this.#duel, impression))
  }

  get dueAt(): number {
    return Math.min(...this.#sides.map(({ period }) => period.due), Infinity)
  }

  /** Rounds only count towards major updates here, so that none is ever void. */
  tick(seconds: number, _credit: RoundCredit, impression: number): Tick {
    return {
      events: this.#sides.flatMap((side) => side.atTime(seconds, impression)),
      roundOver: false,
    }
  }

  /** A frozen copy is its learner as long as nothing has changed that one. */
  learnerAt(side: number): Learner | null {
    const ranker = this.#rankers[side]
    if (ranker instanceof LearningSide) return ranker.learner
    const isUnchanged = !this.#sides.some(({ learner }) => learner === this.#main)
    return ranker instanceof FrozenSide && isUnchanged ? this.#main : null
  }

  state(): LineUpState {
    const own = this.#sides.filter((side) => side.own)
    return {
      duel: this.#duel,
      due: this.#sides.map(({ period }) => period.due),
      ...(own.length > 0 ? { learners: own.map(({ learner }) => learner.state()) } : {}),
      ...(this.#frozen ? { frozen: this.#frozen.state() } : {}),
    }
  }

  restore(state: LineUpState): void {
    this.#duel = state.duel
    this.#sides.forEach(({ period }, i) => period.restore(state.due[i]!))
    const own = this.#sides.filter((side) => side.own)
    own.forEach(({ learner }, i) => learner.restore(state.learners![i] as LearnerState))
    if (state.frozen) this.#frozen?.restore(state.frozen)
  }

  dispose(): void {
    for (const side of this.#sides) side.dispose()
    this.#frozen?.dispose()
    for (const owned of this.#disposables) owned.dispose()
  }
}

/** A learner that stands in the contest: its ranker is made again after each update. */
class LearningSide implements Ranker {
  readonly learner: Learner
  readonly own: boolean // or the main one, which others look after
  readonly period: Period
  #ranker: OwnedRanker | null = null

  constructor(learner: Learner, own: boolean) {
    this.learner = learner
    this.own = own
    this.period = new Period(learner.spec.majorSeconds)
  }

  score(...request: Parameters<Ranker['score']>): void {
    this.#ranker ??= this.learner.agent.ranker()
    this.#ranker.score(...request)
  }

  afterRound(duel: number, impression: number): readonly UpdateEvent[] {
    const { majorEveryDuels, majorSeconds } = this.learner.spec
    if (majorSeconds > 0 || majorEveryDuels === 0 || duel % majorEveryDuels !== 0) return []
    return this.#update(impression)
  }

  atTime(seconds: number, impression: number): readonly UpdateEvent[] {
    return this.period.reached(seconds) ? this.#update(impression) : []
  }

  #update(impression: number): readonly UpdateEvent[] {
    const major = this.learner.majorUpdate(impression)
    this.#drop()
    return major ? [major] : []
  }

  #drop(): void {
    this.#ranker?.dispose()
    this.#ranker = null
  }

  dispose(): void {
    this.#drop()
    if (this.own) this.learner.dispose()
  }
}

/** The main learner's weights as they were after pre-training. */
class FrozenSide implements Ranker {
  readonly #learner: Learner
  readonly #space: WeightSpace<unknown>
  readonly #weights: unknown
  #ranker: OwnedRanker | null = null

  constructor(learner: Learner) {
    this.#learner = learner
    this.#space = learner.agent.space('all')
    this.#weights = this.#space.create()
  }

  freeze(): void {
    this.#space.copy(this.#weights, this.#learner.agent.weights)
  }

  score(...request: Parameters<Ranker['score']>): void {
    this.#ranker ??= this.#learner.agent.rankerOf(this.#weights)
    this.#ranker.score(...request)
  }

  state(): readonly (Float32Array | Float64Array)[] {
    return this.#space.values(this.#weights)
  }

  restore(values: readonly (Float32Array | Float64Array)[]): void {
    this.#space.assign(this.#weights, values)
  }

  dispose(): void {
    this.#ranker?.dispose()
    this.#space.dispose(this.#weights)
  }
}

/** What `make` throws for its input, with the field of the spec before it. */
function naming<T>(path: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RangeError(`${path}: ${error.message}`, { cause: error })
  }
}
