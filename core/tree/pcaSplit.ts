import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { Split } from './split.ts'

const mostSteps = 100

/** First principal component of the node's own items, projected, sorted, cut; ties by item id. */
export const pcaSplit: Split = {
  paper: 'Chen et al., "Large-scale interactive recommendation with TPGR", AAAI 2019',
  reorder(items, _sizes, vectors) {
    const direction = principalDirection(items, vectors)
    const { width, values } = vectors
    const projection = new Map<number, number>()
    const keys = new Float64Array(items.length)
    items.forEach((item, i) => {
      let dot = 0
      for (let f = 0; f < width; f++) dot += values[item * width + f]! * direction[f]!
      keys[i] = dot
    })
    if (items.length < 4096) {
      items.forEach((item, i) => projection.set(item, keys[i]!))
      items.sort((a, b) => projection.get(a)! - projection.get(b)! || a - b)
      return
    }
    const places = Int32Array.from(keys, (_, i) => i)
    places.sort((a, b) => keys[a]! - keys[b]! || items[a]! - items[b]!)
    items.set(places.map((place) => items[place]!))
  },
}

/**
 * Leading eigenvector of the covariance, by power iteration from its column of largest variance; its
 * sign is fixed by its largest coordinate, so that the same vectors give the same cut everywhere.
 */
function principalDirection(items: Int32Array, { width, values }: ItemVectors): Float64Array {
  const mean = new Float64Array(width)
  for (const item of items) {
    for (let f = 0; f < width; f++) mean[f]! += values[item * width + f]!
  }
  for (let f = 0; f < width; f++) mean[f]! /= items.length
  const covariance = new Float64Array(width * width)
  const centred = new Float64Array(width)
  for (const item of items) {
    for (let f = 0; f < width; f++) centred[f] = values[item * width + f]! - mean[f]!
    for (let f = 0; f < width; f++) {
      const x = centred[f]!
      if (x === 0) continue
      for (let g = f; g < width; g++) covariance[f * width + g]! += x * centred[g]!
    }
  }
  let start = 0
  for (let f = 0; f < width; f++) {
    for (let g = 0; g < f; g++) covariance[f * width + g] = covariance[g * width + f]!
    if (covariance[f * width + f]! > covariance[start * width + start]!) start = f
  }
  let direction: Float64Array = covariance.slice(start * width, (start + 1) * width)
  if (!normalise(direction)) return direction
  for (let step = 0; step < mostSteps; step++) {
    const next = new Float64Array(width)
    for (let f = 0; f < width; f++) {
      for (let g = 0; g < width; g++) next[f]! += covariance[f * width + g]! * direction[g]!
    }
    normalise(next)
    const change = next.reduce((most, x, f) => Math.max(most, Math.abs(x - direction[f]!)), 0)
    direction = next
    if (change < 1e-9) break
  }
  const largest = direction.reduce((best, x, f) => {
    return Math.abs(x) > Math.abs(direction[best]!) + 1e-9 ? f : best
  }, 0)
  return direction[largest]! < 0 ? direction.map((x) => -x) : direction
}

/** False for a vector of zeros: items that are all alike have no direction. */
function normalise(v: Float64Array): boolean {
  let square = 0
  for (const x of v) square += x * x
  if (square === 0) return false
  const scale = 1 / Math.sqrt(square)
  for (let f = 0; f < v.length; f++) v[f]! *= scale
  return true
}
