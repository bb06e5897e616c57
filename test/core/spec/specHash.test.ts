import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExperimentSpec } from '#core/experimentSpec'
import { canonicalJson, specHash } from '#core/specHash'

const spec = ExperimentSpec.parse({ name: 'Größe', environment: { kind: 'typedLatent' } })

describe('canonicalJson', () => {
  it('sorts keys, drops undefined and leaves no spaces (RFC 8785)', () => {
    const value = { b: [1, { z: null, a: 'é"' }], a: 1e21, '': true, c: undefined, A: -0 }
    expect(canonicalJson(value)).toBe('{"":true,"A":0,"a":1e+21,"b":[1,{"a":"é\\"","z":null}]}')
  })

  it('means the same as JSON, in whatever order the keys come', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
      }),
    )
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }))
  })

  it('refuses what JSON would turn into null', () => {
    expect(() => canonicalJson({ x: NaN })).toThrow('NaN has no JSON form')
  })
})

describe('specHash', () => {
  it('is the SHA-256 of the canonical JSON in UTF-8', () => {
    const sha = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex')
    // as specs were before there were rankers, bounds of scores, sizes, corrections and guardrails
    const later = ['scoreBound', 'minimumEffect', 'power', 'correction', 'guardrails']
    const fields = Object.entries(spec.analysis).filter(([field]) => !later.includes(field))
    const analysis = Object.fromEntries(fields)
    expect(specHash(spec)).toBe(sha({ ...spec, analysis, rankers: undefined }))
    const duel = { ...spec, design: 'duel' as const, rankers: [{ kind: 'random' as const }] }
    expect(specHash(duel)).toBe(sha({ ...duel, analysis }))
    const bounded = { ...duel, analysis: { ...spec.analysis, scoreBound: 3 } }
    expect(specHash(bounded)).toBe(sha({ ...duel, analysis: { ...analysis, scoreBound: 3 } }))
  })

  it('does not depend on the order of fields and changes with any of them', () => {
    const { name, ...others } = spec
    expect(specHash({ ...others, name })).toBe(specHash(spec))
    expect(specHash({ ...spec, traffic: { ...spec.traffic, users: 501 } })).not.toBe(specHash(spec))
  })
})
