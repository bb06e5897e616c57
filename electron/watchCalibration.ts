import type { CalibrationFrame, CalibrationId } from '#core/contract'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { Store } from '#db/store'
import type { HostEvents } from './hostEvents.ts'
import type { JobQueue } from './jobQueue.ts'
import { pace } from './pace.ts'

/** At most 10 frames a second: a report moves slowly. */
const FRAME_MS = 100

/**
 * The state and the newest report, again whenever they have changed. Ends with a calibration that is
 * finished or deleted; one that may be resumed is waited for.
 * @throws RpcError `NOT_FOUND`
 */
export async function* watchCalibration(
  id: CalibrationId,
  cancel: Cancel,
  host: {
    readonly store: Store
    readonly queue: JobQueue
    readonly events: HostEvents
    readonly clock: Clock
  },
): AsyncGenerator<CalibrationFrame> {
  const { store, queue, events, clock } = host
  const frames = pace(clock, FRAME_MS, cancel)
  const off = events.calibration.add((changed) => {
    if (changed === id) frames.wake()
  })
  try {
    if (!store.calibrations.get(id)) {
      throw new RpcError('NOT_FOUND', `there is no calibration ${id}`)
    }
    while (await frames.next()) {
      const row = store.calibrations.get(id)
      if (!row) return
      const { state, reason, done, total, report } = row
      const live = queue.calibrations.live(id)
      yield {
        state,
        reason,
        stage: live?.stage ?? null,
        pilotShare: live?.pilotShare ?? (report ? 1 : 0),
        done,
        total,
        report,
      }
      if (state === 'finished') return
    }
  } finally {
    off()
  }
}
