import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import { SavedModel } from '#core/model/savedModel'
import { safetensors } from '#core/model/safetensors'
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

const at = '2026-01-02T03:04:05.000Z'
const model = SavedModel.parse({
  kind: 'tpgr',
  params: { depth: 2 },
  arrays: [
    { name: 'weights', shape: [2, 2], values: Float32Array.of(1, -0, 2.5, Number.NaN) },
    { name: 'items', shape: [3], values: Int32Array.of(7, -1, 2 ** 31 - 1) },
  ],
})
const newModel = (study: number) => ({
  name: 'One',
  model,
  provenance: {
    study,
    studyKind: 'training' as const,
    seed: 3,
    spec: { kind: 'tpgr' },
    dataset: null,
    engineVersion: '3',
  },
  metrics: { argmax: 0.5, sampled: null },
  at,
})
const startStudy = () =>
  store.studies.create({
    kind: 'training',
    name: 'One',
    spec: {},
    seed: 3,
    total: 1,
    dataset: null,
    at,
  })

it('keeps a model to the bit, also when its study is deleted', () => {
  const study = startStudy()
  store.finishStudy(study, { points: [] }, [newModel(study)])
  store.studies.remove(study)
  const [row] = store.models.list()
  expect(row).toMatchObject({
    name: 'One',
    kind: 'tpgr',
    numbers: 7,
    metrics: { argmax: 0.5, sampled: null },
    createdAt: at,
  })
  expect(row!.provenance).toEqual(newModel(study).provenance)
  expect(store.models.content(row!.id)).toEqual(model)
  store.models.rename(row!.id, 'Two')
  expect(store.models.row(row!.id)?.name).toBe('Two')
  store.models.remove(row!.id)
  expect(store.models.list()).toEqual([])
  expect(store.models.content(row!.id)).toBeUndefined()
})

it('stores the report and the models together or neither', () => {
  const study = startStudy()
  const broken = { ...newModel(study + 1), name: null as unknown as string }
  expect(() => store.finishStudy(study, {}, [newModel(study), broken])).toThrow('NOT NULL')
  expect(store.studies.get(study)?.report).toBeNull()
  expect(store.models.list()).toEqual([])
})

it('keeps one model of a study that ends twice, and one of each study', () => {
  const [one, two] = [startStudy(), startStudy()]
  for (const study of [one, one, two]) store.finishStudy(study, {}, [newModel(study)])
  const rows = store.models.list()
  expect(rows).toMatchObject([two, one].map((study) => ({ provenance: { study } })))
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(1)
})

it('says that a content is damaged', () => {
  store.models.add(newModel(1))
  const other = store.models.list()[0]!.id
  db.write<[string]>('UPDATE model SET hash = ?').run('0'.repeat(64))
  expect(() => store.models.content(other)).toThrow('model 1 is damaged')
})

it('is written as a safetensors file', () => {
  const bytes = safetensors(model, { name: 'Ö' })
  const view = new DataView(bytes.buffer)
  const length = Number(view.getBigUint64(0, true))
  expect((8 + length) % 8).toBe(0)
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  expect(header).toEqual({
    __metadata__: { name: 'Ö', kind: 'tpgr', params: '{"depth":2}' },
    weights: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
    items: { dtype: 'I32', shape: [3], data_offsets: [16, 28] },
  })
  expect(bytes.length).toBe(8 + length + 28)
  expect(view.getFloat32(8 + length + 8, true)).toBe(2.5)
  expect(view.getInt32(8 + length + 20, true)).toBe(-1)
})

it('keeps the data that a model alone can rank on, unless there is a copy of them', () => {
  const study = startStudy()
  const hash = 'd'.repeat(64)
  const { provenance, ...rest } = newModel(study)
  store.finishStudy(study, {}, [{ ...rest, provenance: { ...provenance, dataset: hash } }])
  const meta = (name: string): DatasetMeta => ({
    ...{ name, hash, path: 'd', users: 1, items: 1, rows: 1, source: 'd.csv', bytes: 1 },
    ...{ kind: 'ratings', minRating: 1, maxRating: 5, histogram: [], hasTime: false },
  })
  const profile = { columns: [], hidden: 0, sample: [], checks: [] }
  store.datasets.add(meta('one'), profile, at)
  const needsIt = () => store.datasetUses('one').map(({ kind, needsIt }) => [kind, needsIt])
  expect(needsIt()).toEqual([['model', true]])
  store.datasets.add(meta('copy'), profile, at)
  expect(needsIt()).toEqual([['model', false]])
})
