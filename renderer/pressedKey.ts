const modifiers = ['Alt', 'AltGraph', 'CapsLock', 'Control', 'Fn', 'Meta', 'NumLock', 'Shift']

/**
 * The key of an event as the keyboard map writes it, null for a modifier alone. With Alt the place on the
 * keyboard counts, since there Option makes another character of a letter.
 */
export function pressedKey({
  key,
  code,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'code' | 'altKey'>): string | null {
  if (modifiers.includes(key)) return null
  if (!altKey) return key.toLowerCase()
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? []
  return `alt+${(letter ?? key).toLowerCase()}`
}
