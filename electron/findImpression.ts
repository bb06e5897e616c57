import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunId } from '#core/contract/ids'
import type { Cancel } from '#core/rpc/cancel'
import { outcomeCodes, type OutcomeCode } from '#core/run/batch'
import type { Store } from '#db/store'

/** What an impression must have; null where anything will do. */
interface Wanted {
  readonly outcome: OutcomeCode | null
  readonly user: number | null
}

/**
 * The nearest stored impression with what is wanted, from `from` on forwards or backwards; chunk by
 * chunk, so that nobody else waits for a long run.
 * @returns its index; null when there is none, or when nobody waits any more
 */
export async function findImpression(
  { run, from, back, ...wanted }: { readonly run: RunId; from: number; back: boolean } & Wanted,
  store: Store,
  cancel: Cancel,
): Promise<number | null> {
  const code = wanted.outcome === null ? null : outcomeCodes.indexOf(wanted.outcome)
  for (let at = from; at >= 0 && !cancel.aborted;) {
    const chunk = store.impressions.chunkOf(run, at)
    if (!chunk) return null
    const { user, outcome } = chunk
    const fits = (i: number) =>
      (wanted.user === null || user[i] === wanted.user) && (code === null || outcome[i] === code)
    const step = back ? -1 : 1
    for (let i = at - chunk.from; i >= 0 && i < chunk.count; i += step) {
      if (fits(i)) return chunk.from + i
    }
    at = back ? chunk.from - 1 : chunk.from + chunk.count
    await nextTurn()
  }
  return null
}
