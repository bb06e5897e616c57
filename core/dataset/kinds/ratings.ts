import { optional, required, type LogKind } from './logField.ts'

/** One row per rating; as columns, see `RatingsTable`. */
export const ratings: LogKind = {
  fields: [
    required('user', 'id', 'users userid uid customer customerid reviewerid visitorid'),
    required(
      'item',
      'id',
      'itemid iid movie movieid product productid asin book bookid isbn article articleid news newsid track trackid song songid',
    ),
    required('rating', 'number', 'ratings score stars overall value bookrating preference'),
    optional('time', 'time', 'timestamp ts date datetime unixtime unixreviewtime ratedat'),
  ],
  alternatives: [],
}
