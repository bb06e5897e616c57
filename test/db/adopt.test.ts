import { expect, it } from 'vitest'
import { readBundle, writeBundle } from '#core/bundle/bundle'
import { IN_MEMORY } from '#db/open'
import { createStore } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { inputFixture } from '../core/report/fixture.ts'

it('a bundle brings the same points, updates, summary and digest into another workspace', () => {
  const input = inputFixture({ format: 'duelist' })
  const store = createStore(openWorkspace(IN_MEMORY))
  const run = store.adopt(readBundle(writeBundle(input)), '2026-03-15T00:00:00.000Z')
  const stored = store.runs.get(run)!
  expect(stored).toMatchObject({ state: 'finished', seed: input.run.seed, name: input.run.name })
  expect(stored.summary).toEqual(input.run.summary)
  const { lastStep, rows } = store.points(run, -1, Number.MAX_SAFE_INTEGER)
  expect(rows).toEqual(input.points)
  expect(store.updates(run, -1, lastStep)).toEqual(input.updates)
  store.close()
})

it.each([
  ['failed', 'failed'],
  ['running', 'cancelled'],
  ['paused', 'cancelled'],
] as const)('a run that is %s stands there as %s, with its reason', (state, stands) => {
  const input = inputFixture({ format: 'duelist' })
  const run = { ...input.run, state, reason: 'the world is too small' }
  const store = createStore(openWorkspace(IN_MEMORY))
  const adopted = store.adopt(
    readBundle(writeBundle({ ...input, run })),
    '2026-03-15T00:00:00.000Z',
  )
  expect(store.runs.get(adopted)).toMatchObject({ state: stands, reason: run.reason })
  store.close()
})
