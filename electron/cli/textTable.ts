/** Rows in columns, two spaces apart; control characters of a name can not steer the terminal. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, '\ufffd')))
  const widths: number[] = []
  for (const row of safe) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell))))
  }
  const padded = (cell: string, i: number) => cell + ' '.repeat(widths[i]! - displayWidth(cell))
  return safe.map((row) => `${row.map(padded).join('  ').trimEnd()}\n`).join('')
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/

/** Columns that text takes on a terminal: two for Chinese, none for a tilde over a letter. */
function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1
  return width
}
