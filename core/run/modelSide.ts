import { z } from 'zod'
import type { OwnedRanker } from '#core/agent/agent'
import type { AgentWorld } from '#core/agent/drn'
import { createAgent } from '#core/agent/index'
import { ItemTable } from '#core/agent/itemTable'
import { networkSets } from '#core/agent/networkSets'
import { AgentSpec } from '#core/agent/params'
import { QNetwork, type QShape } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import type { Observed, RatedObserved } from '#core/environment/environment'
import { modelRankers } from '#core/largeAction/modelRankers'
import type { SavedModel } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'

/** What the agents' `save` writes beside the numbers; networks tell their shape. */
const AgentModelParams = z.strictObject({
  agent: AgentSpec,
  shape: z
    .strictObject({
      stateWidth: z.int().min(1),
      itemWidth: z.int().min(1),
      hidden: z.int().min(1),
      head: z.enum(['hidden1', 'hidden2', 'dot']),
      dueling: z.boolean().default(true),
    })
    .optional(),
})

/**
 * A saved model as a side of a contest: it ranks greedily, as it was saved, and learns nothing. The
 * exploration that a learner adds to its own lists is not part of a model.
 * @throws RangeError if it can not rank in this world, naming what differs
 */
export function modelRanker(
  model: SavedModel,
  world: AgentWorld,
  ops: ComputeOps,
  stream: StreamFactory,
): OwnedRanker {
  const { kind } = model
  if (Object.hasOwn(modelRankers, kind)) {
    const { observed } = world
    if (!isRated(observed)) {
      throw new RangeError(
        `a ${kind} model reads what users have liked before, which this world does not show; choose the world it was trained in: ratings or typedLatent`,
      )
    }
    const ranker = modelRankers[kind as keyof typeof modelRankers](model, observed)
    return { ...ranker, dispose: () => undefined }
  }
  const params = AgentModelParams.safeParse(model.params)
  if (!params.success || params.data.agent.kind !== kind) {
    throw new RangeError(
      `no ranker can be made of a model of kind "${kind}": its parameters say no more`,
    )
  }
  const { agent: spec, shape } = params.data
  return shape
    ? networkSide(model, shape, world, ops, stream)
    : agentSide(model, spec, world, ops, stream)
}

/** Without the replay and the optimiser that its learner has. */
function networkSide(
  model: SavedModel,
  shape: QShape,
  { observed, stateWidth, pairWidth }: AgentWorld,
  ops: ComputeOps,
  stream: StreamFactory,
): OwnedRanker {
  const own = observed.itemWidth + pairWidth
  if (shape.stateWidth !== stateWidth || shape.itemWidth !== own) {
    throw new RangeError(
      `the ${model.kind} model reads ${shape.stateWidth} features of a request and ${shape.itemWidth} of an item, this world has ${stateWidth} and ${own}; choose the world it was trained in`,
    )
  }
  const network = new QNetwork(shape, ops, stream('model weights', 0))
  const items = new ItemTable(observed.itemFeatures, observed.itemWidth, pairWidth)
  const dispose = () => {
    network.dispose()
    items.dispose()
  }
  try {
    const sets = networkSets(network, items, ops, stream)
    sets.load(model)
    const ranker = sets.rankerOf(network)
    return {
      ...ranker,
      dispose() {
        ranker.dispose()
        dispose()
      },
    }
  } catch (error) {
    dispose()
    throw error
  }
}

function agentSide(
  model: SavedModel,
  spec: AgentSpec,
  world: AgentWorld,
  ops: ComputeOps,
  stream: StreamFactory,
): OwnedRanker {
  const agent = createAgent(spec, world, ops, stream)
  try {
    agent.load(model)
    const ranker = agent.rankerOf(agent.weights)
    return {
      ...ranker,
      dispose() {
        ranker.dispose()
        agent.dispose()
      },
    }
  } catch (error) {
    agent.dispose()
    throw error
  }
}

const isRated = (observed: Observed): observed is RatedObserved => 'history' in observed
