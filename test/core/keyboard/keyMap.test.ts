import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Settings } from '#core/contract/settings'
import { keyActionIds, keyActionOf } from '#core/keyboard/keyActions'
import {
  holderOf,
  isKey,
  keyMapOf,
  keyProblems,
  remap,
  type KeyChanges,
} from '#core/keyboard/keyMap'
import { en } from '#renderer/locales/en'
import { zhCN } from '#renderer/locales/zh-CN'

/** Keys pressed alone and keys after G, each of which must mean one thing. */
function meanings(changes: KeyChanges): readonly string[] {
  const map = keyMapOf(changes)
  return keyActionIds.flatMap((id) =>
    map[id] === null ? [] : [`${keyActionOf(id).afterGo ? 'after G: ' : ''}${map[id]}`],
  )
}
const isInjective = (changes: KeyChanges) =>
  new Set(meanings(changes)).size === meanings(changes).length

const key = fc.oneof(
  fc.constantFrom('n', 'e', 'c', ' ', '?', '[', 'm', 'ü', '汉', 'f2', 'f12', 'alt+n', 'alt+f4'),
  fc.constant(null),
)
const change = fc.record({ id: fc.constantFrom(...keyActionIds), key })

describe('the actions that have keys', () => {
  it.each(keyActionIds)('%s has a key that can be one, and words in both languages', (id) => {
    expect(isKey(keyActionOf(id).key)).toBe(true)
    for (const words of [en, zhCN]) expect(words.shortcuts.actions[id]).not.toBe('')
  })

  it('has no key twice by default', () => expect(isInjective({})).toBe(true))
})

describe('a change of keys', () => {
  it('keeps every key for one action, in any sequence, and is what the settings accept', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (steps) => {
        let changes: KeyChanges = {}
        for (const step of steps) {
          changes = remap(changes, step.id, step.key)
          expect(keyMapOf(changes)[step.id]).toBe(step.key)
          expect(isInjective(changes)).toBe(true)
          expect(keyProblems(changes)).toEqual([])
        }
        expect(Settings.parse({ keys: changes }).keys).toEqual(changes)
      }),
      { numRuns: 300 },
    )
  })

  it('stores only what differs from the default', () => {
    const changes = remap({}, 'newExperiment', 'm')
    expect(changes).toEqual({ newExperiment: 'm' })
    expect(remap(changes, 'newExperiment', 'n')).toEqual({})
  })

  it('swaps two actions when one takes the key of the other', () => {
    expect(holderOf({}, 'newExperiment', 'd')).toBe('duplicate')
    expect(remap({}, 'newExperiment', 'd')).toEqual({ newExperiment: 'd', duplicate: 'n' })
  })

  it('leaves keys after G apart from those alone', () => {
    expect(holderOf({}, 'goTrees', 'n')).toBeNull()
    expect(holderOf({}, 'goTrees', 'e')).toBe('goExperiments')
  })

  it.each(['', 'N', '7', 'nn', 'enter', 'escape', 'f1', 'f13', 'alt+', 'ctrl+n', '\u0301', '\n'])(
    'refuses %j',
    (wrong) => {
      expect(isKey(wrong)).toBe(false)
      expect(() => remap({}, 'help', wrong)).toThrow(RangeError)
    },
  )

  it('is refused by the settings with the action and its key named', () => {
    const messages = (keys: Record<string, unknown>) =>
      Settings.safeParse({ keys }).error?.issues.map(
        ({ path, message }) => `${path.join('.')}: ${message}`,
      )
    expect(messages({ help: 'N' })?.[0]).toMatch(/^keys\.help: "N" can not be the key/)
    expect(messages({ help: 'n' })?.[0]).toMatch(/^keys\.help: "n" is the key of newExperiment too/)
    expect(messages({ nonsense: 'n' })?.[0]).toMatch(/^keys/)
    expect(Settings.parse({ concurrency: 3 }).keys).toEqual({})
  })
})
