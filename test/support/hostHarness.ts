import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contract } from '#core/contract'
import type { RunId } from '#core/contract/ids'
import type { RunDetail, RunFrame, RunState } from '#core/contract/runs'
import type { ExperimentSpecInput } from '#core/experimentSpec'
import { connect, type Client } from '#core/rpc/connect'
import { createHost, type Host, type HostOptions } from '#electron/host'
import { wirePair } from '#electron/wire/pair'
import { forkWorker } from '#electron/worker/fork'
import { inProcessWorker } from '#electron/worker/inProcess'
import type { WorkerHandle } from '#electron/worker/workerHandle'
import { fakeHandlers } from './fakeRun.ts'

export type Api = Client<typeof contract>

export const fakeJobEntry = join(import.meta.dirname, 'fakeJob.ts')

/** A job process with the fake run, in a process of its own. */
export const forkFake = (): WorkerHandle => forkWorker(fakeJobEntry)

/** The same inside this process. */
const pairFake = (): WorkerHandle => inProcessWorker(fakeHandlers())

/** A spec for the fake run; `wishes` are what it reads from the hypothesis. */
export const fakeSpec = (name: string, wishes = ''): ExperimentSpecInput => ({
  name,
  hypothesis: wishes,
  environment: { kind: 'typedLatent' },
})

export interface Bench {
  readonly host: Host
  readonly api: Api
  readonly folder: string
  readonly workspace: string
  /** Another client of the same host. */
  connect(): { readonly api: Api; readonly close: () => void }
  /** Closes the host; the workspace stays. */
  stop(): Promise<void>
  /** Closes and removes everything. */
  end(): Promise<void>
}

/** A host over a workspace in a folder of its own, with a client. */
export async function bench(
  options: Partial<HostOptions> = {},
  folder = mkdtempSync(join(tmpdir(), 'duelist-host-')),
): Promise<Bench> {
  const workspace = options.workspace ?? join(folder, 'w.db')
  const host = await createHost({ fork: pairFake, now: Date.now, ...options, workspace })
  const client = () => {
    const pair = wirePair()
    host.serve(pair.right, { kind: 'cli' })
    return { api: connect(contract, pair.left), close: pair.close }
  }
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= host.close())
  return {
    host,
    api: client().api,
    folder,
    workspace,
    connect: client,
    stop,
    async end() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Watches until the run is in one of the states. @returns the last frame */
export async function untilState(
  api: Api,
  run: RunId,
  ...states: readonly RunState[]
): Promise<RunFrame> {
  for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
    const last = frames.at(-1)!
    if (states.includes(last.state)) return last
  }
  throw new Error(`run ${run} never became ${states.join(' or ')}`)
}

/** Watches until so many impressions are stored. */
export async function untilServed(api: Api, run: RunId, impressions: number): Promise<RunFrame> {
  for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
    const last = frames.at(-1)!
    if (last.done >= impressions) return last
  }
  throw new Error(`run ${run} never served ${impressions} impressions`)
}

export async function digestOf(api: Api, run: RunId): Promise<string | undefined> {
  const detail: RunDetail = await api.call('runs.get', { run })
  return detail.summary?.digest
}
