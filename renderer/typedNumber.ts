const WRITTEN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/

/**
 * The number that was typed or pasted, as the pages write numbers: a point before decimals, commas only between
 * thousands (so that 0,3 is no 3), a true minus, full-width digits of an input method.
 * @returns null where it is none
 */
export function typedNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace('\u2212', '-')
  const bare = GROUPED.test(plain) ? plain.replaceAll(',', '') : plain
  const value = WRITTEN.test(bare) ? Number(bare) : Number.NaN
  return Number.isFinite(value) ? value + 0 : null // no negative zero
}

/** The integer that was typed; null where it is none from `low` to `high`. */
export function wholeNumber(text: string, low: number, high: number): number | null {
  const value = typedNumber(text)
  return value !== null && Number.isSafeInteger(value) && value >= low && value <= high
    ? value
    : null
}
