import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { Episodes } from '#core/episode/episodicWorld'
import { evaluateEpisodes } from '#core/episode/evaluateEpisodes'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { VectorCache } from '#core/itemSpace/vectorCache'
import { streams } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { StudyStep } from '#core/study/study'
import { baselineFigures, testStarts, type Baseline } from '../baselineFigures.ts'
import { itemVectors, vectorsKey } from '../itemVectors.ts'
import { openWorld, type OpenedWorld } from '../openWorld.ts'
import { trainNotes } from '../trainNotes.ts'
import type { WolpertingerSpec } from '../trainParams.ts'
import type { TrainPoint, TrainReport } from '../trainReport.ts'
import { GaugeMeans, withProgress } from '../trainSteps.ts'
import { WolpertingerAgent, type WolpertingerState } from './agent.ts'
import { exactGauges, sweepRows } from './exactGauges.ts'
import { blockedOf } from './blockedOf.ts'
import { nearestSpacing } from './nearestSpacing.ts'
import { TransitionReplay } from './replay.ts'
import { beliefPrior, StateReader, stateWidthOf } from './stateReader.ts'
import { wolpertingerModel } from './wolpertingerModel.ts'
import { wolpertingerPolicy, type DecisionGauge } from './wolpertingerPolicy.ts'

interface Checkpoint {
  readonly vectors: ItemVectors
  readonly baselines: readonly Baseline[]
  readonly points: readonly TrainPoint[]
  readonly step: number
  readonly agent: WolpertingerState
  readonly replay: ReturnType<TransitionReplay['state']>
}

/**
 * Trains Wolpertinger; `updates` counts the steps of all environments. Points leave where all episodes
 * have just begun, so that a checkpoint needs no world inside an episode.
 * @throws RangeError for a spec that can not be carried out, naming the field
 */
export function* trainWolpertinger(input: {
  readonly spec: WolpertingerSpec
  readonly seed: number
  readonly ratings: RatingsTable | null
  readonly cache: VectorCache | null
  readonly checkpoint: unknown
}): Generator<StudyStep<TrainReport>> {
  const { spec, seed } = input
  const params = spec.agent
  const stream = streams(seed)
  const opened = openWorld(spec.world, input.ratings, seed)
  const { world } = opened
  const earlier = input.checkpoint as Checkpoint | null
  const test = testStarts(opened, spec.evaluationUsers)
  const key = vectorsKey(spec.representation, opened, seed)
  const vectors =
    earlier?.vectors ?? (yield* itemVectors(spec.representation, opened, stream, key, input.cache))
  const baselines =
    earlier?.baselines ??
    (yield* withProgress('baselines', baselineFigures(opened, test, stream), (share) => share))
  const rows = Math.max(params.environments, test.starts.length, sweepRows(opened))
  const prior = beliefPrior(opened, stream)
  const reader = new StateReader(opened, prior)
  const agent = new WolpertingerAgent(vectors, stateWidthOf(opened, prior), rows, params, stream)
  const blockedWidth = world.repeats ? 1 : world.horizon
  const capacity = Math.min(params.replay, params.steps * params.environments)
  const replay = new TransitionReplay(capacity, agent.stateWidth, blockedWidth)
  if (earlier) {
    agent.restore(earlier.agent)
    replay.restore(earlier.replay)
  }
  const spacing = nearestSpacing(agent.vectors)
  const points: TrainPoint[] = earlier ? [...earlier.points] : []
  let step = earlier?.step ?? 0
  const sums = new GaugeMeans()
  const report = (): TrainReport => ({
    kind: 'wolpertinger',
    world: world.label,
    vectors: key,
    items: world.items,
    parameters: agent.parameters,
    baselines,
    points: [...points],
    tree: null,
    notes: trainNotes(spec.world),
  })
  const checkpoint = (): Checkpoint => ({
    vectors,
    baselines,
    points: [...points],
    step,
    agent: agent.state(),
    replay: replay.state(),
  })
  const point = (): StudyStep<TrainReport> => {
    const gauge: DecisionGauge = { gap: 0, decisions: 0 }
    const policy = wolpertingerPolicy(agent, new StateReader(opened, prior), gauge)
    const figures = evaluateEpisodes(
      world,
      policy,
      test.starts,
      stream('evaluation', 1),
      test.relevant,
    )
    points.push({
      update: step,
      seen: replay.added,
      argmax: figures,
      sampled: null,
      gauges: {
        ...sums.take(),
        // healthy at about 1 or less
        protoDistance: spacing > 0 ? gauge.gap / gauge.decisions / spacing : null,
        distinctShare: figures.uniqueItems / world.items,
        ...exactGauges(opened, agent),
      },
    })
    return { type: 'point', done: step, total: params.steps, report, checkpoint }
  }

  if (points.length === 0) yield point()
  const environments = new Environments(opened, reader, agent, replay)
  environments.restart(stream('episodes', step))
  while (step < params.steps) {
    const rng = stream('step', step)
    const epsilon = Math.max(params.epsilonEnd, 1 - step / (params.steps * params.epsilonShare))
    const reward = environments.step(epsilon, rng)
    for (let u = 0; u < params.updatesPerStep; u++) {
      sums.add({ ...agent.update(replay.sample(params.batch, rng)) })
    }
    step++
    sums.add({ trainRaw: reward, epsilon })
    if (step % spec.evaluateEvery === 0 || step === params.steps) {
      yield point()
      // so that a run that was taken up here goes on in the same way
      environments.restart(stream('episodes', step))
    } else if (step % 10 === 0) {
      yield { type: 'progress', stage: 'updates', share: step / params.steps }
    }
  }
  const models = [wolpertingerModel(agent, spec, prior)]
  yield { type: 'finished', report: report(), models }
}

