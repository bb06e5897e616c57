import { DrnAgent, type DrnState, type WriteState } from '#core/agent/drn'
import { QNetwork, type AdvantageScorer } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import { createEnvironment } from '#core/environment/index'
import type { Environment } from '#core/environment/environment'
import { applyMinorRule, explore, weightNorm } from '#core/explorer/dbgd'
import type { ExperimentSpec } from '#core/experimentSpec'
import { streams, type StreamFactory } from '#core/random/philox'
import type { Checkpoint, ImpressionChunk, RunBatch, UpdateEvent } from './batch.ts'
import { emptyChain, extendChain } from './digest.ts'
import { Serving, type DuelCredit } from './serving.ts'
import { simulatedClicks, type SimulatedClicks } from './simulatedClicks.ts'
import { summarise, type RunFacts } from './summarise.ts'
import type { RunSummary } from './summary.ts'
import { Tally, type TallyState } from './tally.ts'
import { schedule, type Schedule } from './traffic.ts'
import { UserMemory, type UserMemoryState } from './userMemory.ts'

export interface RunInput {
  readonly spec: ExperimentSpec
  readonly seed: number
  readonly ops: ComputeOps
  readonly backend: string // as it shall stand in the summary
  readonly ratings: RatingsTable | null
  readonly checkpoint: Checkpoint | null
  /** Users scored in one call; any value gives the same results. */
  readonly usersPerCall?: number
}

export type RunStep =
  | {
      readonly type: 'progress'
      readonly stage: 'preparing' | 'pretraining'
      readonly share: number
    }
  | {
      readonly type: 'batch'
      readonly batch: RunBatch
      /** Only until the generator is asked for the next step. */
      readonly summary: () => RunSummary
      readonly checkpoint: () => Checkpoint
    }
  | { readonly type: 'finished'; readonly summary: RunSummary }

/** Part of the digest: changes whenever the same spec and seed may give other results. */
export const engineVersion = '2'

/**
 * The one loop. Rounds of M impressions are served by a fixed pair (Q, Q~); the duel of a round
 * decides the minor update, and every few duels replay makes the major update (DRN, WWW 2018).
 * A batch leaves after every `pointEvery` impressions and is a pure function of (spec, seed).
 *
 * It awaits nothing by itself; tensors are freed when the generator ends or is returned.
 * @throws RangeError for a spec that the world can not carry, naming the field
 */
// eslint-disable-next-line @typescript-eslint/require-await -- async, so that a consumer can wait between batches
export async function* runExperiment(input: RunInput): AsyncGenerator<RunStep> {
  const { spec, seed, checkpoint } = input
  yield { type: 'progress', stage: 'preparing', share: 0 }
  const stream = streams(seed)
  const environment = createEnvironment(spec.environment, input.ratings)
  const plan = schedule(spec.traffic, environment.users, stream)
  const pointEvery = pointSpacing(plan.total)
  const saved = checkpoint ? (checkpoint.state as RunState) : null
  const run = new Run(input, environment, plan, stream, saved)
  try {
    let step = checkpoint ? checkpoint.step + 1 : 0
    if (!checkpoint) {
      for (let done = 0; done < spec.agent.pretrainSteps; done++) {
        if (done % 50 === 0) {
          yield { type: 'progress', stage: 'pretraining', share: done / spec.agent.pretrainSteps }
        }
        run.pretrainStep(done)
      }
      run.begin()
    }
    const summary = () => summarise(run.tally, spec, { ...run.facts(), backend: input.backend })
    while (run.served < plan.total) {
      const batch = run.nextBatch(step, Math.min(pointEvery, plan.total - run.served))
      const state = () => ({
        format: 1 as const,
        step: batch.step,
        done: batch.done,
        state: run.state(),
      })
      yield { type: 'batch', batch, summary, checkpoint: state }
      step++
    }
    run.tally.finish()
    yield { type: 'finished', summary: summary() }
  } finally {
    run.dispose()
  }
}

/** About 200 points a run, none closer than 16 impressions nor wider than 1,024. */
function pointSpacing(total: number): number {
  return Math.min(1024, Math.max(16, Math.ceil(total / 200)))
}

interface RunState {
  readonly served: number
  readonly duel: number
  readonly major: number
  readonly credit: DuelCredit
  readonly startNorm: number
  readonly norm: number
  readonly loss: number
  readonly chain: Uint8Array
  readonly agent: DrnState
  readonly memory: UserMemoryState
  readonly tally: TallyState
  readonly serving: { readonly lastImpression: Int32Array }
}

