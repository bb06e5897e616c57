import { keyActionIds, keyActionOf, type KeyActionId } from './keyActions.ts'

/** Keys that differ from the defaults; null: the action has none. */
export type KeyChanges = { readonly [K in KeyActionId]?: string | null }
export type KeyMap = Readonly<Record<KeyActionId, string | null>>

/** Whether a key is a character: these can be switched off. */
export const isCharacter = (key: string): boolean => /^.$/su.test(key)

/**
 * Whether an action can have the key: one printable character in lower case, `f2` … `f12`, or either with Alt
 * (`alt+n`), which is what stays when single characters are switched off. Digits belong to the places after G.
 */
export function isKey(key: string): boolean {
  const [, bare] = /^(?:alt\+)?(.+)$/su.exec(key) ?? []
  if (bare === undefined) return false
  if (/^f([2-9]|1[0-2])$/.test(bare)) return true
  return isCharacter(bare) && !/[\p{C}\p{M}\d]/u.test(bare) && bare === bare.toLowerCase()
}

/** The key of every action. */
export function keyMapOf(changes: KeyChanges): KeyMap {
  const entries = keyActionIds.map((id) => {
    const own = changes[id]
    return [id, own === undefined ? keyActionOf(id).key : own] as const
  })
  return Object.fromEntries(entries) as KeyMap
}

/** Keys after G are apart from those that are pressed alone. */
const areRivals = (one: KeyActionId, other: KeyActionId) =>
  one !== other && keyActionOf(one).afterGo === keyActionOf(other).afterGo

/** The other action that has the key already, if any. */
export function holderOf(changes: KeyChanges, id: KeyActionId, key: string): KeyActionId | null {
  const map = keyMapOf(changes)
  return keyActionIds.find((other) => areRivals(id, other) && map[other] === key) ?? null
}

/**
 * Gives an action a key, or none. An action that has the key already gets the other's in exchange, so that no key
 * ever means two things.
 * @throws RangeError for a key that no action can have
 */
export function remap(changes: KeyChanges, id: KeyActionId, key: string | null): KeyChanges {
  if (key !== null && !isKey(key)) throw new RangeError(`"${key}" can not be the key of an action`)
  const map = keyMapOf(changes)
  const holder = key === null ? null : holderOf(changes, id, key)
  const next = { ...map, [id]: key, ...(holder === null ? {} : { [holder]: map[id] }) }
  return Object.fromEntries(
    keyActionIds.flatMap((one) =>
      next[one] === keyActionOf(one).key ? [] : [[one, next[one]] as const],
    ),
  )
}

/** What is wrong with stored or sent keys, each with the action that it is about. */
export function keyProblems(
  changes: KeyChanges,
): readonly { readonly id: KeyActionId; readonly message: string }[] {
  return keyActionIds.flatMap((id) => {
    const key = changes[id]
    if (key === undefined || key === null) return []
    if (!isKey(key)) {
      const message = `"${key}" can not be the key of an action: one character that is no digit, f2 to f12, or either after alt+`
      return [{ id, message }]
    }
    const holder = holderOf(changes, id, key)
    if (holder === null) return []
    return [{ id, message: `"${key}" is the key of ${holder} too; give one of them another key` }]
  })
}
