import type { ComputeOps } from '#core/compute/ops'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { Environment } from '#core/environment/environment'
import { createEnvironment } from '#core/environment/index'
import type { Traffic } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { ModelsByHash } from '#core/model/savedModel'
import { streams, type StreamFactory } from '#core/random/philox'
import type { Ranker } from '#core/ranker/ranker'
import { Behaviour } from '#core/run/behaviour'
import { Contest } from '#core/run/contest'
import { Exploration } from '#core/run/exploration'
import { GreedyMf } from '#core/run/greedyMf'
import { Learner } from '#core/run/learner'
import type { LineUp } from '#core/run/lineUp'
import { openTraffic } from '#core/run/openTraffic'
import { interleavedList } from '#core/run/servedList'
import { Serving } from '#core/run/serving'
import { simulatedClicks, type SimulatedClicks } from '#core/run/simulatedClicks'
import { sideCount, Tally } from '#core/run/tally'
import { firstContexts, type Contexts } from './contexts.ts'

/** The preview's own seed: while a plan is changed, nothing else may change. */
const SEED = 1
/** Requests that lists are compared on. */
const REQUESTS = 48
/** A round in which nobody was asked decides nothing, and the next one is drawn anew. */
const nothing = { a: 0, b: 0, different: 0, served: 0 } as const
/** Pre-training steps between two moments at which a preview may be given up. */
const STEPS = 20

/** A world with a trained Q, from which any strength of exploration can be drawn. */
export interface OpenedPreview {
  readonly contexts: Contexts
  readonly clicks: SimulatedClicks
  readonly k: number
  readonly stream: StreamFactory
  /**
   * Hands out the sides of each of `draws` rounds; once, where a design draws none. The rankers are gone
   * afterwards.
   * @param spec of the same world, with an explorer of its own
   */
  eachRound(spec: ExperimentSpec, draws: number, use: (sides: readonly Ranker[]) => void): void
  dispose(): void
}

/**
 * Builds the world of a small spec (`smallSpec`), trains Q as a run does, and takes the first requests.
 * It yields while it works, so that a preview nobody wants any more can be given up; tensors are freed
 * then and by `dispose`.
 * @throws RangeError for a spec that the world can not carry
 */
export function* openPreview(
  spec: ExperimentSpec,
  ops: ComputeOps,
  { ratings, models }: { readonly ratings: RatingsTable | null; readonly models: ModelsByHash },
): Generator<undefined, OpenedPreview> {
  const stream = streams(SEED)
  const environment = createEnvironment(spec.environment, ratings)
  yield
  const clicks = simulatedClicks(spec.click, spec.traffic.listLength)
  const poolSize = Math.min(spec.traffic.poolSize, environment.items)
  const k = Math.min(spec.traffic.listLength, poolSize)
  const { traffic, pretraining } = openTraffic(environment, spec, stream, clicks, true)
  const { stateWidth, pairWidth, baselines } = traffic
  const world = {
    observed: environment.observed,
    stateWidth,
    pairWidth,
    listLength: k,
    poolSize,
  }
  const learner = new Learner(spec.agent, world, ops, stream)
  // a contest's rankers may have learners of their own, which are trained with the spec's
  const own =
    spec.design === 'explore'
      ? new Exploration(spec, learner, stream)
      : new Contest(spec, learner, { world, baselines, models, ops, stream })
  let kept = false
  const dispose = () => {
    own.dispose()
    learner.dispose()
  }
  try {
    playLog(spec, { environment, traffic, clicks, ops, stream, lineUp: own })
    for (let step = 0; step < own.pretrainSteps; step++) {
      if (step % STEPS === 0) yield
      own.pretrainStep(step, pretraining)
    }
    own.begin()
    yield
    const first = own.rankers()[0]!
    const shape = { k, poolSize }
    const contexts = firstContexts(traffic, clicks, first, shape, REQUESTS, stream, ops)
    if (contexts.rows === 0) {
      throw new RangeError(
        'nobody comes into this world before it ends; give it more days or users',
      )
    }
    kept = true
    const eachRound: OpenedPreview['eachRound'] = (of, draws, use) => {
      if (of.design !== 'explore') {
        use(own.rankers())
        return
      }
      const sides = new Exploration(of, learner, stream)
      for (let draw = 0; draw < draws; draw++) {
        use(sides.rankers())
        sides.closeRound(nothing, 0)
      }
      sides.dispose()
    }
    return { contexts, clicks, k, stream, eachRound, dispose }
  } finally {
    if (!kept) dispose()
  }
}

/** The requests of the time before a run, which learners without ratings are trained on. */
function playLog(
  spec: ExperimentSpec,
  parts: {
    readonly environment: Environment
    readonly traffic: Traffic
    readonly clicks: SimulatedClicks
    readonly ops: ComputeOps
    readonly stream: StreamFactory
    readonly lineUp: LineUp
  },
): void {
  const { environment, traffic, clicks, lineUp } = parts
  if (traffic.nextSeconds() >= traffic.startsAt) return
  const sides = sideCount(spec)
  const k = Math.min(spec.traffic.listLength, spec.traffic.poolSize, environment.items)
  const nobody: Ranker = { score: (_, out) => out.fill(0) }
  new Serving({
    ...parts,
    spec,
    list: interleavedList(spec.interleaver, Math.max(2, sides), k),
    untrained: nobody,
    greedyMf: new GreedyMf(environment, clicks.meanExamination),
    behaviour: new Behaviour(environment),
    observe: (feedback) => lineUp.observe(feedback),
    tally: new Tally(spec, environment, k, null),
  }).playLog()
}
