import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { streams } from '#core/random/philox'
import { builtTree, leavesUnder } from '#core/tree/balancedTree'
import type { InspectedTree } from '#core/tree/inspectedTree'
import { levelsOf } from '#core/tree/levelMap'
import { nodePage } from '#core/tree/nodePage'
import { nodeWindow } from '#core/tree/nodeWindow'
import { treeChange } from '#core/tree/treeChange'
import { nodeAt, pathOf } from '#core/tree/nodePath'
import { treeBalance } from '#core/tree/treeBalance'
import { treeComparison } from '#core/tree/treeComparison'
import { treeFacts } from '#core/tree/treeFacts'
import { countDecision, emptyVisits } from '#core/tree/treeStatistics'

const rng = (i = 0) => streams(11)('inspector', i)

/** A random tree with so many decisions counted. */
function inspected(items: number, depth: number, decisions: number, seed = 0): InspectedTree {
  const draw = rng(seed)
  const values = Float32Array.from({ length: items * 2 }, () => draw.u())
  const vectors = { items, width: 2, values }
  const tree = builtTree(vectors, depth, 'random', draw)
  const found = emptyVisits(tree)
  for (let i = 0; i < decisions; i++) {
    const slot = tree.slotOf[draw.int(items)]!
    const entropies = Array.from({ length: depth }, () => 0.3 * draw.u())
    countDecision(tree, found, slot, entropies, 2 * draw.u() - 1)
  }
  const lastUpdate = found.visits.map((level) => Int32Array.from(level, (n) => (n > 0 ? 7 : -1)))
  const under = leavesUnder(tree)
  const itemVectors = { items, width: 2, values }
  return { tree, under, found, lastUpdate, vectors: values, width: 2, itemVectors, itemIds: null }
}

const shape = {
  items: fc.integer({ min: 1, max: 80 }),
  depth: fc.integer({ min: 1, max: 4 }),
  decisions: fc.integer({ min: 0, max: 60 }),
  seed: fc.nat(1000),
}
const anyTree = fc
  .record(shape)
  .map(({ items, depth, decisions, seed }) => inspected(items, depth, decisions, seed))

describe('a node and one level below', () => {
  it('add up: items, visits and shares of the children are those of the node', () => {
    const holds = (one: InspectedTree, pick: number) => {
      const { tree } = one
      const slot = tree.slotOf[pick % tree.slotOf.length]!
      for (let level = 0; level < tree.depth; level++) {
        const node = Math.floor(slot / tree.children ** (tree.depth - level))
        const page = nodePage(one, pathOf(tree, { level, node }))
        const own = page.breadcrumb.at(-1)!
        const sum = (values: ArrayLike<number>) =>
          Array.from(values).reduce((total, value) => total + value, 0)
        expect(sum(page.children.items)).toBe(own.items)
        expect(sum(page.children.visits)).toBe(own.visits)
        expect(page.children.child.length + page.emptyChildren).toBe(tree.children)
        if (own.share !== null) expect(sum(page.children.share)).toBeCloseTo(own.share, 9)
        // the way down is consistent: each step holds the next, and the last is the node
        page.breadcrumb.forEach(({ path, items, visits }, i) => {
          const next = page.breadcrumb[i + 1]
          expect(nodeAt(tree, path).level).toBe(i)
          if (!next) return
          expect(next.path.startsWith(path)).toBe(true)
          expect(next.items).toBeLessThanOrEqual(items)
          expect(next.visits).toBeLessThanOrEqual(visits!)
        })
      }
    }
    fc.assert(fc.property(anyTree, fc.nat(), holds), { numRuns: 60 })
  })

  it('name every item once over the leaves', () => {
    const one = inspected(23, 3, 0)
    const { tree } = one
    const names = tree.leaf.reduce<string[]>((all, item, slot) => {
      if (item >= 0) all.push(nodePage(one, pathOf(tree, { level: tree.depth, node: slot })).item!)
      return all
    }, [])
    expect(names.toSorted()).toEqual([...tree.slotOf.keys()].map(String).toSorted())
  })

  it('refuse a path that is not there, naming the part', () => {
    const one = inspected(9, 2, 0)
    expect(() => nodePage(one, '0.0.0')).toThrow('longer than the tree is deep: at most 2')
    expect(() => nodePage(one, '5')).toThrow('names the child "5"; children are 0 to 2')
    expect(() => nodePage(one, '0.x')).toThrow('names the child "x"')
  })
})

