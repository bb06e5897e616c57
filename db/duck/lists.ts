import { mark } from './stage.ts'
import type { DuckSession } from './session.ts'
import { good } from './logBuilder.ts'
import { rejectedLines } from './source.ts'

/**
 * Marks what makes a list of rows unsound: a position or an item twice, a second user. The exact
 * look is at the few impressions that a cheap one finds.
 */
export async function checkLists(duck: DuckSession, hasPosition: boolean): Promise<void> {
  const bit = '(1::UBIGINT << least(f_position, 62)::UBIGINT)'
  const positions = hasPosition
    ? `OR bit_count(bit_or(${bit})) <> count(*) OR max(f_position) > 61`
    : ''
  await duck.run(
    `CREATE TABLE suspect AS SELECT f_impression FROM ${good} GROUP BY f_impression
     HAVING min(f_user) <> max(f_user)
       OR len(list_distinct(list(hash(f_item)))) <> count(*) ${positions}`,
  )
  const suspects = `(SELECT * FROM ${good} WHERE f_impression IN (FROM suspect))`
  const repeats = (column: string) =>
    `SELECT line FROM ${suspects} QUALIFY row_number() OVER (PARTITION BY f_impression, ${column} ORDER BY line) > 1`
  await mark(
    duck,
    'user:otherUser',
    `SELECT line FROM ${suspects} QUALIFY f_user <> first_value(f_user) OVER (PARTITION BY f_impression ORDER BY line)`,
  )
  if (hasPosition) await mark(duck, 'position:twice', repeats('f_position'))
  await mark(duck, 'item:itemTwice', repeats('f_item'))
  // a line that could not be cut into columns may have been of any list: one with a gap, then
  if (hasPosition && (await rejectedLines(duck)).length > 0) {
    await mark(
      duck,
      'impression:incomplete',
      `SELECT line FROM ${good} WHERE f_impression IN (SELECT f_impression FROM ${good}
         GROUP BY f_impression HAVING max(f_position) - min(f_position) + 1 <> count(*))`,
    )
  }
  await mark(
    duck,
    'impression:incomplete',
    `SELECT rowid FROM staged WHERE problem IS NULL AND f_impression IN
       (SELECT f_impression FROM staged WHERE f_impression IS NOT NULL
          AND NOT ends_with(problem, 'wice'))`,
  )
}

/** 1 where positions begin at 1, else 0: canonical ones begin at 0. */
export const baseOf = (...columns: readonly string[]): string =>
  `(SELECT greatest(0, least(1, coalesce(min(p), 0))) FROM
     (${columns.map((c) => `SELECT min(${c}) AS p FROM ${good}`).join(' UNION ALL ')}))`
