import { z } from 'zod'
import type { RidgePrior } from '#core/episode/ridgeBelief'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import { ridgeArrays, ridgeFrom } from '../ridgeArrays.ts'
import { WolpertingerSpec } from '../trainParams.ts'
import { WolpertingerAgent } from './agent.ts'

const WolpertingerModelParams = z.strictObject({
  spec: WolpertingerSpec,
  items: z.int().min(1),
  width: z.int().min(1),
  stateWidth: z.int().min(1),
  actorSize: z.int().min(1),
  criticSize: z.int().min(1),
  beliefRank: z.int().min(0),
})

/** Actor, critic, item vectors and what the state needs, as numbers. */
export function wolpertingerModel(
  agent: WolpertingerAgent,
  spec: WolpertingerSpec,
  prior: RidgePrior | null,
): SavedModel {
  const { actor, critic } = agent.state()
  const { items, width, values } = agent.vectors
  const params: z.output<typeof WolpertingerModelParams> = {
    spec,
    items,
    width,
    stateWidth: agent.stateWidth,
    actorSize: actor.weights.length,
    criticSize: critic.weights.length,
    beliefRank: prior?.rank ?? 0,
  }
  return {
    kind: 'wolpertinger',
    params,
    arrays: [
      { name: 'actor', shape: [actor.weights.length], values: actor.weights },
      { name: 'critic', shape: [critic.weights.length], values: critic.weights },
      { name: 'items', shape: [items, width], values: values.slice() },
      ...ridgeArrays(prior),
    ],
  }
}

/**
 * The policy of a saved model, for decisions.
 * @param rows most states of a call
 * @throws RangeError if the model is of another kind, or an array is missing or of another shape
 */
export function loadWolpertinger(
  model: SavedModel,
  rows: number,
): { agent: WolpertingerAgent; prior: RidgePrior | null; spec: WolpertingerSpec } {
  if (model.kind !== 'wolpertinger') {
    throw new RangeError(`the model is of kind ${model.kind}, not wolpertinger`)
  }
  const { spec, items, width, stateWidth, actorSize, criticSize, beliefRank } =
    WolpertingerModelParams.parse(model.params)
  const values = modelArray(model, 'items', 'float32', [items, width])
  const agent = new WolpertingerAgent({ items, width, values }, stateWidth, rows, spec.agent, null)
  agent.load(
    modelArray(model, 'actor', 'float32', [actorSize]),
    modelArray(model, 'critic', 'float32', [criticSize]),
  )
  return { agent, prior: ridgeFrom(model, items, beliefRank), spec }
}
