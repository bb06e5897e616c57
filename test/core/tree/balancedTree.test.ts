import { describe, expect, it } from 'vitest'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { treeShape } from '#core/metric/treeShape'
import { normal, permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import { builtTree, leavesUnder, siblingSizes } from '#core/tree/balancedTree'
import { splitIds, splits } from '#core/tree/index'
import { treeSummary } from '#core/tree/treeStatistics'

const rng = () => streams(5)('tree test', 0)

function randomVectors(items: number, width = 3): ItemVectors {
  const draw = streams(9)('vectors', items)
  return { items, width, values: Float32Array.from({ length: items * width }, () => normal(draw)) }
}

/** Item counts at which arithmetic goes wrong: 1, 2, c, c + 1, c^d − 1, c^d, c^d + 1. */
function* shapes(): Generator<{ items: number; depth: number }> {
  for (let depth = 1; depth <= 6; depth++) {
    const c = depth > 3 ? 3 : 5
    const counts = [1, 2, c, c + 1, c ** depth - 1, c ** depth, c ** depth + 1, 4, 9, 1024]
    for (const items of new Set(counts)) yield { items, depth }
  }
}

describe.each(splitIds)('a balanced tree by %s split', (split) => {
  it('holds every item once, siblings differ by one at most, whatever the size and depth', () => {
    for (const { items, depth } of shapes()) {
      const tree = builtTree(randomVectors(items), depth, split, rng())
      expect(tree.children).toBe(treeShape(items, depth).children)
      const held = [...tree.leaf].filter((item) => item >= 0).sort((a, b) => a - b)
      expect(held).toEqual([...Array(items).keys()])
      tree.slotOf.forEach((slot, item) => expect(tree.leaf[slot]).toBe(item))
      expect(treeSummary(tree).balance).toBe(1)
    }
  })

  it('is the same for the same seed', () => {
    const build = () => builtTree(randomVectors(50), 3, split, rng())
    expect(build()).toEqual(build())
  })
})

describe('clusters', () => {
  it.each(['pca', 'kmeans'] as const)('of %s depend on vectors, not on ids', (split) => {
    const vectors = randomVectors(60)
    const renamed = permutation(streams(1)('names', 0), 60) // item j becomes renamed[j]
    const moved = new Float32Array(vectors.values.length)
    renamed.forEach((to, from) =>
      moved.set(vectors.values.subarray(3 * from, 3 * from + 3), 3 * to),
    )
    const parents = (v: ItemVectors) => {
      const items = Int32Array.from({ length: 60 }, (_, j) => j)
      splits[split].reorder(items, siblingSizes(60, 4), v, streams(2)('one node', 0))
      return [0, 1, 2, 3].map((k) => items.subarray(15 * k, 15 * k + 15))
    }
    const before = parents(vectors)
    const after = parents({ ...vectors, values: moved })
    const agreeing = before.map((own) => {
      const names = new Set(own)
      return Math.max(
        ...after.map((other) => [...other].filter((j) => names.has(renamed.indexOf(j))).length),
      )
    })
    expect(agreeing).toEqual([15, 15, 15, 15])
  })

  it('of k-means lie closer together than those of a shuffle', () => {
    const vectors = randomVectors(64)
    const spread = (split: 'kmeans' | 'random' | 'pca'): number => {
      const { leaf } = builtTree(vectors, 2, split, rng())
      let sum = 0
      for (let v = 0; v < 8; v++) {
        const own = leaf.subarray(8 * v, 8 * v + 8)
        for (let f = 0; f < 3; f++) {
          const values = Array.from(own, (item) => vectors.values[3 * item + f]!)
          const mean = values.reduce((a, b) => a + b, 0) / 8
          sum += values.reduce((s, x) => s + (x - mean) ** 2, 0)
        }
      }
      return sum
    }
    expect(spread('kmeans')).toBeLessThan(0.65 * spread('random'))
    expect(spread('pca')).toBeLessThan(0.85 * spread('random'))
  })

  it('of sizes that add up: the first get ⌈n/c⌉, the others one less', () => {
    expect([...siblingSizes(10, 4)]).toEqual([3, 3, 2, 2])
    expect([...siblingSizes(2, 4)]).toEqual([1, 1, 0, 0])
    expect([...siblingSizes(0, 3)]).toEqual([0, 0, 0])
  })

  it('count the leaves under every child', () => {
    const tree = builtTree(randomVectors(10), 2, 'pca', rng())
    const under = leavesUnder(tree)
    expect([...under[0]!]).toEqual([3, 3, 2, 2])
    expect(under[1]!.reduce((a, b) => a + b, 0)).toBe(10)
  })
})
