import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { contract } from '#core/contract'
import type { AppInfo } from '#core/contract/app'
import type { RunState } from '#core/contract/runs'
import type { BackendChoice } from '#core/jobContract'
import { serve } from '#core/rpc/serve'
import type { Wire } from '#core/rpc/wire'
import { engineVersion } from '#core/run/engineVersion'
import { createStore, type Store } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { createAnalyst } from './analyst.ts'
import { createApi } from './api.ts'
import { datasetFolder } from './datasetFolder.ts'
import { hostEvents } from './hostEvents.ts'
import { JobQueue } from './jobQueue.ts'
import { chromiumPrint } from './print/chromiumPrint.ts'
import type { Print } from './print/printPage.ts'
import { projectRoot } from './projectRoot.ts'
import { createSideWorker } from './sideWorker.ts'
import { storageError } from './storageFault.ts'
import { systemClock } from './systemClock.ts'
import { uploads } from './uploads.ts'
import type { WorkerFactory } from './worker/workerHandle.ts'
import { WorkerPool } from './worker/workerPool.ts'

export interface Host {
  /** Answers a client until its wire closes. @returns its disposer, which leaves the wire open */
  serve(wire: Wire, client: { readonly kind: AppInfo['host'] }): () => void
  /** Pauses what is running, ends the job processes and lets the workspace go. */
  close(): Promise<void>
}

export interface HostOptions {
  /** The SQLite file, made when it is not there; ':memory:' for one that is forgotten. */
  readonly workspace: string
  readonly fork: WorkerFactory
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds between two checkpoints of a run; 5000 unless told: more often costs more than a crash does. */
  readonly checkpointEvery?: number
  /** With so many jobs under way no process is started ahead of need; as many as there are unless told. */
  readonly cores?: number
  /** Makes a PDF of a page; an installed Chromium does unless told. */
  readonly print?: Print
}

/**
 * Opens a workspace, as its only host, and what works on it: the store, the queue and the API.
 * @throws WorkspaceError with a sentence for the user
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { workspace, fork, now, checkpointEvery = 5000, print = chromiumPrint } = options
  const { cores = availableParallelism() } = options
  const clock = systemClock
  const store = createStore(openWorkspace(workspace))
  const folder = await datasetFolder(workspace, store)
  interruptLeftovers(store, now)
  store.reports.prune()

  const events = hostEvents()
  const pool = new WorkerPool(fork, clock, cores)
  const queue = new JobQueue({ store, pool, events, clock, now, checkpointEvery, folder })
  const side = createSideWorker(pool, clock)
  const analyst = createAnalyst(store, pool, clock)
  const purge = purger(store)
  const clients = new Set<() => void>()
  const version = appVersion()
  let backend: BackendChoice | null = null

  void pool.warmUp().then((choice) => {
    backend = choice
    events.status.emit(undefined)
  })
  purge.start()

  return {
    serve(wire, { kind }) {
      const files = uploads(folder.uploads)
      const info = (): AppInfo => ({
        version,
        engineVersion,
        host: kind,
        workspace: basename(workspace),
        backend,
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
      })
      const uploaded = { folder, uploads: files }
      const context = {
        store,
        queue,
        side,
        analyst,
        events,
        clock,
        now,
        ...uploaded,
        info,
        print,
      }
      const stop = serve(contract, createApi({ ...context, purge: purge.start }), wire, {
        clock,
        strict: process.env['DUELIST_STRICT'] === '1',
        onError: (error, name) => console.error(`${name}:`, error),
        explain: storageError,
      })
      const leave = () => {
        clients.delete(leave)
        stop()
        void files.close()
      }
      clients.add(leave)
      const offClose = wire.onClose(leave)
      return () => {
        offClose()
        leave()
      }
    },
    async close() {
      await queue.close()
      for (const leave of [...clients]) leave()
      side.close()
      analyst.close()
      await pool.close()
      purge.stop()
      await folder.close()
      store.close()
    },
  }
}

/** What an earlier host left running or queued did not survive it. */
function interruptLeftovers(store: Store, now: () => number): void {
  const at = new Date(now()).toISOString()
  const interrupt = (
    noun: 'run' | 'study',
    row: { readonly id: number; readonly state: RunState } | undefined,
    place: string,
    setState: (id: number, state: RunState, reason: string, at: null) => void,
  ) => {
    if (!row) return
    const what =
      row.state === 'running' ? `while the ${noun} was going` : `before the ${noun} had started`
    const reason = `the program ended ${what}${place}`
    setState(row.id, 'interrupted', reason, null)
    const subject = `${noun} ${row.id}`
    store.audit.add({ at, action: `${noun}.interrupted`, subject, detail: reason })
  }
  for (const id of store.runs.inState('running', 'queued')) {
    const row = store.runs.row(id)
    const place = row && row.done > 0 ? ` (${row.done} of ${row.total} impressions)` : ''
    interrupt('run', row, place, (...to) => store.runs.setState(...to))
  }
  for (const id of store.studies.inState('running', 'queued')) {
    interrupt('study', store.studies.progress(id), '', (...to) => store.studies.setState(...to))
  }
}

/** Removes rows of deleted runs slice by slice, with room for everything else in between. */
function purger(store: Store): { readonly start: () => void; readonly stop: () => void } {
  let turn: NodeJS.Immediate | undefined
  const step = () => {
    turn = store.purgeDeleted() ? setImmediate(step) : undefined
  }
  return {
    start: () => (turn ??= setImmediate(step)),
    stop: () => clearImmediate(turn),
  }
}

function appVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  return (manifest as { readonly version: string }).version
}
