import type { BanditLog } from './kinds/bandit.ts'
import type { ImpressionLog } from './kinds/impressions.ts'
import type { LogReader } from './kinds/interleaving.ts'
import type { QueryLog } from './kinds/queries.ts'

interface Logs {
  readonly impressions: ImpressionLog
  readonly interleaving: LogReader
  readonly bandit: BanditLog
  readonly queries: QueryLog
}
export type LogKindId = keyof Logs

interface Logged<K extends LogKindId> {
  readonly kind: K
  readonly log: Logs[K]
}

/** A log by its kind: in memory, but for one that is read piece by piece. */
export type LoggedData = { readonly [K in LogKindId]: Logged<K> }[LogKindId]

/**
 * The log of a wanted kind.
 * @throws RangeError that names the kind that is there
 */
export function logOfKind<K extends LogKindId>(
  data: LoggedData | null,
  kind: K,
  dataset: string,
): Logs[K] {
  if (data && isOfKind(data, kind)) return data.log
  throw new RangeError(
    data
      ? `dataset "${dataset}" is a log of kind ${data.kind}; choose one of kind ${kind}`
      : `the dataset "${dataset}" was not loaded`,
  )
}

const isOfKind = <K extends LogKindId>(data: LoggedData, kind: K): data is LoggedData & Logged<K> =>
  data.kind === kind
