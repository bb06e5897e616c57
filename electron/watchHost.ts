import type { HostEvent } from '#core/contract/app'
import type { RunId } from '#core/contract/ids'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import type { Store } from '#db/store'
import type { HostEvents } from './hostEvents.ts'
import type { JobQueue } from './jobQueue.ts'
import { pace } from './pace.ts'

/** Events that say that something has changed, and not what. */
const told = ['datasets', 'studies', 'reports', 'settings', 'status'] as const
type Told = (typeof told)[number]

/** Lists need not move more often than the eye follows. */
const GAP_MS = 100

/**
 * Tells what changed, the status first. Changes are collected until the reader takes them: a row is
 * told as it is then, once, however often it changed.
 */
export async function* watchHost(
  cancel: Cancel,
  host: {
    readonly store: Store
    readonly queue: JobQueue
    readonly events: HostEvents
    readonly clock: Clock
  },
): AsyncGenerator<HostEvent> {
  const { store, queue, events, clock } = host
  const tell = pace(clock, GAP_MS, cancel)
  const runs = new Set<RunId>()
  const deleted = new Set<RunId>()
  const others = new Set<Told>(['status'])
  const off = [
    events.run.add((id) => {
      runs.add(id)
      tell.wake()
    }),
    events.runDeleted.add((id) => {
      deleted.add(id)
      tell.wake()
    }),
    ...told.map((type) =>
      events[type].add(() => {
        others.add(type)
        tell.wake()
      }),
    ),
  ]
  try {
    while (await tell.next()) {
      for (const id of take(runs)) {
        const row = store.runs.row(id)
        if (row) yield { type: 'run', row }
      }
      for (const id of take(deleted)) yield { type: 'runDeleted', id }
      for (const type of take(others)) {
        yield type === 'status' ? { type, status: queue.status() } : { type }
      }
    }
  } finally {
    for (const dispose of off) dispose()
  }
}

function take<T>(set: Set<T>): readonly T[] {
  const values = [...set]
  set.clear()
  return values
}
