import type { ImportPlan } from './importPlan.ts'
import type { DatasetKindId } from './kinds/index.ts'
import { mapColumns } from './mapColumns.ts'

/**
 * The plan of a kind as the headers suggest it, with some columns mapped by hand: those lose what
 * they were, and so do other columns of the same field.
 */
export function adjustPlan(
  kind: DatasetKindId,
  headers: readonly string[],
  byHand: ImportPlan['columns'],
): ImportPlan {
  const fields = new Set(byHand.map(({ field }) => field))
  const columns = new Set(byHand.map(({ column }) => column))
  const kept = mapColumns(kind, headers).columns.filter(
    ({ column, field }) => !columns.has(column) && !fields.has(field),
  )
  return { kind, columns: [...kept, ...byHand] }
}
