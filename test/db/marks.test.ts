import { afterEach, beforeEach, expect, it } from 'vitest'
import { ExperimentSpec } from '#core/experimentSpec'
import type { WriteDb } from '#db/handle'
import { IN_MEMORY } from '#db/open'
import { createStore, type Store } from '#db/store'
import { openWorkspace } from '#db/workspace'

let db: WriteDb
let store: Store
beforeEach(() => {
  db = openWorkspace(IN_MEMORY)
  store = createStore(db)
})
afterEach(() => db.close())

const start = (seed: number) =>
  store.startRun(
    ExperimentSpec.parse({ name: 'One', environment: { kind: 'typedLatent' } }),
    null,
    { seed, total: 400, dataset: null, at: '2026-01-02T03:04:05.000Z' },
  )

it('marks change what is given and leave the rest', () => {
  const run = start(1)
  expect(store.runs.row(run)).toMatchObject({ tags: [], archived: false, pinned: false })
  store.marks.set(run, { tags: ['b', 'a', 'b'] })
  store.marks.set(run, { archived: true })
  expect(store.runs.row(run)).toMatchObject({ tags: ['a', 'b'], archived: true, pinned: false })
})

it('there is one baseline at most', () => {
  const [one, other] = [start(1), start(2)]
  store.marks.set(one, { pinned: true })
  store.marks.set(other, { pinned: true })
  expect(store.runs.row(one)?.pinned).toBe(false)
  expect(store.marks.pinned()).toBe(other)
  store.marks.set(other, { pinned: false })
  expect(store.marks.pinned()).toBeUndefined()
})

it('a view of the same name takes the place of the old one', () => {
  store.views.save({ name: 'mine', query: 'q=a' })
  store.views.save({ name: 'mine', query: 'q=b' })
  expect(store.views.list()).toEqual([{ name: 'mine', query: 'q=b' }])
  store.views.remove('mine')
  expect(store.views.list()).toEqual([])
})
