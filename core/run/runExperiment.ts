import type { OwnedRanker } from '#core/agent/agent'
import type { Pretraining } from '#core/agent/pretraining'
import type { ComputeOps } from '#core/compute/ops'
import type { LoggedData } from '#core/dataset/loggedData'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import { createEnvironment } from '#core/environment/index'
import type { Environment } from '#core/environment/environment'
import type { Traffic } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { ModelsByHash, SavedModel } from '#core/model/savedModel'
import { roundOf } from '#core/explorer/index'
import { streams, type StreamFactory } from '#core/random/philox'
import { armAssignment } from './armAssignment.ts'
import type { Checkpoint, ImpressionChunk, RunBatch, UpdateEvent } from './batch.ts'
import { Behaviour } from './behaviour.ts'
import { comparesNetworks } from './comparesNetworks.ts'
import { Contest } from './contest.ts'
import { emptyChain, extendChain } from './digest.ts'
import { engineVersion } from './engineVersion.ts'
import { Exploration } from './exploration.ts'
import { GreedyMf } from './greedyMf.ts'
import { Learner, type LearnerState } from './learner.ts'
import type { LineUp, LineUpState } from './lineUp.ts'
import { NetworkProbe, type ProbeState } from './networkProbe.ts'
import { interleavedList, wholeList } from './servedList.ts'
import { soleList } from './soleList.ts'
import { openTraffic } from './openTraffic.ts'
import { Serving, type Asked, type RoundCredit, type ServingState } from './serving.ts'
import { simulatedClicks, type SimulatedClicks } from './simulatedClicks.ts'
import { explorationCost, summarise, type RunFacts } from './summarise.ts'
import type { RunSummary } from './summary.ts'
import { sideCount, Tally, type TallyState } from './tally.ts'
import type { UserNow, UserPast } from './userNow.ts'

