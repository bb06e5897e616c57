import type { ImportPlan } from '#core/dataset/importPlan'
import type { Sniffed } from '#core/dataset/sniffed'
import { literal, type DuckSession } from './session.ts'
import { sourceOf } from './source.ts'
import { native, nativeTypes } from './stage.ts'

/**
 * Writes the mapped columns as `user,item,rating[,time]`, unread: the ratings reader judges them, so
 * that every format gives the same rows, errors and hash.
 */
export async function writeRatingsText(
  duck: DuckSession,
  file: string,
  sniffed: Sniffed,
  { columns }: ImportPlan,
  out: string,
): Promise<void> {
  const wanted = ['user', 'item', 'rating', 'time'].flatMap((field) =>
    columns.filter((column) => column.field === field),
  )
  const source = sourceOf(
    sniffed,
    wanted.map(({ column }) => column),
    new Set(),
  )
  const types = source.isText ? [] : await nativeTypes(duck, source.sql, file)
  const picked = wanted.map(
    ({ field }, i) => `${native(`c${i}`, types[i] ?? 'VARCHAR')} AS ${field}`,
  )
  await duck.run(
    `COPY (SELECT ${picked.join(', ')} FROM (${source.sql})) TO ${literal(out)} (FORMAT csv, HEADER, DELIMITER ',')`,
    { file },
  )
}
