import type { RidgePrior } from '#core/episode/ridgeBelief'
import { modelArray, type SavedModel } from '#core/model/savedModel'

/** The prior of a ridge estimate among the arrays of a model; none for null. */
export function ridgeArrays(prior: RidgePrior | null): SavedModel['arrays'] {
  if (!prior) return []
  const { rank } = prior
  const floats = (name: string, shape: readonly number[], values: ArrayLike<number>) => ({
    name: `belief ${name}`,
    shape,
    values: Float32Array.from(values),
  })
  return [
    floats('items', [prior.items.length / rank, rank], prior.items),
    floats('mean', [rank], prior.mean),
    floats('sd', [rank], prior.sd),
    floats('inverse', [rank, rank], prior.startInverse),
    floats('vector', [rank], prior.startVector),
  ]
}

/** @param rank 0 for a model without */
export function ridgeFrom(model: SavedModel, items: number, rank: number): RidgePrior | null {
  if (rank === 0) return null
  const numbers = (name: string, shape: readonly number[]) =>
    modelArray(model, `belief ${name}`, 'float32', shape)
  return {
    rank,
    items: numbers('items', [items, rank]),
    mean: Float64Array.from(numbers('mean', [rank])),
    sd: Float64Array.from(numbers('sd', [rank])),
    startInverse: Float64Array.from(numbers('inverse', [rank, rank])),
    startVector: Float64Array.from(numbers('vector', [rank])),
  }
}