describe('the levels of a tree', () => {
  it('carry every decision, and entropies from 0 to 1', () => {
    fc.assert(fc.property(anyTree, carries), { numRuns: 40 })
  })
  const carries = (one: InspectedTree) => {
    const { tree, found } = one
    const total = found!.visits[0]![0]!
    const { map, figures } = levelsOf(one)
    map!.levels.forEach(({ visits, entropy }) => {
      const slots = tree.leaf.length
      if (slots === map!.parts) {
        const sum = visits.reduce((all, value) => all + value, 0)
        expect(sum).toBeCloseTo(total, 6)
      }
      for (const value of entropy) if (!Number.isNaN(value)) expect(value).toBeLessThanOrEqual(1)
    })
    expect(figures.map(({ nodes }) => nodes)).toEqual(
      figures.map((_, level) => tree.children ** level),
    )
    expect(figures.at(-1)!.open).toBe(tree.slotOf.length)
  }

  it('weigh balance by items, and let a single child count as 1', () => {
    const leaf = Int32Array.of(0, 1, 2, -1, 3, -1, -1, -1, -1)
    const slotOf = Int32Array.of(0, 1, 2, 4)
    const tree = { depth: 2, children: 3, leaf, slotOf }
    const { score, ...rest } = treeBalance(tree, leavesUnder(tree))
    // root: 3 and 1 of 4 items; the node of 3 is even, the node of 1 has a single child
    const root = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)) / Math.log(2)
    expect(score).toBeCloseTo((4 * root + 3 + 1) / 8)
    expect(rest).toEqual({ largestDifference: 3, singleChildNodes: 1, emptyLeaves: 5 })
  })

  it('are one after a build, whose siblings differ by at most 1', () => {
    const { balance, summary } = treeFacts(inspected(100, 2, 0))
    expect(balance.largestDifference).toBe(0)
    expect(balance.score).toBeCloseTo(1)
    expect(summary.children).toBe(10)
  })
})

describe('two trees over their items', () => {
  it('say that a tree is like itself', () => {
    const one = inspected(64, 3, 30)
    const { shared, only, levels, moved, match } = treeComparison(one, one)
    expect({ shared, match, moved: moved!.count }).toEqual({
      shared: 64,
      match: 'number',
      moved: 0,
    })
    expect(only.map(({ count }) => count)).toEqual([0, 0])
    expect(levels.map(({ adjustedRand }) => adjustedRand)).toEqual([1, 1])
  })

  it('compare what both have, by id, and name what only one has', () => {
    const a = { ...inspected(9, 2, 0), itemIds: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) }
    // the same tree, its items called in reverse, two of them by ids that A does not have
    const b = { ...a, itemIds: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 80, 90) }
    const { shared, only, moved, match, overlap } = treeComparison(a, b)
    expect({ shared, match, moved: moved!.count }).toEqual({ shared: 7, match: 'id', moved: 0 })
    expect(only).toEqual([
      { count: 2, first: ['8', '9'] },
      { count: 2, first: ['80', '90'] },
    ])
    expect(overlap!.shared.reduce((sum, n) => sum + n, 0)).toBe(7)
  })

  it('count what left its group', () => {
    const a = inspected(9, 2, 0)
    const { leaf, slotOf } = a.tree
    const swapped = leaf.slice()
    ;[swapped[0], swapped[3]] = [leaf[3]!, leaf[0]!]
    const places = slotOf.slice()
    ;[places[leaf[0]!], places[leaf[3]!]] = [3, 0]
    const tree = { ...a.tree, leaf: swapped, slotOf: places }
    const { moved } = treeComparison(a, { ...a, tree, under: leavesUnder(tree) })
    expect(moved!.first.map(({ item }) => Number(item)).toSorted()).toEqual(
      [leaf[0]!, leaf[3]!].toSorted(),
    )
    expect(moved!.first.find(({ item }) => Number(item) === leaf[0])).toMatchObject({
      from: '0.0',
      to: '1.0',
    })
  })
})

