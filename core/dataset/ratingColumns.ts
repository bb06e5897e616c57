import { isNumber } from './ratingFields.ts'
import { RatingsError } from './ratingsError.ts'

const columnNames = ['user', 'item', 'rating', 'time'] as const
export type ColumnName = (typeof columnNames)[number]

/** Where the four columns lie in a record, and how many fields a record has. */
export interface RatingColumns {
  readonly user: number
  readonly item: number
  readonly rating: number
  readonly time: number | null
  readonly width: number
  readonly isHeader: boolean // the first record names the columns and is no rating
}

/** Names in use for each column, in lower case and without spaces, `_`, `-` and `.`. */
const knownNames: Readonly<Record<ColumnName, readonly string[]>> = {
  user: 'user userid uid users customer customerid reviewerid visitorid'.split(' '),
  item: (
    'item itemid iid movie movieid product productid asin book bookid isbn article articleid ' +
    'news newsid track trackid song songid'
  ).split(' '),
  rating: 'rating ratings score stars overall value bookrating preference'.split(' '),
  time: 'time timestamp ts date datetime unixtime unixreviewtime ratedat'.split(' '),
}

/**
 * Reads the first record: a header names its columns in any order, other columns are left alone; a
 * file without one has user, item, rating and perhaps the time, in this order.
 * @throws RatingsError `header` when it names some of the columns but not the three needed
 */
export function ratingColumns(first: readonly string[]): RatingColumns {
  const names = first.map((field) =>
    field
      .trim()
      .toLowerCase()
      .replace(/[\s_.-]/g, ''),
  )
  const at = (column: ColumnName) => names.findIndex((name) => knownNames[column].includes(name))
  const isHeader = !first.some(isNumber) && columnNames.some((column) => at(column) >= 0)
  if (!isHeader) {
    return {
      user: 0,
      item: 1,
      rating: 2,
      time: first.length >= 4 ? 3 : null,
      width: Math.min(4, Math.max(3, first.length)),
      isHeader,
    }
  }
  const absent = (['user', 'item', 'rating'] as const).filter((column) => at(column) < 0)
  if (absent.length > 0) {
    throw new RatingsError(
      'header',
      `the first line names the columns ${first
        .map((name) => `"${name.trim().slice(0, 40)}"`)
        .slice(0, 10)
        .join(
          ', ',
        )}, but no ${absent.join(' and no ')}: rename them to user, item, rating and (if there is one) time`,
    )
  }
  const time = at('time')
  return {
    user: at('user'),
    item: at('item'),
    rating: at('rating'),
    time: time < 0 ? null : time,
    width: first.length,
    isHeader,
  }
}
