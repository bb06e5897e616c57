import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chineseMath } from '#renderer/formulas/chineseMath'
import { formulas, isFormula } from '#renderer/formulas/index'

const root = resolve(import.meta.dirname, '../..')
const all = Object.entries(formulas).map(([id, { math, test }]) => ({ id, math, test }))

/** Functions and abbreviations that are the same in every language, and names of methods. */
const signs =
  /\b(?:exp|log|ln|min|max|argmax|Var|Beta|dBeta|Binomial|DirMult|Mult|RBO|ESS|SNDR|ICC|deff|from|Wilson|Satterthwaite|HyperLogLog)\b/g
const words = (math: string) =>
  math.replaceAll(signs, '').match(/(?<![\p{L}\p{M}])[A-Za-z]{3,}/gu) ?? []
const skeleton = (math: string) =>
  (math.match(/[ΣΠ√∫‖≥≤∩∈·×±−+/=^<>|#½⁰-₟\d]/gu) ?? []).sort().join('')

describe('a number that opens', () => {
  it.each(all)('$id is held by a test that exists', ({ test }) => {
    expect(existsSync(resolve(root, test))).toBe(true)
  })

  it.each(all)('$id has no English word in its Chinese equation', ({ id, math }) => {
    if (!isFormula(id)) throw new Error(id)
    expect(words(chineseMath[id] ?? math)).toEqual([])
  })

  it.each(all)('$id has the same signs in both', ({ id, math }) => {
    if (!isFormula(id)) throw new Error(id)
    const chinese = chineseMath[id]
    if (chinese !== undefined) {
      expect(skeleton(chinese)).toBe(skeleton(math))
      expect(words(math)).not.toEqual([])
    }
  })
})
