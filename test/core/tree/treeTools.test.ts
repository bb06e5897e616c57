import { describe, expect, it } from 'vitest'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import { builtTree } from '#core/tree/balancedTree'
import { compareTrees } from '#core/tree/compareTrees'
import { LivingTree } from '#core/tree/livingTree'
import { countDecision, emptyVisits, levelStatistics, treeSummary } from '#core/tree/treeStatistics'

const rng = (i = 0) => streams(5)('tools', i)

/** `clusters` far-apart groups of `each` items. */
function grouped(clusters: number, each: number): ItemVectors {
  const draw = rng(1)
  const values: number[] = []
  for (let j = 0; j < clusters * each; j++) {
    values.push(20 * (j % clusters) + normal(draw), normal(draw))
  }
  return { items: clusters * each, width: 2, values: Float32Array.from(values) }
}

describe('two trees', () => {
  it('agree with themselves, and by chance alone with a shuffle', () => {
    const vectors = grouped(8, 64)
    const tree = builtTree(vectors, 3, 'pca', rng())
    const other = builtTree(vectors, 3, 'random', rng())
    expect(compareTrees(tree, tree)).toEqual([
      { level: 1, adjustedRand: 1, overlap: 1 },
      { level: 2, adjustedRand: 1, overlap: 1 },
    ])
    for (const { adjustedRand, overlap } of compareTrees(tree, other)) {
      expect(Math.abs(adjustedRand)).toBeLessThan(0.05)
      expect(overlap).toBeLessThan(0.4)
    }
    const kmeans = builtTree(vectors, 3, 'kmeans', rng())
    expect(compareTrees(tree, kmeans)[0]!.adjustedRand).toBeGreaterThan(0.6)
  })
})

describe('a living tree', () => {
  it('puts a new item beside those like it, and takes items out', () => {
    const vectors = grouped(4, 3) // 12 items in 16 leaves, a free one in each group
    const living = new LivingTree(builtTree(vectors, 2, 'kmeans', rng()), vectors)
    const { item, slot } = living.add(Float32Array.of(40, 0))
    expect(item).toBe(12)
    const neighbours = living
      .tree()
      .leaf.subarray(4 * Math.floor(slot / 4), 4 * Math.floor(slot / 4) + 4)
    expect([...neighbours].filter((j) => j >= 0 && j !== 12).every((j) => j % 4 === 2)).toBe(true)
    living.remove(2)
    expect(living.tree().slotOf[2]).toBe(-1)
    expect(living.tree().leaf.includes(2)).toBe(false)
    expect(() => living.remove(2)).toThrow('item 2 is not in the tree')
    expect(living.drift()).toMatchObject({ added: 1, removed: 1, spread: 0, rebuildAdvised: false })
  })

  it('asks for a rebuild when it is full or uneven', () => {
    const vectors = grouped(4, 3)
    const living = new LivingTree(builtTree(vectors, 2, 'kmeans', rng()), vectors)
    for (let i = 0; i < 4; i++) living.add(Float32Array.of(0, 0))
    expect(living.drift().rebuildAdvised).toBe(true)
    expect(() => living.add(Float32Array.of(0, 0))).toThrow('all 16 leaves are taken')
    for (const item of [0, 4, 8]) living.remove(item)
    expect(living.drift()).toMatchObject({ spread: 3, rebuildAdvised: true })
  })
})

describe('statistics of a tree', () => {
  it('add up what decisions left', () => {
    const tree = builtTree(grouped(4, 4), 2, 'pca', rng())
    const found = emptyVisits(tree)
    countDecision(tree, found, 0, [1, 0.5], 1)
    countDecision(tree, found, 1, [1, 0.7], 0)
    countDecision(tree, found, 5, [1, 0.2], 0.5)
    const [root] = levelStatistics(tree, found, 0)
    expect(root).toMatchObject({
      items: 16,
      children: 4,
      fill: 1,
      visits: 3,
      entropy: 1,
      exposure: 1,
    })
    expect(root!.meanReward).toBeCloseTo(0.5)
    expect(root!.rewardInterval!.high - 0.5).toBeCloseTo(1.96 * Math.sqrt(0.25 / 3))
    const [first, second, third] = levelStatistics(tree, found, 1)
    expect(first).toMatchObject({ visits: 2, meanReward: 0.5 })
    expect(first!.entropy).toBeCloseTo(0.6)
    expect(second).toMatchObject({ visits: 1, meanReward: 0.5, rewardInterval: null })
    expect(third).toMatchObject({ visits: 0, entropy: null, meanReward: null, exposure: 0 })
  })

  it('know the numbers of the specification', () => {
    const items = { items: 1682, width: 1, values: new Float32Array(1682) }
    expect(treeSummary(builtTree(items, 2, 'random', rng()))).toMatchObject({
      children: 42,
      leafSlots: 1764,
      emptySlots: 82,
      nodes: 43,
      forcedNodes: 0,
      outputsPerDecision: 84,
      childSizes: [
        { least: 40, most: 41 },
        { least: 0, most: 1 },
      ],
    })
  })
})
