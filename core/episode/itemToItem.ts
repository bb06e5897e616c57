import { normal, permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import { emptyFeedback, type Episodes, type EpisodicWorld } from './episodicWorld.ts'

export interface ItemToItemShape {
  readonly items: number
  /** Dimensions of an item's vector. */
  readonly width: number
  /** Weight of the noise of each pair: how badly the vectors tell what will be accepted. */
  readonly roughness: number
  readonly horizon: number
  readonly worldSeed: number
  /** Weight of zᵢᵀMzⱼ; 0: the vectors say nothing. Switches of validity tests, 6 and −4.5 without. */
  readonly affinity?: number
  /** In logits: how readily anything is accepted. */
  readonly offset?: number
}

/** What an oracle may know of world B. */
export interface ItemToItemHidden {
  /** P(accept j after i), [items × items], zero where j = i. */
  readonly accept: Float32Array
  /** Mᵀzᵢ, where the vectors lie that are accepted most after i, [items × width]. */
  readonly aim: Float64Array
}

/** An episode ends with these probabilities after an accepted and a rejected item. */
export const endings = { accepted: 0.1, rejected: 0.2 } as const

/**
 * World B (simulators.md): the state is the item last accepted, or a random one after a rejection.
 *
 * Item vectors z are uniform on the unit sphere, M is a random orthogonal matrix, and
 * W_ij = σ(6·zᵢᵀMzⱼ − 4.5 + 0.4·nⱼ + roughness·nᵢⱼ) with standard normal n.
 */
export function itemToItem(shape: ItemToItemShape): {
  readonly world: EpisodicWorld
  readonly vectors: Float32Array // [items × width], unit length
  readonly hidden: ItemToItemHidden
} {
  const { items, width, horizon } = shape
  const vectors = unitVectors(shape)
  const aim = aims(shape, vectors)
  const accept = acceptance(shape, vectors, aim)
  const starts = permutation(streams(shape.worldSeed)('starts', 0), items)
  return {
    world: {
      label: `item to item, ${items} items, roughness ${shape.roughness}`,
      items,
      horizon,
      repeats: true,
      featureWidth: width,
      // every start occurs in training: the world has no users to hold back
      starts: { train: starts, test: starts },
      open: (rows) => openRows(shape, vectors, accept, rows),
    },
    vectors,
    hidden: { accept, aim },
  }
}

function unitVectors({ items, width, worldSeed }: ItemToItemShape): Float32Array {
  const rng = streams(worldSeed)('item vectors', 0)
  const vectors = new Float32Array(items * width)
  for (let j = 0; j < items; j++) {
    const z = Float64Array.from({ length: width }, () => normal(rng))
    const norm = Math.hypot(...z)
    for (let f = 0; f < width; f++) vectors[j * width + f] = z[f]! / norm
  }
  return vectors
}

function aims({ items, width, worldSeed }: ItemToItemShape, vectors: Float32Array): Float64Array {
  const rotation = orthogonal(width, streams(worldSeed)('turn', 0))
  const aim = new Float64Array(items * width)
  for (let i = 0; i < items; i++) {
    for (let f = 0; f < width; f++) {
      for (let g = 0; g < width; g++) {
        aim[i * width + f]! += vectors[i * width + g]! * rotation[g * width + f]!
      }
    }
  }
  return aim
}

function acceptance(
  shape: ItemToItemShape,
  vectors: Float32Array,
  aim: Float64Array,
): Float32Array {
  const { items, width, roughness, worldSeed, affinity = 6, offset = -4.5 } = shape
  const stream = streams(worldSeed)
  const attraction = stream('attraction', 0)
  const appeal = Float64Array.from({ length: items }, () => 0.4 * normal(attraction))
  const accept = new Float32Array(items * items)
  for (let i = 0; i < items; i++) {
    const rng = stream('pair', i)
    for (let j = 0; j < items; j++) {
      const noise = normal(rng)
      if (i === j) continue
      let dot = 0
      for (let f = 0; f < width; f++) dot += aim[i * width + f]! * vectors[j * width + f]!
      const logit = affinity * dot + offset + appeal[j]! + roughness * noise
      accept[i * items + j] = 1 / (1 + Math.exp(-logit))
    }
  }
  return accept
}

/** A random orthogonal matrix: Gram–Schmidt over the rows of a Gaussian one. */
function orthogonal(width: number, rng: Rng): Float64Array {
  const m = Float64Array.from({ length: width * width }, () => normal(rng))
  for (let r = 0; r < width; r++) {
    const row = m.subarray(r * width, (r + 1) * width)
    for (let q = 0; q < r; q++) {
      const other = m.subarray(q * width, (q + 1) * width)
      const dot = row.reduce((sum, x, f) => sum + x * other[f]!, 0)
      for (let f = 0; f < width; f++) row[f]! -= dot * other[f]!
    }
    const norm = Math.hypot(...row)
    for (let f = 0; f < width; f++) row[f]! /= norm
  }
  return m
}

function openRows(
  { items, width, horizon }: ItemToItemShape,
  vectors: Float32Array,
  accept: Float32Array,
  rows: number,
): Episodes {
  const features = new Float32Array(rows * width)
  const unavailable = new Uint8Array(rows * items)
  const blocked = new Int32Array(rows * horizon)
  const alive = new Uint8Array(rows)
  const feedback = emptyFeedback(rows)
  const current = new Int32Array(rows)
  const run = new Int32Array(rows)
  const steps = new Int32Array(rows)
  const move = (row: number, item: number) => {
    unavailable[row * items + current[row]!] = 0
    unavailable[row * items + item] = 1
    current[row] = item
    blocked[row * horizon] = item
    features.set(vectors.subarray(item * width, (item + 1) * width), row * width)
  }
  const restart = (row: number, start: number) => {
    alive[row] = 1
    run[row] = 0
    steps[row] = 0
    for (const values of Object.values(feedback)) values[row] = 0
    move(row, start)
  }
  return {
    rows,
    features,
    unavailable,
    blocked,
    blockedCount: new Int32Array(rows).fill(1),
    alive,
    feedback,
    begin(starts) {
      for (let row = 0; row < rows; row++) restart(row, starts[row]!)
    },
    restart,
    step(chosen, rng) {
      for (let row = 0; row < rows; row++) {
        // every row draws every time, so that the coins of one do not depend on when another ends
        const [coin, ending, elsewhere] = [rng.u(), rng.u(), rng.int(items)]
        feedback.raw[row] = feedback.reward[row] = feedback.hit[row] = 0
        if (!alive[row]) continue
        const item = chosen[row]!
        if (!(item >= 0 && item < items) || item === current[row]) {
          throw new RangeError(`row ${row}: item ${item} may not be chosen`)
        }
        steps[row]!++
        const accepted = coin < accept[current[row]! * items + item]!
        run[row] = accepted ? run[row]! + 1 : 0
        if (accepted) feedback.raw[row] = feedback.reward[row] = feedback.hit[row] = 1
        feedback.longestRun[row] = Math.max(feedback.longestRun[row]!, run[row]!)
        move(row, accepted ? item : elsewhere)
        if (steps[row]! >= horizon || ending < (accepted ? endings.accepted : endings.rejected)) {
          alive[row] = 0
        }
      }
    },
  }
}
