import { setImmediate } from 'node:timers/promises'
import type { RunId } from '#core/contract/ids'
import type { RunFrame } from '#core/contract/runs'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { Store } from '#db/store'
import type { HostEvents } from './hostEvents.ts'
import type { JobQueue } from './jobQueue.ts'
import { pace } from './pace.ts'

/** At most 20 frames a second. */
const FRAME_MS = 50
/** Points of one frame, about 75 kB. */
const FRAME_POINTS = 250
const TICKER = 50

/**
 * The stored points after a step and then the new ones as they are stored, each once. It reads from
 * the store whatever is new when the reader has room, so that a slow reader costs nothing. Ends with
 * a run that is finished or deleted; a run that may be resumed is waited for.
 * @throws RpcError `NOT_FOUND`
 */
export async function* watchRun(
  run: RunId,
  afterStep: number,
  cancel: Cancel,
  host: {
    readonly store: Store
    readonly queue: JobQueue
    readonly events: HostEvents
    readonly clock: Clock
  },
): AsyncGenerator<RunFrame> {
  const { store, queue, events, clock } = host
  const frames = pace(clock, FRAME_MS, cancel)
  const wakeFor = (id: RunId) => {
    if (id === run) frames.wake()
  }
  const off = [events.run.add(wakeFor), events.runDeleted.add(wakeFor)]
  try {
    if (!store.runs.row(run)) throw new RpcError('NOT_FOUND', `there is no run ${run}`)
    let cursor = afterStep
    while (await frames.next()) {
      for (let isBehind = true; isBehind && !cancel.aborted;) {
        const row = store.runs.row(run)
        if (!row) return
        // a run that went on from a checkpoint has taken back what came after it
        cursor = Math.min(cursor, store.runs.step(run))
        const { lastStep, rows } = store.points(run, cursor, FRAME_POINTS)
        const live = queue.runs.live(run)
        yield {
          state: row.state,
          reason: row.reason,
          stage: live?.stage ?? null,
          done: row.done,
          total: row.total,
          afterStep: lastStep,
          points: rows,
          updates: store.updates(run, cursor, lastStep),
          ticker: store.impressions.newestOutcomes(run, TICKER),
          summary: row.summary,
          impressionsPerSecond: live?.perSecond ?? null,
        }
        isBehind = lastStep - cursor >= FRAME_POINTS
        cursor = lastStep
        if (row.state === 'finished' && !isBehind) return
        // a long history must not keep others from their answers
        if (isBehind) await setImmediate()
      }
    }
  } finally {
    for (const dispose of off) dispose()
  }
}
