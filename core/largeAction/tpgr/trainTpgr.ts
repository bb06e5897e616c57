import type { RatingsTable } from '#core/dataset/ratingsTable'
import { evaluateEpisodes, type EpisodeFigures } from '#core/episode/evaluateEpisodes'
import { ridgePrior } from '#core/episode/ridgeBelief'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { reconstructionError } from '#core/itemSpace/reconstructionError'
import type { VectorCache } from '#core/itemSpace/vectorCache'
import { streams, type StreamFactory } from '#core/random/philox'
import type { StudyStep } from '#core/study/study'
import { buildTree, builtTree, type BalancedTree } from '#core/tree/balancedTree'
import { compareTrees } from '#core/tree/compareTrees'
import { levelStatistics, treeSummary } from '#core/tree/treeStatistics'
import { baselineFigures, testStarts, type Baseline } from '../baselineFigures.ts'
import { itemVectors, vectorsKey } from '../itemVectors.ts'
import { openWorld, type OpenedWorld } from '../openWorld.ts'
import type { TpgrSpec } from '../trainParams.ts'
import type { TrainPoint, TrainReport } from '../trainReport.ts'
import { trainNotes } from '../trainNotes.ts'
import { GaugeMeans, withProgress } from '../trainSteps.ts'
import { headsFromItems } from './itemHeads.ts'
import { PathNetwork, type PathNetworkState } from './pathNetwork.ts'
import { pathPolicy } from './pathPolicy.ts'
import { PathRollout } from './pathRollout.ts'
import { pathShape } from './pathShape.ts'
import { Reinforce } from './reinforce.ts'
import { contentStateVectors, ratingStateVectors } from './stateVectors.ts'
import { tpgrModel } from './tpgrModel.ts'
import { wholeIds } from './treeRecord.ts'
import { visitCounter } from './visitCounter.ts'

/** Levels with more nodes than these are left to the model's own statistics. */
const mostNodesInReport = 2000

interface Checkpoint {
  readonly vectors: ItemVectors
  readonly tree: BalancedTree
  readonly baselines: readonly Baseline[]
  readonly points: readonly TrainPoint[]
  readonly warm: number
  readonly update: number
  readonly network: PathNetworkState
  readonly lastUpdate: Int32Array
}

/**
 * Trains a tree-structured policy: representation, tree, baselines, warm start, updates; a point after
 * each `evaluateEvery` updates. The same (spec, seed, data) gives the same report on every machine, also
 * when it is taken up again from a checkpoint.
 * @throws RangeError for a spec that can not be carried out, naming the field
 */
