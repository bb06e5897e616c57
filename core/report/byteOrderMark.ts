/** When a CSV file begins with a byte order mark: with Chinese words, which Excel garbles without, or always, or never. */
export const byteOrderMarks = ['language', 'always', 'never'] as const
type ByteOrderMark = (typeof byteOrderMarks)[number]

const MARK = '\ufeff'

/** The text of a CSV file as it is wanted; `csvLines` has marked it by its language. */
export function withByteOrderMark(text: string, wanted: ByteOrderMark): string {
  if (wanted === 'language') return text
  const bare = text.startsWith(MARK) ? text.slice(MARK.length) : text
  return wanted === 'always' ? MARK + bare : bare
}
