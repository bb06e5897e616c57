import { expect, it } from 'vitest'
import type { ModelProvenance } from '#core/contract/models'
import { training } from '#core/largeAction/training'
import { modelMisfit } from '#core/model/modelMisfit'
import { checkSpec } from '#core/specCheck/checkSpec'
import { modelDuel } from '#renderer/components/models/modelDuel'
import { sampleTraining } from '#renderer/components/train/sampleTraining'
import { smallSpec } from '../support/smallSpec.ts'

const hash = 'a'.repeat(64)
const model = (spec: unknown) => ({
  name: 'Tree',
  kind: 'tpgr',
  hash,
  provenance: { spec, dataset: null } as ModelProvenance,
})

it.each([
  ['the sample training', training.spec.parse(sampleTraining), 'factors'],
  ['a run', smallSpec(), 'factors'],
] as const)('a model of %s is duelled in its own world', (_, spec, challenger) => {
  const raw = modelDuel(model(spec), [])
  const checked = checkSpec(raw)
  expect(checked.issues).toEqual([])
  expect(checked.spec!.rankers).toEqual([{ kind: 'model', model: hash }, { kind: challenger }])
  expect(modelMisfit(model(spec), checked.spec!.environment, null, [])).toBeNull()
})

it('a model from item to item has no duel', () => {
  const spec = { kind: 'wolpertinger', world: { kind: 'itemToItem' } }
  expect(modelDuel(model(training.spec.parse(spec)), [])).toBeNull()
})
