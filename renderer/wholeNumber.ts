/** The integer that was typed, with or without commas; null where it is none from `low` to `high`. */
export function wholeNumber(text: string, low: number, high: number): number | null {
  const value = Number(text.trim().replace(/,/g, ''))
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= low && value <= high
    ? value
    : null
}