describe('items that come and go', () => {
  const one = inspected(14, 2, 0)
  const itemVectors = one.itemVectors!

  it('leave their leaves, and new ones join the items that are most like them', () => {
    const twin = [...itemVectors.values.subarray(2 * 5, 2 * 6)]
    const found = treeChange(one, itemVectors, {
      remove: ['5'],
      add: [{ vector: twin }, { like: ['5', '6'] }],
    })
    expect(found).toMatchObject({ unplaced: 0, items: { before: 14, after: 15 } })
    expect(found.drift).toMatchObject({ added: 2, removed: 1 })
    expect(found.balance.before.largestDifference).toBeLessThanOrEqual(1)
    expect(found.balance.after.emptyLeaves).toBe(1)
    // of all parents with a free leaf the first item's is the one whose mean is nearest
    const { leaf } = one.tree
    const distance = (parent: number) => {
      const own = [...leaf.subarray(4 * parent, 4 * parent + 4)].filter((j) => j >= 0 && j !== 5)
      if (own.length === 4 || own.length === 0) return Infinity
      const mean = (f: number) =>
        own.reduce((sum, j) => sum + itemVectors.values[2 * j + f]!, 0) / own.length
      return Math.hypot(twin[0]! - mean(0), twin[1]! - mean(1))
    }
    const [first] = found.placed
    expect(first!.distance).toBeCloseTo(Math.min(...[0, 1, 2, 3].map(distance)), 5)
    expect(first!.beside).not.toContain('5')
  })

  it('ask for a rebuild when no leaf is left, and name what does not fit', () => {
    const add = Array.from({ length: 4 }, () => ({ like: ['0'] }))
    const found = treeChange(one, itemVectors, { remove: [], add })
    expect(found).toMatchObject({ unplaced: 2, drift: { rebuildAdvised: true } })
    const change = (remove: string[], vector: number[]) => () =>
      treeChange(one, itemVectors, { remove, add: [{ vector }] })
    expect(change(['14'], [0, 0])).toThrow('no item "14"')
    expect(change([], [0])).toThrow('has 1 numbers, those of this tree have 2')
  })
})

it('gives of 27,000 leaves under one node those that are asked for, in any order', () => {
  const one = inspected(27_000, 1, 2000)
  const { children } = nodePage(one, '')
  expect([children.child.length, children.total, children.totalItems]).toEqual([
    400, 27_000, 27_000,
  ])
  const visits = one.found!.exposure.toSorted((a, b) => b - a)
  expect([...children.visits]).toEqual([...visits.slice(0, 400)])
  const asked = { by: 'child', falling: false, first: 26_950, count: 100 } as const
  const last = nodeWindow(one, { level: 0, node: 0 }, asked)
  expect([...last.child]).toEqual(Array.from({ length: 50 }, (_, i) => 26_950 + i))
  // what is unknown comes last, whichever way
  const by = (falling: boolean) =>
    nodeWindow(one, { level: 0, node: 0 }, { by: 'reward', falling, first: 0, count: 27_000 })
      .reward
  const known = (values: Float64Array) => values.findIndex(Number.isNaN)
  expect(known(by(true))).toBe(known(by(false)))
  expect(by(true)[0]).toBeGreaterThanOrEqual(by(false)[0]!)
  // a leaf that nobody saw stands among its siblings all the same
  const rare = one.found!.exposure.lastIndexOf(0)
  expect(nodePage(one, String(rare)).siblings!.child).toContain(rare)
})

it('opens a level of a tree of 27,000 leaves', () => {
  const one = inspected(27_000, 3, 2000)
  const page = nodePage(one, '7.3')
  expect(page.children.child.length).toBe(30)
  expect(page.breadcrumb.map(({ items }) => items)).toEqual([27_000, 900, 30])
  expect(nodePage(one, '').children.items.every((n) => n === 900)).toBe(true)
})
