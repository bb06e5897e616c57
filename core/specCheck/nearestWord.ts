import { editDistance } from '#core/editDistance'

/** The known word that differs in at most a third of the letters. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return ranked && ranked.distance <= Math.max(1, word.length / 3) ? ranked.name : undefined
}