export function* trainTpgr(input: {
  readonly spec: TpgrSpec
  readonly seed: number
  readonly ratings: RatingsTable | null
  readonly cache: VectorCache | null
  readonly checkpoint: unknown
}): Generator<StudyStep<TrainReport>> {
  const { spec, seed } = input
  const { agent } = spec
  const stream = streams(seed)
  const opened = openWorld(spec.world, input.ratings, seed)
  const { world } = opened
  const earlier = input.checkpoint as Checkpoint | null
  if (agent.warmUpdates > 0 && opened.kind !== 'ratings') {
    throw new RangeError(
      'agent.warmUpdates needs a world of ratings: GreedySVD is what it imitates',
    )
  }
  if (agent.headSharpness > 0 && opened.kind !== 'ratings') {
    throw new RangeError(
      'agent.headSharpness needs a world of ratings: they give the ridge estimate',
    )
  }
  const key = vectorsKey(spec.representation, opened, seed)
  const prepared = earlier ?? (yield* prepare(spec, opened, stream, key, input.cache))
  const { vectors, tree, baselines } = prepared
  const test = testStarts(opened, spec.evaluationUsers)
  const stateVectors =
    opened.kind === 'ratings'
      ? ratingStateVectors(opened.rewards, agent, stream)
      : contentStateVectors(opened.content)
  const shape = pathShape(tree, stateVectors, world.featureWidth, agent)
  const rows = test.starts.length
  const work = Reinforce.work({ shape }, world, agent) + PathRollout.work({ shape }, rows, 1)
  const network = new PathNetwork(tree, shape, stateVectors, { trains: true, work })
  if (earlier) network.restore(earlier.network)
  else {
    network.initialise(stream('weights', 0))
    const { prior } = stateVectors
    if (prior && agent.headSharpness > 0) headsFromItems(network, prior, agent.headSharpness)
  }
  const learner = new Reinforce(network, world, agent)
  const lastUpdate = earlier?.lastUpdate.slice() ?? new Int32Array(shape.nodes).fill(-1)
  const rollout = new PathRollout(network, rows, world.horizon, {
    taped: false,
    sampling: agent.sampling,
  })
  const counter = visitCounter(tree)
  const evaluate = (choice: 'argmax' | 'sample'): EpisodeFigures => {
    const watch = choice === 'sample' ? counter : null
    watch?.reset()
    const policy = pathPolicy(rollout, choice, watch)
    return evaluateEpisodes(world, policy, test.starts, stream('evaluation', 1), test.relevant)
  }

  const points: TrainPoint[] = earlier ? [...earlier.points] : []
  let warm = earlier?.warm ?? 0
  let update = earlier?.update ?? 0
  const checkpoint = (): Checkpoint => ({
    vectors,
    tree,
    baselines,
    points: [...points],
    warm,
    update,
    network: network.state(),
    lastUpdate: lastUpdate.slice(),
  })
  const random = builtTree(vectors, spec.tree.depth, 'random', stream('random tree', 0))
  const report = (): TrainReport => ({
    kind: 'tpgr',
    world: world.label,
    vectors: key,
    items: world.items,
    parameters: shape.parameters,
    baselines,
    points: [...points],
    tree: {
      summary: treeSummary(tree),
      levels: Array.from({ length: tree.depth }, (_, level) => level)
        .filter((level) => tree.children ** level <= mostNodesInReport)
        .map((level) => levelStatistics(tree, counter.visits(), level)),
      againstRandom: compareTrees(tree, random),
    },
    notes: trainNotes(spec.world),
  })
  const sums = new GaugeMeans()
  const point = (): StudyStep<TrainReport> => {
    points.push({
      update,
      seen: update * agent.episodesPerUpdate,
      argmax: evaluate('argmax'),
      sampled: evaluate('sample'),
      gauges: sums.take(),
    })
    return { type: 'point', done: update, total: agent.updates, report, checkpoint }
  }

  if (warm < agent.warmUpdates && opened.kind === 'ratings') {
    const teacher = ridgePrior(opened.rewards, agent.warmRank, stream('teacher', 0))
    while (warm < agent.warmUpdates) {
      const likelihood = learner.imitate(teacher, warm / agent.warmUpdates, stream('warm', warm))
      sums.add({ teacherLogLikelihood: likelihood })
      warm++
      if (warm % 10 === 0) {
        yield { type: 'progress', stage: 'warmStart', share: warm / agent.warmUpdates, checkpoint }
      }
    }
  }
  if (points.length === 0) yield point()
  // what the last evaluation left at the nodes is not stored: it is drawn again
  else evaluate('sample')
  while (update < agent.updates) {
    const { raw, reward, entropy, gradientNorm } = learner.update(
      update / agent.updates,
      stream('update', update),
    )
    update++
    learner.markPassed(update, lastUpdate)
    sums.add({ trainRaw: raw, trainReward: reward, entropy, gradientNorm })
    if (update % spec.evaluateEvery === 0 || update === agent.updates) yield point()
    else if (update % 5 === 0) {
      yield { type: 'progress', stage: 'updates', share: update / agent.updates }
    }
  }
  const itemIds = input.ratings && wholeIds(input.ratings.itemIds)
  const record = { found: counter.visits(), lastUpdate, itemIds, itemVectors: vectors }
  const lost = opened.kind === 'ratings' ? reconstructionError(opened.rewards, vectors) : null
  yield { type: 'finished', report: report(), models: [tpgrModel(network, spec, record, lost)] }
}

type Prepared = Pick<Checkpoint, 'vectors' | 'tree' | 'baselines'>

function* prepare(
  spec: TpgrSpec,
  opened: OpenedWorld,
  stream: StreamFactory,
  key: string | null,
  cache: VectorCache | null,
): Generator<StudyStep<TrainReport>, Prepared> {
  const vectors = yield* itemVectors(spec.representation, opened, stream, key, cache)
  const tree = yield* withProgress(
    'tree',
    buildTree(vectors, spec.tree.depth, spec.tree.split, stream('tree', 0)),
    ({ placed, items }) => placed / items,
  )
  const test = testStarts(opened, spec.evaluationUsers)
  const baselines = yield* withProgress(
    'baselines',
    baselineFigures(opened, test, stream),
    (x) => x,
  )
  return { vectors, tree, baselines }
}
