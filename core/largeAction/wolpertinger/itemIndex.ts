import type { Arena, Block } from '#core/compute/arena'
import { mostSelectable, selectLargest } from '#core/compute/selectLargest'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { streams } from '#core/random/philox'
import { builtTree } from '#core/tree/balancedTree'

/** Items that a row may not be given: `count[row]` of `items` from row · width on. */
export interface Blocked {
  readonly items: Int32Array
  readonly count: Int32Array
  readonly width: number
}

/** Finds the items nearest to proto-actions by Euclidean distance. */
export interface ItemIndex {
  /**
   * @param queries byte offset of [rows × width]
   * @param out items of each row, nearest first, ties by id, [rows × k]; −1 where there are no more
   */
  nearest(queries: number, rows: number, k: number, blocked: Blocked, out: Int32Array): void
}

/** Item vectors in an arena: packed, and minus half of each square. */
export interface IndexedItems {
  readonly vectors: ItemVectors
  readonly values: Block
  readonly offset: Block
}

export function indexedItems(arena: Arena, vectors: ItemVectors): IndexedItems {
  const { items, width } = vectors
  const values = arena.block(items * width)
  values.values.set(vectors.values)
  const offset = arena.block(items)
  for (let j = 0; j < items; j++) {
    let square = 0
    for (let f = 0; f < width; f++) square += vectors.values[j * width + f]! ** 2
    offset.values[j] = -square / 2
  }
  return { vectors, values, offset }
}

/** So many neighbours are found faster by a list that is kept in order than by sorting candidates. */
const few = 100

/**
 * All items: |a − e|² is smallest where a·e − |e|²/2 is largest, one product for all rows.
 * @param rows most rows of a call
 */
export function exactIndex(arena: Arena, indexed: IndexedItems, rows: number): ItemIndex {
  const { items, width } = indexed.vectors
  const packed = arena.packedBlock(width, items)
  arena.pack(indexed.values.at, packed.at, width, items, true)
  const scores = arena.block(rows * items)
  return {
    nearest(queries, asked, k, blocked, out) {
      arena.kernels.gemm(queries, packed.at, indexed.offset.at, scores.at, asked, items, width, 0)
      for (let row = 0; row < asked; row++) {
        const own = scores.values.subarray(row * items, (row + 1) * items)
        for (let b = 0; b < blocked.count[row]!; b++) {
          own[blocked.items[row * blocked.width + b]!] = -Infinity
        }
        const found = k === 1 ? 1 : Math.min(k, items)
        if (found === 1) out[row * k] = largest(own)
        else if (found > few && items <= mostSelectable) selectLargest(own, found, out, row * k)
        else best(arena, scores.at + 4 * row * items, items, found, out, row * k)
        for (let i = 0; i < k; i++) {
          if (i >= found || own[out[row * k + i]!] === -Infinity) out[row * k + i] = -1
        }
      }
    },
  }
}

function largest(scores: Float32Array): number {
  let best = 0
  for (let j = 1; j < scores.length; j++) if (scores[j]! > scores[best]!) best = j
  return best
}

/** Positions of the k largest, by the kernel. */
function best(
  arena: Arena,
  scores: number,
  n: number,
  k: number,
  out: Int32Array,
  to: number,
): void {
  const numbers = 8 * Math.ceil(k / 4) + 8 * Math.floor((Math.floor((3 * k) / 2) + 15) / 8)
  const at = arena.scratch(4 * (k + 4 + numbers))
  const scratch = at + 16 * Math.ceil(k / 4)
  arena.kernels.topK(scores, 1, n, k, at, scratch)
  out.set(arena.ints(at, k), to)
}

/**
 * Only items of the `probes` clusters whose mean is nearest: √items clusters by balanced k-means. Faster
 * from some ten thousand items on, and not exact.
 */
export function clusteredIndex({ vectors }: IndexedItems, arena: Arena, probes = 4): ItemIndex {
  const { items, width, values } = vectors
  const tree = builtTree(vectors, 2, 'kmeans', streams(1)('item index', items))
  const c = tree.children
  const means = new Float32Array(c * width)
  const counts = new Int32Array(c)
  tree.leaf.forEach((item, slot) => {
    if (item < 0) return
    const cluster = Math.floor(slot / c)
    counts[cluster]!++
    for (let f = 0; f < width; f++) means[cluster * width + f]! += values[item * width + f]!
  })
  for (let at = 0; at < means.length; at++)
    means[at]! /= Math.max(1, counts[Math.floor(at / width)]!)
  const gap = (a: Float32Array, from: number, b: Float32Array, to: number): number => {
    let square = 0
    for (let f = 0; f < width; f++) square += (a[from + f]! - b[to + f]!) ** 2
    return square
  }
  return {
    nearest(queries, rows, k, blocked, out) {
      const query = arena.floats(queries, rows * width)
      for (let row = 0; row < rows; row++) {
        const refused = new Set(
          blocked.items.subarray(row * blocked.width, row * blocked.width + blocked.count[row]!),
        )
        const near = Array.from(counts, (_, cluster) => cluster)
          .filter((cluster) => counts[cluster]! > 0)
          .map((cluster) => ({ cluster, gap: gap(query, row * width, means, cluster * width) }))
          .sort((a, b) => a.gap - b.gap || a.cluster - b.cluster)
        const found: { item: number; gap: number }[] = []
        // further clusters only while the nearest ones do not hold k items
        for (let i = 0; i < near.length && (i < probes || found.length < k); i++) {
          const first = near[i]!.cluster * c
          for (const item of tree.leaf.subarray(first, first + c)) {
            if (item < 0 || refused.has(item)) continue
            found.push({ item, gap: gap(query, row * width, values, item * width) })
          }
        }
        found.sort((a, b) => a.gap - b.gap || a.item - b.item)
        for (let i = 0; i < k; i++) out[row * k + i] = found[i]?.item ?? -1
      }
    },
  }
}