/** Episodes side by side, each begun anew when it is over. */
class Environments {
  readonly #opened: OpenedWorld
  readonly #reader: StateReader
  readonly #agent: WolpertingerAgent
  readonly #replay: TransitionReplay
  readonly #rows: number
  readonly #episodes: Episodes

  constructor(
    opened: OpenedWorld,
    reader: StateReader,
    agent: WolpertingerAgent,
    replay: TransitionReplay,
  ) {
    this.#opened = opened
    this.#reader = reader
    this.#agent = agent
    this.#replay = replay
    this.#rows = agent.environments
    this.#episodes = opened.world.open(this.#rows)
  }

  restart(rng: Rng): void {
    const { train } = this.#opened.world.starts
    this.#episodes.begin(
      Int32Array.from({ length: this.#rows }, () => train[rng.int(train.length)]!),
    )
    this.#reader.begin(this.#rows)
  }

  /** One step of every episode, stored. @returns mean answer */
  step(epsilon: number, rng: Rng): number {
    const episodes = this.#episodes
    const { items } = this.#opened.world
    const { train } = this.#opened.world.starts
    const states = this.#reader.read(episodes).slice()
    const chosen = this.#agent.decide(states, this.#rows, blockedOf(episodes)).items
    for (let row = 0; row < this.#rows; row++) {
      if (rng.u() >= epsilon) continue
      let item = rng.int(items)
      while (episodes.unavailable[row * items + item]) item = rng.int(items)
      chosen[row] = item
    }
    episodes.step(chosen, rng)
    const { raw, reward } = episodes.feedback
    this.#reader.observe(episodes, chosen)
    const next = this.#reader.read(episodes)
    const width = this.#agent.stateWidth
    const horizon = episodes.blocked.length / this.#rows
    let sum = 0
    for (let row = 0; row < this.#rows; row++) {
      const done = !episodes.alive[row]
      sum += raw[row]!
      this.#replay.add(
        states.subarray(row * width, (row + 1) * width),
        chosen[row]!,
        reward[row]!,
        next.subarray(row * width, (row + 1) * width),
        done,
        episodes.blocked.subarray(row * horizon, row * horizon + episodes.blockedCount[row]!),
      )
      if (done) {
        episodes.restart(row, train[rng.int(train.length)]!)
        this.#reader.restart(row)
      }
    }
    return sum / this.#rows
  }
}
