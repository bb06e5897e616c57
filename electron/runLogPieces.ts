import { setImmediate as nextTurn } from 'node:timers/promises'
import { logCsv } from '#core/logAnalysis/logCsv'
import { runLog } from '#core/logAnalysis/runLog'
import type { ImpressionChunk } from '#core/run/batch'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'

/** The stored impressions of a run as an interleaving log, in pieces of CSV. */
export async function* runLogPieces(
  { id, spec }: StoredRun,
  store: Store,
): AsyncGenerator<{ readonly text: string }> {
  const chunks: ImpressionChunk[] = []
  for (let next = 0; ;) {
    const chunk = store.impressions.chunkOf(id, next)
    if (!chunk) break
    chunks.push(chunk)
    next = chunk.from + chunk.count
    await nextTurn()
  }
  for (const text of logCsv(runLog(spec, chunks))) {
    yield { text }
    await nextTurn()
  }
}
