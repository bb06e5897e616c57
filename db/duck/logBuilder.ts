import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { ImportPlan } from '#core/dataset/importPlan'
import type { DuckSession } from './session.ts'

/** A table of a dataset: its file's name and the SELECT that fills it, in canonical order. */
interface CanonicalTable {
  readonly name: string
  readonly select: string
}

type Facts<M> = M extends unknown ? Omit<M, 'name' | 'hash' | 'path' | 'source' | 'bytes'> : never

export interface BuiltLog {
  readonly tables: readonly CanonicalTable[]
  /** What the metadata says besides name, hash and size. */
  readonly facts: Facts<Exclude<DatasetMeta, { readonly kind: 'ratings' }>>
}

/** What was staged beside a log. */
interface Beside {
  /** A table of the items' features, or null. */
  readonly companion: string | null
  /** Whether there is a table `event`, with the window in which its rows count. */
  readonly events: { readonly window: number | null } | null
}

/** Makes the canonical tables of one kind from `staged`. */
export interface LogBuilder {
  /** Marks rows that only others show to be bad. */
  check(duck: DuckSession, plan: ImportPlan): Promise<void>
  /** @param beside what lies beside the log */
  build(duck: DuckSession, plan: ImportPlan, beside: Beside): Promise<BuiltLog>
}

/** A log that is sound row by row and yet no log of its kind. */
export class LogError extends Error {
  override readonly name = 'LogError'
}

/** One row of numbers; bigints are counts, far below 2^53. */
export async function figures<K extends string>(
  duck: DuckSession,
  select: string,
  parameters?: Readonly<Record<string, string>>,
): Promise<Record<K, number>> {
  const [row] = await duck.rows<Record<string, unknown>>(select, parameters)
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([key, value]) => [key, value === null ? 0 : Number(value)]),
  ) as Record<K, number>
}

export const good = '(SELECT rowid AS line, * FROM staged WHERE problem IS NULL)'
