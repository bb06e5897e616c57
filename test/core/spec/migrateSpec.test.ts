import { describe, expect, it } from 'vitest'
import { ExperimentSpec, specVersion } from '#core/experimentSpec'
import { migrateSpec } from '#core/specCheck/migrateSpec'

const rest = { name: 'old', environment: { kind: 'typedLatent' } }
const teamDraft = { kind: 'teamDraft' }

describe('migrateSpec', () => {
  it.each([
    ['without a version', { ...rest, interleaving: teamDraft }],
    ['of version 0', { ...rest, version: 0, interleaving: teamDraft }],
  ])('brings a spec %s to today’s words', (_, old) => {
    const { spec, message } = migrateSpec(old)
    expect(message).toBeNull()
    expect(spec).toEqual({ ...rest, version: specVersion, interleaver: teamDraft })
    expect(ExperimentSpec.parse(spec).interleaver).toMatchObject(teamDraft)
  })

  it('leaves a spec of today as it is', () => {
    const spec = ExperimentSpec.parse(rest)
    expect(migrateSpec(spec)).toEqual({ spec, message: null })
  })

  it('does not choose between two ways of saying it', () => {
    const both = { ...rest, interleaving: teamDraft, interleaver: teamDraft }
    expect(migrateSpec(both).spec).toHaveProperty('interleaving')
  })

  it('does not touch what it was given', () => {
    const old = Object.freeze({ ...rest, interleaving: teamDraft })
    migrateSpec(old)
    expect(old).toEqual({ ...rest, interleaving: teamDraft })
  })

  it('refuses a later version with a sentence', () => {
    expect(migrateSpec({ ...rest, version: specVersion + 1 })).toEqual({
      spec: null,
      message:
        `the spec has version ${specVersion + 1}, but this Duelist knows versions up to ${specVersion}; ` +
        'update Duelist, or write the spec in the older form',
    })
  })

  it.each([[null], ['x'], [[1]], [{ version: '1' }], [{ version: 0.5 }], [{ version: -3 }]])(
    'hands on %j for the schema to refuse',
    (raw) => {
      expect(migrateSpec(raw)).toEqual({ spec: raw, message: null })
      expect(ExperimentSpec.safeParse(raw).success).toBe(false)
    },
  )
})
