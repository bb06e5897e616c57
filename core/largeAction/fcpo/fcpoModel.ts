import { z } from 'zod'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import { FcpoSpec } from '../trainParams.ts'
import type { GaussianActor } from './gaussianActor.ts'
import { newActor } from './newActor.ts'

const FcpoModelParams = z.strictObject({
  spec: FcpoSpec,
  items: z.int().min(1),
  width: z.int().min(1),
})

/** The actor in single precision and the item vectors that its rows are multiplied with. */
export function fcpoModel(actor: GaussianActor, vectors: ItemVectors, spec: FcpoSpec): SavedModel {
  const { items, width, values } = vectors
  return {
    kind: 'fcpo',
    params: { spec, items, width } satisfies z.output<typeof FcpoModelParams>,
    arrays: [
      { name: 'theta', shape: [actor.theta.length], values: Float32Array.from(actor.theta) },
      { name: 'items', shape: [items, width], values: values.slice() },
    ],
  }
}

/** @throws RangeError if the model is of another kind, or an array is missing or of another shape */
export function loadFcpo(model: SavedModel): {
  actor: GaussianActor
  vectors: ItemVectors
  spec: FcpoSpec
} {
  if (model.kind !== 'fcpo') throw new RangeError(`the model is of kind ${model.kind}, not fcpo`)
  const { spec, items, width } = FcpoModelParams.parse(model.params)
  const actor = newActor(spec.agent, width)
  actor.theta.set(modelArray(model, 'theta', 'float32', [actor.theta.length]))
  const values = modelArray(model, 'items', 'float32', [items, width])
  return { actor, vectors: { items, width, values }, spec }
}
