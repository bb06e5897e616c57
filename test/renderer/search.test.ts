import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formulaOf, formulas, formulaWords, isFormula } from '#renderer/formulas/index'
import { en } from '#renderer/locales/en'
import { fuzzyMatch } from '#renderer/search/fuzzyMatch'
import { pinyinInitials } from '#renderer/search/pinyinInitials'
import { fakeSummary } from '../support/fakeRun.ts'

describe('pinyin initials', () => {
  it.each([
    ['新建实验', 'xjsy'],
    ['偷看实验室', 'tksys'],
    ['首页', 'sy'],
    ['数据', 'sj'],
    ['运行 12，α 0.05', 'yx12005'],
    ['阿座', 'az'],
    ['', ''],
  ])('%s is %s', (text, initials) => expect(pinyinInitials(text)).toBe(initials))
})

describe('the fuzzy match', () => {
  it('finds characters in order and says where', () => {
    expect(fuzzyMatch('pkl', 'Peek Lab')?.places).toEqual([0, 3, 5])
    expect(fuzzyMatch('nex', 'New experiment')?.places).toEqual([0, 1, 5])
    expect(fuzzyMatch('bal', 'Peek Lab')).toBeNull()
  })
  it('prefers whole words, then beginnings of words, then short texts', () => {
    const score = (text: string) => fuzzyMatch('data', text)?.score ?? -1
    expect(score('Data')).toBeGreaterThan(score('Import data of a kind'))
    expect(score('Import data')).toBeGreaterThan(score('Metadata'))
    expect(score('Metadata')).toBeGreaterThan(score('d a t x a'))
  })
  it('takes everything for an empty query', () => {
    expect(fuzzyMatch(' ', 'anything')).toEqual({ score: 0, places: [] })
  })
})

const wordAt = (key: string): unknown =>
  key.split('.').reduce((at: unknown, part) => (at as Record<string, unknown>)[part], en)

describe.each(Object.keys(formulas).filter(isFormula))('the formula of %s', (id) => {
  const formula = formulaOf(id)
  it('has words, and a test that exists', () => {
    for (const key of Object.values(formulaWords(id))) expect(wordAt(key)).toMatch(/\S/)
    expect(existsSync(resolve(import.meta.dirname, '../..', formula.test))).toBe(true)
  })
  it('shows values, none of them broken', () => {
    const values = (formula.found ?? formula.values)?.(fakeSummary(400, 1), 'en') ?? []
    for (const [symbol, value] of values) expect(`${symbol} ${value}`).not.toMatch(/NaN|undefined/)
  })
})
