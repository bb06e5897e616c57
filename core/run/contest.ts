import type { Feedback } from '#core/agent/feedback'
import { QNetwork, type AdvantageScorer } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import type { Baselines } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import { randomRanker } from '#core/ranker/baselines'
import type { RankerSpec } from '#core/ranker/params'
import { networkRanker, type Ranker, type RankRequests } from '#core/ranker/ranker'
import type { UpdateEvent } from './batch.ts'
import type { Learner } from './learner.ts'
import type { LineUp, LineUpState, Tick } from './lineUp.ts'
import { Period } from './period.ts'
import type { RoundCredit } from './serving.ts'

/**
 * The designs `duel` and `split`: the rankers of the spec. All rankers of kind `learner` are one
 * network, as those of kind `frozen` are: it is trained on all served lists, whoever they came from,
 * every `majorEveryDuels` rounds of `duelImpressions` impressions, as often as in `explore`.
 */
export class Contest implements LineUp {
  readonly pretrainSteps: number
  readonly roundImpressions: number
  readonly #learns: boolean
  readonly #learner: Learner
  readonly #majorEvery: number
  readonly #majorPeriod: Period
  readonly #learning: NetworkSide
  readonly #frozen: QNetwork | null
  readonly #rankers: readonly Ranker[]
  readonly #networks: readonly QNetwork[]
  readonly #scorers: AdvantageScorer[] = []
  readonly #frozenSide: NetworkSide | null
  #duel = 0

  constructor(
    spec: ExperimentSpec,
    learner: Learner,
    baselines: Baselines,
    ops: ComputeOps,
    stream: StreamFactory,
  ) {
    const { network, items } = learner.agent
    const kinds = new Set(spec.rankers.map(({ kind }) => kind))
    const frozen = kinds.has('frozen')
      ? new QNetwork(network.shape, ops, stream('weights', 0))
      : null
    const networks: QNetwork[] = frozen ? [frozen] : []
    this.#learns = kinds.has('learner')
    this.pretrainSteps = this.#learns || frozen ? spec.agent.pretrainSteps : 0
    this.#learner = learner
    const { majorEveryDuels, majorSeconds } = spec.agent
    this.roundImpressions = spec.explorer.duelImpressions
    this.#majorEvery = this.#learns && majorSeconds === 0 ? majorEveryDuels : 0
    this.#majorPeriod = new Period(this.#learns ? majorSeconds : 0)
    this.#frozen = frozen
    this.#learning = new NetworkSide(() => network.scorer(items))
    this.#frozenSide = frozen && new NetworkSide(() => frozen.scorer(items))
    const untrained = (): Ranker => {
      // the first has the learner's own initial weights, every other one is drawn independently
      const index = networks.filter((other) => other !== frozen).length
      const fresh = new QNetwork(network.shape, ops, stream('weights', index))
      networks.push(fresh)
      const scorer = fresh.scorer(items)
      this.#scorers.push(scorer)
      return networkRanker(scorer)
    }
    const make = ({ kind }: RankerSpec, place: number): Ranker => {
      switch (kind) {
        case 'learner':
          return this.#learning
        case 'frozen':
          return this.#frozenSide!
        case 'untrained':
          return untrained()
        case 'factors':
        case 'popularity':
        case 'staticBest':
          return baselines[kind]
        case 'random':
          return randomRanker(stream, `random ${place}`)
      }
    }
    this.#rankers = spec.rankers.map(make)
    this.#networks = networks
  }

  begin(): void {
    this.#learner.begin()
    this.#frozen?.restore(this.#learner.agent.network.state())
  }

  rankers(): readonly Ranker[] {
    return this.#rankers
  }

  observe(feedback: Feedback): void {
    if (this.#learns) this.#learner.observe(feedback)
  }

  closeRound(_credit: RoundCredit, impression: number): readonly UpdateEvent[] {
    this.#duel++
    if (this.#majorEvery === 0 || this.#duel % this.#majorEvery !== 0) return []
    return this.#majorUpdate(impression)
  }

  get dueAt(): number {
    return this.#majorPeriod.due
  }

  /** Rounds only count towards major updates here, so that none is ever void. */
  tick(seconds: number, _credit: RoundCredit, impression: number): Tick {
    const events = this.#majorPeriod.reached(seconds) ? this.#majorUpdate(impression) : []
    return { events, roundOver: false }
  }

  #majorUpdate(impression: number): readonly UpdateEvent[] {
    const major = this.#learner.majorUpdate(impression)
    this.#learning.drop()
    return major ? [major] : []
  }

  state(): LineUpState {
    const due = [Infinity, this.#majorPeriod.due] as const
    return { duel: this.#duel, due, ...(this.#frozen ? { frozen: this.#frozen.state() } : {}) }
  }

  restore(state: LineUpState): void {
    this.#duel = state.duel
    this.#majorPeriod.restore(state.due[1])
    if (state.frozen) this.#frozen?.restore([...state.frozen])
  }

  dispose(): void {
    this.#learning.drop()
    this.#frozenSide?.drop()
    for (const scorer of this.#scorers) scorer.dispose()
    for (const network of this.#networks) network.dispose()
  }
}

/** A network whose weights change between requests: its scorer is made again after each change. */
class NetworkSide implements Ranker {
  readonly #make: () => AdvantageScorer
  #scorer: AdvantageScorer | null = null

  constructor(make: () => AdvantageScorer) {
    this.#make = make
  }

  score({ states, pools, poolSize, pairs }: RankRequests, out: Float32Array): void {
    this.#scorer ??= this.#make()
    this.#scorer.score(states, pools, poolSize, out, pairs)
  }

  /** The weights have changed, or the run is over. */
  drop(): void {
    this.#scorer?.dispose()
    this.#scorer = null
  }
}
