/** Levenshtein's distance of two words, in one row: insertions, deletions and replacements. */
export function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      const replaced = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(above + 1, row[j - 1]! + 1, replaced)
      diagonal = above
    }
  }
  return row[b.length]!
}
