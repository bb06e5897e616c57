import { describe, expect, it } from 'vitest'
import type { ModelProvenance } from '#core/contract/models'
import { EnvironmentSpec } from '#core/environment/params'
import type { DatasetMeta } from '#core/jobContract'
import { modelMisfit } from '#core/model/modelMisfit'
import { nameModels } from '#core/model/nameModels'

const [first, second] = ['a1b2c3'.padEnd(64, '0'), 'a1b2d4'.padEnd(64, '0')] as const
const models = [
  { id: 2, name: 'New tree', kind: 'tpgr', hash: second },
  { id: 1, name: 'Old tree', kind: 'tpgr', hash: first },
]
const named = (model: unknown) =>
  nameModels({ rankers: [{ kind: 'random' }, { kind: 'model', model }] }, models)

describe('a model in a spec', () => {
  it.each([[1], ['1'], ['Old tree'], [first], ['a1b2c3'], ['A1B2C3']])(
    'is meant by %j',
    (model) => {
      expect(named(model)).toEqual({
        spec: { rankers: [{ kind: 'random' }, { kind: 'model', model: first, label: 'Old tree' }] },
        issues: [],
      })
    },
  )

  it('keeps the label that it was given', () => {
    const raw = { rankers: [{ kind: 'model', model: 1, label: 'Mine' }] }
    expect(nameModels(raw, models).spec).toEqual({
      rankers: [{ kind: 'model', model: first, label: 'Mine' }],
    })
  })

  it('is meant by a policy of off-policy evaluation as well', () => {
    const named = nameModels({ policy: { kind: 'saved', model: 'Old tree' } }, models)
    expect(named.spec).toEqual({ policy: { kind: 'saved', model: first, label: 'Old tree' } })
    const { issues } = nameModels({ policy: { kind: 'saved' } }, models)
    expect(issues).toMatchObject([{ path: 'policy.model' }])
    const other = { policy: { kind: 'model', epsilon: 0 } }
    expect(nameModels(other, models)).toEqual({ spec: other, issues: [] })
  })

  it.each([[7], ['nobody'], [undefined], ['a1b2'], ['f'.repeat(64)]])(
    'is refused as %j',
    (model) => {
      const { issues } = named(model)
      expect(issues).toMatchObject([{ path: 'rankers.1.model', value: model ?? null, fix: null }])
      expect(issues[0]!.message).toContain('there are 2 "New tree", 1 "Old tree"')
    },
  )

  it('is offered when it is the only one, and the way to the first when there is none', () => {
    const raw = { rankers: [{ kind: 'model' }] }
    expect(nameModels(raw, models.slice(1)).issues[0]!.fix).toBe(first)
    expect(nameModels(raw, []).issues[0]!.message).toContain('train one, save the network of a run')
  })
})

describe('a model in a world', () => {
  const model = (spec: unknown, dataset: string | null = null) => ({
    name: 'T',
    kind: 'tpgr',
    provenance: { spec, dataset } as unknown as ModelProvenance,
  })
  const world = (change: object) => EnvironmentSpec.parse({ kind: 'typedLatent', ...change })
  const misfit = (trained: unknown, environment: EnvironmentSpec) =>
    modelMisfit(model(trained), environment, null, [])

  it('fits the catalogue that it was trained on, whoever the users are', () => {
    const trained = { world: { kind: 'typedLatent', items: 256, types: 8, worldSeed: 7, users: 9 } }
    expect(misfit(trained, world({ items: 256, worldSeed: 7, ratingsPerUser: 40 }))).toBeNull()
    expect(misfit(trained, world({ items: 256, ratingsPerUser: 40 }))).toEqual({
      path: 'environment.worldSeed',
      value: 1,
      message: 'environment.worldSeed is 1; the model "T" was trained in a world where it is 7',
      fix: 7,
    })
    expect(misfit({ world: { kind: 'itemToItem' } }, world({}))!.message).toContain('item to item')
    expect(misfit({ world: { kind: 'ratings', dataset: 'x' } }, world({}))).toMatchObject({
      path: 'environment.kind',
      fix: null,
    })
  })

  it('of a run needs the same features, not the same clicks', () => {
    const trained = { environment: world({ factors: 8 }) }
    expect(misfit(trained, world({ factors: 8, unratedAttraction: 0.5 }))).toBeNull()
    expect(misfit(trained, world({ factors: 9 }))).toMatchObject({
      path: 'environment.factors',
      fix: 8,
    })
  })

  it('needs the data that it was trained on, and finds it under another name', () => {
    const environment = EnvironmentSpec.parse({ kind: 'ratings', dataset: 'mine' })
    const [mine, other] = ['mine', 'other'].map((name) => ({ name, hash: `${name}-hash` }))
    const found = modelMisfit(
      model({ world: { kind: 'ratings' } }, 'other-hash'),
      environment,
      mine as DatasetMeta,
      [mine, other] as DatasetMeta[],
    )
    expect(found).toMatchObject({ path: 'environment.dataset', value: 'mine', fix: 'other' })
  })

  it('that says nothing of its training is let through', () => {
    expect(misfit(null, world({}))).toBeNull()
  })
})
