import { editDistance } from '#core/editDistance'

/** The known word that is closest to what was typed, if it is close enough to be meant. */
export function nearest(typed: string, known: readonly string[]): string | null {
  let best: string | null = null
  let fewest = Math.max(2, Math.floor(typed.length / 3)) + 1
  for (const word of known) {
    const edits = editDistance(typed.toLowerCase(), word.toLowerCase())
    if (edits < fewest) [best, fewest] = [word, edits]
  }
  return best
}
