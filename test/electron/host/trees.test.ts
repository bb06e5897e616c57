import { afterEach, expect, it } from 'vitest'
import { forkWorker } from '#electron/worker/fork'
import { bench, type Bench } from '../../support/hostHarness.ts'

let b: Bench
afterEach(() => b.end())

async function trained(split: 'pca' | 'random', items = 50): Promise<number> {
  const spec = {
    kind: 'tpgr',
    world: { kind: 'typedLatent', users: 40, items, types: 2, horizon: 6 },
    representation: { kind: 'rating', width: 8 },
    tree: { depth: 2, split },
    agent: { updates: 2, episodesPerUpdate: 8 },
    evaluateEvery: 2,
    evaluationUsers: 8,
  }
  const study = await b.api.call('studies.start', { kind: 'training', spec, seed: 1 })
  for await (const frames of b.api.stream('studies.watch', { study })) {
    const { state, reason } = frames.at(-1)!
    if (state === 'failed') throw new Error(reason ?? '')
    if (state === 'finished') break
  }
  const [newest] = await b.api.call('trees.list', {})
  return newest!.row.id
}

it('opens the trees of the workspace node by node, and takes decisions apart', async () => {
  b = await bench({ fork: forkWorker })
  expect(await b.api.call('trees.list', {})).toEqual([])
  const model = await trained('pca')

  const tree = await b.api.call('trees.get', { model })
  expect(tree.summary).toMatchObject({ items: 50, depth: 2, children: 8 })
  expect(tree.balance).toMatchObject({ largestDifference: 1, emptyLeaves: 14 })
  expect(tree.curve!.points.map(({ update }) => update)).toEqual([0, 2])
  expect(tree.root.visits).toBe(8 * 6)

  const root = await b.api.call('trees.node', { model, path: '' })
  expect(root.children.items.reduce((sum, n) => sum + n, 0)).toBe(50)
  expect(root.children.visits.reduce((sum, n) => sum + n, 0)).toBe(8 * 6)
  // a column that nothing is known of crosses the border as it is
  const below = await b.api.call('trees.node', { model, path: '0' })
  expect(below.children.entropy.every(Number.isNaN)).toBe(true)

  const change = { model, remove: ['3'], add: [{ like: ['4', '5'] }] }
  const changed = await b.api.call('trees.change', change)
  expect(changed).toMatchObject({ items: { before: 50, after: 50 }, unplaced: 0 })
  const asked = { model, path: '', by: 'child', falling: false, first: 2, count: 3 } as const
  expect([...(await b.api.call('trees.rows', asked)).child]).toEqual([2, 3, 4])

  const decision = await b.api.call('trees.decision', {
    model,
    start: null,
    step: 2,
    choice: 'argmax',
  })
  expect(decision).toMatchObject({ startKind: 'user', starts: 40, heldBack: true, horizon: 6 })
  expect(decision.history).toHaveLength(2)
  const leaf = decision.levels.at(-1)!.chosen.path
  expect(await b.api.call('trees.locate', { model, item: decision.item })).toBe(leaf)
  expect((await b.api.call('trees.node', { model, path: leaf })).item).toBe(decision.item)

  // what does not fit names its field
  const failed = (call: Promise<unknown>) => expect(call).rejects
  await failed(b.api.call('trees.node', { model, path: '9' })).toMatchObject({
    code: 'BAD_INPUT',
    fields: [{ path: 'path' }],
  })
  await failed(b.api.call('trees.locate', { model, item: '50' })).toThrow('no item "50"')
  const ask = { model, step: 0, choice: 'sample' } as const
  await failed(b.api.call('trees.decision', { ...ask, start: '40' })).toThrow('0 to 39')
  await failed(b.api.call('trees.decision', { ...ask, start: null, step: 6 })).toThrow('0 to 5')
  await failed(b.api.call('trees.get', { model: 77 })).toThrow('there is no model 77')
})

it('compares two trees, also of different items, and forgets what was deleted', async () => {
  b = await bench({ fork: forkWorker })
  const a = await trained('pca')
  const random = await trained('random')
  const small = await trained('pca', 40)
  const found = await b.api.call('trees.compare', { a, b: random })
  expect(found).toMatchObject({ match: 'number', shared: 50 })
  expect(found.levels.map(({ level }) => level)).toEqual([1])
  expect(found.sides.map(({ spec }) => spec.tree.split)).toEqual(['pca', 'random'])

  // vectors of the same items stand side by side, those of other items do not
  const spaces = await b.api.call('trees.spaces', { model: a })
  expect(spaces.map(({ row, agreement }) => [row.id, agreement])).toEqual([
    [a, 1],
    [random, 1],
  ])
  expect(spaces[0]!.reconstruction).toBeGreaterThan(0.1)
  expect(spaces[0]!.eight).toBeCloseTo(1, 9)

  const other = await b.api.call('trees.compare', { a, b: small })
  expect(other.shared).toBe(40)
  expect(other.only.map(({ count }) => count)).toEqual([10, 0])
  expect(other.only[0].first[0]).toBe('40')
  await expect(b.api.call('trees.compare', { a, b: a })).rejects.toThrow('two different models')

  // the curve goes with the training, the tree stays
  const [newest] = await b.api.call('studies.list', {})
  await b.api.call('studies.delete', { study: newest!.id })
  expect((await b.api.call('trees.get', { model: small })).curve).toBe(null)
  await b.api.call('models.delete', { model: small })
  await expect(b.api.call('trees.node', { model: small, path: '' })).rejects.toThrow('no model')
})
