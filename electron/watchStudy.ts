import type { StudyId } from '#core/contract/ids'
import type { StudyFrame } from '#core/contract/studies'
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
 * The state and the newest report, again whenever they have changed. Ends with a study that is
 * finished or deleted; one that may be resumed is waited for.
 * @throws RpcError `NOT_FOUND`
 */
export async function* watchStudy(
  id: StudyId,
  cancel: Cancel,
  host: {
    readonly store: Store
    readonly queue: JobQueue
    readonly events: HostEvents
    readonly clock: Clock
  },
): AsyncGenerator<StudyFrame> {
  const { store, queue, events, clock } = host
  const frames = pace(clock, FRAME_MS, cancel)
  const off = events.study.add((changed) => {
    if (changed === id) frames.wake()
  })
  try {
    if (!store.studies.progress(id)) throw new RpcError('NOT_FOUND', `there is no study ${id}`)
    let told = ''
    while (await frames.next()) {
      const row = store.studies.progress(id)
      if (!row) return
      const { kind, state, reason, done, total } = row
      const live = queue.studies.live(id)
      const place = { state, reason, stage: live?.stage ?? null, share: live?.share ?? 0 }
      // a report can only have changed with what was done or with the end
      const now = `${state} ${done}`
      const report = now === told ? {} : { report: store.studies.get(id)?.report ?? null }
      told = now
      yield { kind, ...place, done, total, ...report } as StudyFrame
      if (state === 'finished') return
    }
  } finally {
    off()
  }
}
