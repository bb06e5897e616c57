import { afterEach, beforeEach, expect, it } from 'vitest'
import { readBundle, writeBundle } from '#core/bundle/bundle'
import { ExperimentSpec } from '#core/experimentSpec'
import { layerDeltas, probeLists, type NetworkRecord } from '#core/run/networkRecord'
import type { WriteDb } from '#db/handle'
import { IN_MEMORY } from '#db/open'
import { createStore, type Store } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { FAKE_BATCH_SIZE, fakeBatch } from '../support/fakeRun.ts'
import { inputFixture } from '../core/report/fixture.ts'

const spec = ExperimentSpec.parse({ name: 'Two networks', environment: { kind: 'typedLatent' } })
const at = '2026-01-02T03:04:05.000Z'

let db: WriteDb
let store: Store
let run: number
beforeEach(() => {
  db = openWorkspace(IN_MEMORY)
  store = createStore(db)
  run = store.startRun(spec, null, { seed: 5, total: 400, dataset: null, at })
})
afterEach(() => db.close())

const recordAt = (step: number): NetworkRecord => ({
  impression: (step + 1) * FAKE_BATCH_SIZE,
  layers: layerDeltas(['w', 'b'], [[3, 4], [0]], [[3, 4 + step], [0]]),
  cost: { value: 3, low: 1, high: 5, n: 9 },
  probes: [
    probeLists(
      step,
      Int32Array.of(7, 8, 9),
      { scores: [1, 2, 3], top: [2, 1] },
      { scores: [3, 2, 1], top: [0, 1] },
    ),
  ],
})

function append(steps: readonly number[], recorded: (step: number) => boolean): void {
  for (const step of steps) {
    const batch = fakeBatch(5, step)
    const networks = recorded(step) ? { networks: recordAt(step) } : {}
    const checkpoint =
      step === 2 ? ({ format: 1, step, done: batch.done, state: {} } as const) : null
    store.append(run, { ...batch, ...networks }, null, checkpoint)
  }
}

it('records are kept with their batches, whole and in brief', () => {
  append([0, 1, 2, 3], (step) => step % 2 === 0)
  const moments = store.networks.moments(run, -1)
  expect(moments.map(({ step, impression }) => [step, impression])).toEqual([
    [0, 10],
    [2, 30],
  ])
  expect(moments[1]).toMatchObject({ norm: 5, deltaNorm: 2, costLow: 1, costHigh: 5 })
  expect(moments[1]!.rbo).toEqual(Float32Array.of(recordAt(2).probes[0]!.rbo!))
  expect(store.networks.moments(run, 0)).toHaveLength(1)
  expect(store.networks.get(run, 2)).toEqual(recordAt(2))
  expect(store.networks.get(run, 1)).toBeUndefined()
})

it('records after a checkpoint go when the run goes back to it', () => {
  append([0, 1, 2, 3, 4], () => true)
  store.rewind(run)
  expect(store.networks.moments(run, -1).map(({ step }) => step)).toEqual([0, 1, 2])
  append([3], () => true)
  expect(store.networks.get(run, 3)).toEqual(recordAt(3))
})

it('records travel in a bundle, and one without them opens as well', () => {
  const input = inputFixture({ format: 'duelist' })
  const networks = [{ step: 1, record: recordAt(1) }]
  const bundle = writeBundle({ ...input, networks })
  const opened = readBundle(bundle)
  const adopted = store.adopt(opened, at)
  expect(store.networks.all(adopted)).toEqual(networks)
  expect(writeBundle({ ...input, networks: store.networks.all(adopted) })).toEqual(bundle)
  expect(readBundle(writeBundle(input)).networks).toEqual([])
})

it('names what is wrong with damaged records', () => {
  const input = inputFixture({ format: 'duelist' })
  const read = (change: (record: NetworkRecord) => object) => () =>
    readBundle(
      writeBundle({
        ...input,
        networks: [{ step: 1, record: change(recordAt(1)) as NetworkRecord }],
      }),
    )
  expect(read((record) => record)).not.toThrow()
  expect(read((record) => ({ ...record, cost: undefined }))).toThrow(
    /networks\.msgpack" is damaged at 0\.record\.cost/,
  )
  expect(
    read((record) => ({
      ...record,
      probes: record.probes.map((probe) => ({ ...probe, rankB: Uint8Array.of(1) })),
    })),
  ).toThrow(/0\.record\.probes\.0: scores and ranks are not as many as the items/)
  expect(
    read((record) => ({ ...record, layers: [{ ...record.layers[0]!, bins: new Uint32Array(3) }] })),
  ).toThrow(/layers\.0\.bins: expected 21 bins/)
})
