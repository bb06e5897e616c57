/** How well a text answers a query, and which of its characters did. */
export interface Match {
  readonly score: number
  readonly places: readonly number[]
}

/**
 * The query's characters in order, not necessarily side by side; case and spaces do not matter.
 * Runs of neighbours, starts of words and short texts score higher. Null when one is missing.
 */
export function fuzzyMatch(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  const lower = text.toLowerCase()
  if (wanted === '') return { score: 0, places: [] }
  const whole = lower.indexOf(wanted)
  if (whole >= 0) {
    const bonus = startsWord(lower, whole) ? 100 : 50
    const places = Array.from({ length: wanted.length }, (_, i) => whole + i)
    return { score: wanted.length * 10 + bonus - text.length / 100, places }
  }
  const places: number[] = []
  let score = 0
  let from = 0
  for (const character of wanted) {
    const at = nextPlace(lower, character, from)
    if (at < 0) return null
    score += at === from && places.length > 0 ? 6 : startsWord(lower, at) ? 5 : 1
    places.push(at)
    from = at + 1
  }
  return { score: score - text.length / 100, places }
}

/** The next character itself, or the next start of a word with it when it does not follow at once. */
function nextPlace(text: string, character: string, from: number): number {
  const next = text.indexOf(character, from)
  if (next === from) return next
  for (let at = next; at >= 0; at = text.indexOf(character, at + 1)) {
    if (startsWord(text, at)) return at
  }
  return next
}

const startsWord = (text: string, at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)
