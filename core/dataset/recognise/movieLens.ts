import { isNumber } from '../ratingFields.ts'
import { byHeaders } from './byHeaders.ts'
import { none, type Recogniser } from './recogniser.ts'

const fields = ['user', 'item', 'rating', 'time'] as const
const named = byHeaders('ratings', 'ratings')

/** MovieLens `u.data`, `ratings.dat` and `ratings.csv`, and any table of ratings. */
export const movieLens: Recogniser = {
  title: 'ratings (MovieLens)',
  companions: none,
  recognise(sniffed) {
    const { format, columns, rows } = sniffed
    const plan = named.recognise(sniffed)
    if (plan) return plan
    if (format.id !== 'delimited' || format.header || columns.length < 3) return null
    if (!isNumber(rows[0]?.[2] ?? '')) return null // later rows may be bad: the import names them
    return {
      kind: 'ratings',
      columns: fields.slice(0, columns.length).map((field, i) => ({ column: columns[i]!, field })),
    }
  },
}
