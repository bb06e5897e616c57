import type { BreakdownEvent } from '#core/contract/runs'
import type { Breakdown, RangeAnswer, RunPlaces } from '#core/run/breakdown'
import { cancelSource, type Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'
import { keepWorker } from './keptWorker.ts'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** Answers that are kept; a run that goes on makes its own stale. */
const KEPT = 4

/** What the stored impressions of runs say, from a process of its own that keeps their users. */
export interface Analyst {
  /** Told with progress; at once when the run has no impression that was not read before. */
  breakdown(run: StoredRun, cancel: Cancel): AsyncGenerator<BreakdownEvent>
  /** @param range users that had left before it and by its end */
  range(run: StoredRun, range: readonly [number, number]): Promise<RangeAnswer>
  /** Position × team of what is stored by now. */
  places(run: StoredRun): Promise<RunPlaces>
  /** Stores the segments of a finished run, which reports tell, unless they are already there. */
  keepSegments(run: StoredRun): Promise<void>
  close(): void
}

export function createAnalyst(store: Store, pool: WorkerPool, clock: Clock): Analyst {
  const answers = new Map<number, { readonly done: number; readonly breakdown: Breakdown }>()
  const kept = keepWorker(pool, clock)
  let last: Promise<unknown> = Promise.resolve()

  /** Questions one after the other: two pages that look at one run read it once. */
  async function alone(): Promise<() => void> {
    const before = last
    let leave: () => void = () => undefined
    last = new Promise<void>((resolve) => {
      leave = resolve
    })
    const letGo = kept.hold()
    await before
    return () => {
      leave()
      letGo()
    }
  }

  /** Sends what the process does not know yet, a piece at a time. */
  async function* feed(run: StoredRun, { client }: Worker, cancel: Cancel | null) {
    const { id, spec, done } = run
    const fold = (packed: readonly Uint8Array[]) =>
      client.call('job.fold', { run: id, spec, packed })
    let next = await fold([])
    for (;;) {
      if (cancel?.aborted) throw new RpcError('CANCELLED', 'nobody is waiting for it any more')
      const packed = store.impressions.packedFrom(id, next)
      if (packed.length === 0) return
      next = await fold(packed)
      yield { type: 'progress' as const, share: Math.min(1, next / Math.max(1, done)) }
    }
  }

  /** One question, once the process knows all that is stored. */
  async function asked<T>(run: StoredRun, ask: (process: Worker) => Promise<T>): Promise<T> {
    const leave = await alone()
    try {
      const process = kept.current()
      const pieces = feed(run, process, null)
      while (!(await pieces.next()).done) continue
      return await ask(process)
    } finally {
      leave()
    }
  }

  const analyst: Analyst = {
    async *breakdown(run, cancel) {
      const leave = await alone()
      try {
        const known = answers.get(run.id)
        if (known?.done === run.done) {
          yield { type: 'finished', breakdown: known.breakdown }
          return
        }
        const process = kept.current()
        yield* feed(run, process, cancel)
        const breakdown = await process.client.call('job.breakdown', { run: run.id })
        answers.delete(run.id)
        answers.set(run.id, { done: run.done, breakdown })
        for (const other of [...answers.keys()].slice(0, -KEPT)) answers.delete(other)
        yield { type: 'finished', breakdown }
      } finally {
        leave()
      }
    },
    async range(run, [from, to]) {
      // who comes back to an unfinished run is not known, and a user counts once
      if (run.state !== 'finished') return { findings: null, reason: 'unfinished' }
      return asked(run, ({ client }) => client.call('job.range', { run: run.id, from, to }))
    },
    places: (run) => asked(run, ({ client }) => client.call('job.places', { run: run.id })),
    async keepSegments(run) {
      if (run.state !== 'finished' || store.segments.get(run.id)) return
      if (store.impressions.totals(run.id).impressions === 0) return // it came in a bundle
      for await (const event of analyst.breakdown(run, neverCancelled)) {
        const found = event.type === 'finished' ? event.breakdown.segments : null
        if (found) store.segments.set(run.id, found)
      }
    },
    close: kept.close,
  }
  return analyst
}

const { cancel: neverCancelled } = cancelSource()