export interface RunInput {
  readonly spec: ExperimentSpec
  readonly seed: number
  readonly ops: ComputeOps
  readonly backend: string // as it shall stand in the summary
  readonly ratings: RatingsTable | null
  /** The log that the world of the spec names. */
  readonly logged?: LoggedData | null
  /** The models that rankers of the spec name. */
  readonly models?: ModelsByHash
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

/**
 * The one loop of every design. Rounds of M impressions are served by a fixed line-up, which may
 * change between two rounds: `Exploration` and `Contest` say how. A batch leaves after every
 * `pointEvery` impressions and is a pure function of (spec, seed).
 *
 * It awaits nothing by itself; tensors are freed when the generator ends or is returned.
 * @throws RangeError for a spec that the world can not carry, naming the field
 */
// eslint-disable-next-line @typescript-eslint/require-await -- async, so that a consumer can wait between batches
export async function* runExperiment(input: RunInput): AsyncGenerator<RunStep> {
  const { spec, seed, checkpoint } = input
  yield { type: 'progress', stage: 'preparing', share: 0 }
  const stream = streams(seed)
  const environment = createEnvironment(spec.environment, input.ratings, input.logged)
  const saved = checkpoint ? (checkpoint.state as RunState) : null
  const run = new Run(input, environment, stream, saved)
  const pointEvery = pointSpacing(run.total)
  try {
    let step = checkpoint ? checkpoint.step + 1 : 0
    if (!checkpoint) {
      run.playLog()
      for (let done = 0; done < run.pretrainSteps; done++) {
        if (done % 50 === 0) {
          yield { type: 'progress', stage: 'pretraining', share: done / run.pretrainSteps }
        }
        run.pretrainStep(done)
      }
      run.begin()
    }
    const summary = () => summarise(run.tally, spec, { ...run.facts(), backend: input.backend })
    while (run.goesOn) {
      const batch = run.nextBatch(step, Math.min(pointEvery, run.total - run.served))
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

/**
 * What the learner of a side had learnt at a checkpoint, as a model.
 * @throws RangeError for a side that no learner stands on
 */
export function networkAt(
  input: RunInput & { readonly checkpoint: Checkpoint },
  side: number,
): SavedModel {
  const { spec, seed, checkpoint } = input
  const environment = createEnvironment(spec.environment, input.ratings, input.logged)
  const run = new Run(input, environment, streams(seed), checkpoint.state as RunState)
  try {
    return run.network(side)
  } finally {
    run.dispose()
  }
}

/**
 * What a user would be shown who asked at a checkpoint, by the very code that serves: the lists of the
 * sides that the next round has, and of the references, on the candidates that the next request draws.
 * @throws RangeError for a user that the world does not have, and where requests come from a log
 */
export function userNowAt(
  input: RunInput & { readonly checkpoint: Checkpoint },
  { user, requests, seconds }: UserPast,
): UserNow {
  const { spec, seed, checkpoint } = input
  const environment = createEnvironment(spec.environment, input.ratings, input.logged)
  if (user >= environment.users) {
    throw new RangeError(`user ${user} is not among the ${environment.users} users of the world`)
  }
  const stream = streams(seed)
  const run = new Run(input, environment, stream, checkpoint.state as RunState)
  try {
    if (!run.greedyMf.knows(user)) {
      const before = new Run(input, environment, stream, null)
      before.playLog()
      run.greedyMf.recall(user, requests, before.greedyMf)
      before.dispose()
    }
    const features = environment.observed.features.filter((group) => group.place === 'state')
    return { user, impressions: run.served, ...run.ask(user, seconds), features }
  } finally {
    run.dispose()
  }
}

/** About 200 points a run, none closer than 16 impressions nor wider than 1,024. */
function pointSpacing(total: number): number {
  return Math.min(1024, Math.max(16, Math.ceil(total / 200)))
}

interface RunState extends LearnerState, LineUpState {
  readonly served: number
  readonly credit: RoundCredit
  readonly chain: Uint8Array
  readonly traffic: unknown
  readonly tally: TallyState
  readonly serving: ServingState
  readonly probe?: ProbeState
}

/** The moving parts of a run between two batches. */
class Run {
  readonly tally: Tally
  readonly greedyMf: GreedyMf
  served = 0
  readonly #spec: ExperimentSpec
  readonly #traffic: Traffic
  readonly #pretraining: Pretraining
  readonly #clicks: SimulatedClicks
  readonly #learner: Learner
  readonly #lineUp: LineUp
  readonly #serving: Serving
  readonly #behaviour: Behaviour
  readonly #probe: NetworkProbe | null
  readonly #untrained: OwnedRanker
  readonly #untrainedWeights: unknown
  #credit: RoundCredit = noCredit()
  #chain: Uint8Array = emptyChain

  constructor(
    { spec, ops, models = {}, usersPerCall }: RunInput,
    environment: Environment,
    stream: StreamFactory,
    saved: RunState | null,
  ) {
    const { observed, users, items } = environment
    this.#spec = spec
    this.#clicks = simulatedClicks(spec.click, spec.traffic.listLength)
    const poolSize = Math.min(spec.traffic.poolSize, items)
    const listLength = Math.min(spec.traffic.listLength, poolSize)
    const opened = openTraffic(environment, spec, stream, this.#clicks, saved === null)
    this.#traffic = opened.traffic
    this.#pretraining = opened.pretraining
    const { stateWidth, pairWidth, baselines } = this.#traffic
    const world = { observed, stateWidth, pairWidth, listLength, poolSize }
    this.#learner = new Learner(spec.agent, world, ops, stream)
    const { agent } = this.#learner
    this.#lineUp =
      spec.design === 'explore'
        ? new Exploration(spec, this.#learner, stream)
        : new Contest(spec, this.#learner, { world, baselines, models, ops, stream })
    this.#untrainedWeights = agent.initial(0)
    this.#untrained = agent.rankerOf(this.#untrainedWeights)
    const sides = sideCount(spec)
    const armOf = spec.design === 'split' ? armAssignment(users, sides, stream) : null
    this.tally = new Tally(spec, environment, listLength, armOf, saved?.tally)
    this.#behaviour = new Behaviour(environment, saved?.serving.behaviour)
    const { total } = this.#traffic
    const probe = comparesNetworks(spec) ? new NetworkProbe(world, total, ops, saved?.probe) : null
    this.#probe = probe
    this.greedyMf = new GreedyMf(environment, this.#clicks.meanExamination)
    this.#serving = new Serving(
      {
        spec,
        environment,
        traffic: this.#traffic,
        stream,
        ops,
        clicks: this.#clicks,
        list: armOf
          ? wholeList(armOf, sides, listLength)
          : spec.design === 'explore' && roundOf(spec.explorer).list === 'sideB'
            ? soleList(1, listLength)
            : interleavedList(spec.interleaver, sides, listLength),
        untrained: this.#untrained,
        greedyMf: this.greedyMf,
        behaviour: this.#behaviour,
        observe: (feedback) => {
          this.#lineUp.observe(feedback)
          probe?.observe(feedback)
        },
        tally: this.tally,
      },
      usersPerCall,
    )
    if (saved) this.#restore(saved)
  }

  /** Impressions planned, or served if the world has ended before. */
  get total(): number {
    return this.goesOn ? this.#traffic.total : this.served
  }

  get goesOn(): boolean {
    return this.#traffic.nextSeconds() < Infinity
  }

  get pretrainSteps(): number {
    return this.#lineUp.pretrainSteps
  }

  pretrainStep(step: number): void {
    this.#lineUp.pretrainStep(step, this.#pretraining)
  }

  playLog(): void {
    this.#serving.playLog()
  }

  /** After pre-training, before the first request. */
  begin(): void {
    this.#lineUp.begin()
  }

  /** Serves `count` impressions, fewer if nobody comes any more, with the updates that fall among them. */
  nextBatch(step: number, count: number): RunBatch {
    const lineUp = this.#lineUp
    const filled = emptyChunk(this.served, count, this.#serving.listLength)
    const updates: UpdateEvent[] = []
    const end = this.served + count
    while (this.served < end && this.goesOn) {
      updates.push(...this.#tick(this.#traffic.nextSeconds()))
      const n = Math.min(lineUp.roundImpressions - this.#credit.served, end - this.served)
      this.served += this.#serving.serve(
        this.served,
        n,
        lineUp.rankers(),
        filled,
        this.#credit,
        lineUp.dueAt,
      )
      if (this.#credit.served < lineUp.roundImpressions) continue
      updates.push(...lineUp.closeRound(this.#credit, this.served))
      this.#credit = noCredit()
    }
    const chunk = headOf(filled, this.served - filled.from)
    for (const { kind, result } of updates) this.tally.addUpdate(kind, result)
    const { loss, normRatio } = this.#learner
    const seconds = chunk.seconds[chunk.count - 1]!
    const point = this.tally.point({ seconds, loss, normRatio })
    this.#chain = extendChain(this.#chain, chunk, point)
    const networks = this.#probe?.record(lineUp, this.served)
    const batch = { step, done: this.served, total: this.total, point, chunk, updates }
    if (!networks) return batch
    const cost = explorationCost(this.tally, 1 - this.#spec.analysis.errorRate)
    return { ...batch, networks: { ...networks, cost } }
  }

  /** What simulated time changes before a request at `seconds`. */
  #tick(seconds: number): readonly UpdateEvent[] {
    if (seconds < this.#lineUp.dueAt) return []
    const { events, roundOver } = this.#lineUp.tick(seconds, this.#credit, this.served)
    if (roundOver) this.#credit = noCredit()
    return events
  }

  /**
   * As the next request, if this user made it. The run must not go on after it.
   * @param last time of the last request, for when nobody comes any more
   */
  ask(user: number, last: number): Asked & { readonly seconds: number } {
    if (this.#traffic.scripted) {
      throw new RangeError(
        'the log of this world says what each request may choose from, and holds none for now',
      )
    }
    const seconds = this.goesOn ? this.#traffic.nextSeconds() : last
    if (this.goesOn) this.#tick(seconds)
    return { ...this.#serving.ask(user, seconds, this.served, this.#lineUp.rankers()), seconds }
  }

  network(side: number): SavedModel {
    const learner = this.#lineUp.learnerAt(side)
    if (learner) return learner.agent.save()
    throw new RangeError(`no learner stands on side ${side}; choose a ranker of kind "learner"`)
  }

  facts(): Omit<RunFacts, 'backend'> {
    return {
      engineVersion,
      normRatio: this.#learner.normRatio,
      behaviour: this.#behaviour,
      exposure: this.#serving.exposure,
      learning: this.#learner.learning(),
      calibration: this.#traffic.calibration ?? null,
      chain: this.#chain,
    }
  }

  state(): RunState {
    return {
      served: this.served,
      credit: { ...this.#credit },
      chain: this.#chain,
      ...this.#lineUp.state(),
      ...this.#learner.state(),
      traffic: this.#traffic.state(),
      tally: this.tally.state(),
      serving: this.#serving.state(),
      ...(this.#probe ? { probe: this.#probe.state() } : {}),
    }
  }

  #restore(state: RunState): void {
    this.served = state.served
    this.#credit = { ...state.credit }
    this.#chain = state.chain
    this.#lineUp.restore(state)
    this.#learner.restore(state)
    this.#traffic.restore(state.traffic)
    this.#serving.restore(state.serving)
  }

  dispose(): void {
    this.#lineUp.dispose()
    this.#untrained.dispose()
    this.#learner.agent.space('all').dispose(this.#untrainedWeights)
    this.#learner.dispose()
  }
}

const noCredit = (): RoundCredit => ({ a: 0, b: 0, different: 0, served: 0 })

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

/** The first `count` impressions of a chunk. */
function headOf(chunk: ImpressionChunk, count: number): ImpressionChunk {
  if (count === chunk.count) return chunk
  const { from, k } = chunk
  return {
    from,
    count,
    k,
    user: chunk.user.subarray(0, count),
    seconds: chunk.seconds.subarray(0, count),
    outcome: chunk.outcome.subarray(0, count),
    vote: chunk.vote.subarray(0, count),
    shown: chunk.shown.subarray(0, count * k),
    team: chunk.team.subarray(0, count * k),
    clicked: chunk.clicked.subarray(0, count * k),
    listA: chunk.listA.subarray(0, count * k),
    listB: chunk.listB.subarray(0, count * k),
  }
}