/** The moving parts of a run between two batches. */
class Run {
  readonly tally: Tally
  served = 0
  readonly #spec: ExperimentSpec
  readonly #schedule: Schedule
  readonly #stream: StreamFactory
  readonly #ops: ComputeOps
  readonly #clicks: SimulatedClicks
  readonly #memory: UserMemory
  readonly #agent: DrnAgent
  readonly #serving: Serving
  /** A is Q itself, or in an A/A run a perturbation of its own; B is Q~. */
  readonly #sideA: QNetwork | null
  readonly #sideB: QNetwork
  readonly #untrainedNetwork: QNetwork
  readonly #untrained: AdvantageScorer
  #scorers: { readonly a: AdvantageScorer; readonly b: AdvantageScorer } | null = null
  #credit: DuelCredit = noCredit()
  #duel = 0
  #major = 0
  #startNorm = 0
  #norm = 0
  #loss = Number.NaN
  #chain: Uint8Array = emptyChain

  constructor(
    { spec, ops, usersPerCall }: RunInput,
    environment: Environment,
    plan: Schedule,
    stream: StreamFactory,
    saved: RunState | null,
  ) {
    this.#spec = spec
    this.#schedule = plan
    this.#ops = ops
    this.#stream = stream
    this.#clicks = simulatedClicks(spec.click, spec.traffic.listLength)
    this.#memory = new UserMemory(environment.observed, environment.users, environment.items)
    const poolSize = Math.min(spec.traffic.poolSize, environment.items)
    const listLength = Math.min(spec.traffic.listLength, poolSize)
    const world = {
      observed: environment.observed,
      stateWidth: this.#memory.stateWidth,
      listLength,
      poolSize,
    }
    this.#agent = new DrnAgent(spec.agent, world, ops, stream)
    const { shape } = this.#agent.network
    this.#sideA = spec.explorer.exchangeable ? new QNetwork(shape, ops, stream('weights', 0)) : null
    this.#sideB = new QNetwork(shape, ops, stream('weights', 0))
    const untrained = new QNetwork(shape, ops, stream('weights', 0))
    this.#untrained = untrained.scorer(this.#agent.items)
    this.#untrainedNetwork = untrained
    this.tally = new Tally(spec, environment, listLength, saved?.tally)
    this.#serving = new Serving(
      {
        spec,
        environment,
        schedule: plan,
        stream,
        ops,
        clicks: this.#clicks,
        memory: this.#memory,
        agent: this.#agent,
        tally: this.tally,
      },
      usersPerCall,
    )
    if (saved) this.#restore(saved)
  }

  pretrainStep(step: number): void {
    const writeState: WriteState = (...state) => this.#memory.composeState(...state)
    this.#agent.pretrainStep(step, this.#clicks.meanExamination, writeState)
  }

  /** After pre-training, before the first request. */
  begin(): void {
    this.#agent.copyToTarget()
    this.#startNorm = weightNorm(this.#agent.network.state())
    this.#norm = this.#startNorm
  }

  /** Serves `count` impressions, with the updates that fall among them. */
  nextBatch(step: number, count: number): RunBatch {
    const { duelImpressions } = this.#spec.explorer
    const chunk = emptyChunk(this.served, count, this.#serving.listLength)
    const updates: UpdateEvent[] = []
    const end = this.served + count
    while (this.served < end) {
      const open = duelImpressions - this.#credit.served
      const n = Math.min(open, end - this.served)
      const { a, b } = (this.#scorers ??= this.#drawContestants())
      const contestants = { a, b, untrained: this.#untrained }
      this.#serving.serve(this.served, n, contestants, chunk, this.#credit)
      this.served += n
      if (this.#credit.served === duelImpressions) this.#closeDuel(updates)
    }
    const point = this.tally.point({
      seconds: this.#schedule.seconds[this.served - 1]!,
      loss: this.#loss,
      normRatio: this.#norm / this.#startNorm,
    })
    this.#chain = extendChain(this.#chain, chunk, point)
    return { step, done: this.served, total: this.#schedule.total, point, chunk, updates }
  }

  #drawContestants(): { readonly a: AdvantageScorer; readonly b: AdvantageScorer } {
    const { network, items } = this.#agent
    const { explorer } = this.#spec
    explore(network, this.#sideB, explorer, this.#ops, this.#stream('perturb', this.#duel))
    if (this.#sideA) {
      explore(network, this.#sideA, explorer, this.#ops, this.#stream('perturb a', this.#duel))
    }
    return { a: (this.#sideA ?? network).scorer(items), b: this.#sideB.scorer(items) }
  }

  #closeDuel(updates: UpdateEvent[]): void {
    const { a, b, different } = this.#credit
    const won = different > 0 && b > a
    const result = different === 0 ? 'void' : a === b ? 'tie' : won ? 'applied' : 'refused'
    let stepNorm = 0
    // in an A/A run neither side is Q, so that a win says nothing about Q: it stays as it is
    if (won && !this.#sideA) {
      const update = applyMinorRule(
        this.#agent.network,
        this.#sideB,
        this.#spec.explorer,
        this.#ops,
      )
      stepNorm = update.stepNorm
      if (update.guarded) this.#record(updates, 'guard', 'rescaled', 0, Number.NaN)
    }
    this.#record(updates, 'minor', result, stepNorm, Number.NaN)
    this.#dropScorers()
    this.#credit = noCredit()
    this.#duel++
    const { majorEveryDuels } = this.#spec.agent
    if (majorEveryDuels > 0 && this.#duel % majorEveryDuels === 0) this.#majorUpdate(updates)
  }

  #majorUpdate(updates: UpdateEvent[]): void {
    const before = this.#agent.network.state()
    const loss = this.#agent.majorUpdate(this.#major)
    if (Number.isNaN(loss)) return
    this.#major++
    this.#loss = loss
    const after = this.#agent.network.state()
    const moved = after.map((values, t) => values.map((v, i) => v - before[t]![i]!))
    this.#record(updates, 'major', 'trained', weightNorm(moved), loss)
  }

  #record(
    updates: UpdateEvent[],
    kind: UpdateEvent['kind'],
    result: UpdateEvent['result'],
    stepNorm: number,
    loss: number,
  ): void {
    this.#norm = weightNorm(this.#agent.network.state())
    const { a, b } = kind === 'minor' ? this.#credit : noCredit()
    const normRatio = this.#norm / this.#startNorm
    updates.push({
      kind,
      impression: this.served,
      result,
      creditA: a,
      creditB: b,
      stepNorm,
      normRatio,
      loss,
    })
    this.tally.addUpdate(kind, result)
  }

  #dropScorers(): void {
    this.#scorers?.a.dispose()
    this.#scorers?.b.dispose()
    this.#scorers = null
  }

  facts(): Omit<RunFacts, 'backend'> {
    return {
      engineVersion,
      normRatio: this.#norm / this.#startNorm,
      chain: this.#chain,
    }
  }

  state(): RunState {
    return {
      served: this.served,
      duel: this.#duel,
      major: this.#major,
      credit: { ...this.#credit },
      startNorm: this.#startNorm,
      norm: this.#norm,
      loss: this.#loss,
      chain: this.#chain,
      agent: this.#agent.state(),
      memory: this.#memory.state(),
      tally: this.tally.state(),
      serving: this.#serving.state(),
    }
  }

  #restore(state: RunState): void {
    this.served = state.served
    this.#duel = state.duel
    this.#major = state.major
    this.#credit = { ...state.credit }
    this.#startNorm = state.startNorm
    this.#norm = state.norm
    this.#loss = state.loss
    this.#chain = state.chain
    this.#agent.restore(state.agent)
    this.#memory.restore(state.memory)
    this.#serving.restore(state.serving)
  }

  dispose(): void {
    this.#dropScorers()
    this.#untrained.dispose()
    this.#untrainedNetwork.dispose()
    this.#sideA?.dispose()
    this.#sideB.dispose()
    this.#agent.dispose()
  }
}

const noCredit = (): DuelCredit => ({ a: 0, b: 0, different: 0, served: 0 })

function emptyChunk(from: number, count: number, k: number): ImpressionChunk {
  return {
    from,
    count,
    k,
    user: new Int32Array(count),
    seconds: new Float64Array(count),
    outcome: new Uint8Array(count),
    vote: new Float32Array(count),
    shown: new Int32Array(count * k),
    team: new Int8Array(count * k),
    clicked: new Uint8Array(count * k),
    listA: new Int32Array(count * k),
    listB: new Int32Array(count * k),
  }
}
