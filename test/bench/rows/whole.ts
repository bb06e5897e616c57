import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ComputeOps } from '#core/compute/ops'
import type { RunId } from '#core/contract/ids'
import { ExperimentSpec } from '#core/experimentSpec'
import { samples } from '#core/samples/index'
import { forkWorker } from '#electron/worker/fork'
import { runJob } from '#electron/worker/runJob'
import { bench } from '../../support/hostHarness.ts'
import type { FigureRow, Pair } from '../benchRow.ts'
import { loopSpec, temporaryRun } from './loop.ts'

const ASK_MS = 100
type Host = Awaited<ReturnType<typeof bench>>

/** Figures of the program by itself. */
export function wholeRows(ops: ComputeOps): FigureRow[] {
  return [
    {
      id: 'storage-share',
      what: 'packing and storing the impressions of the dot loop, of all the CPU of a run',
      reference: 'whole run',
      target: 0.05,
      rounds: 7,
      prepare: () => storageShare(ops),
    },
    {
      id: 'two-cores',
      what: 'two runs of 160,000 impressions through the job queue, two at a time and one after the other',
      reference: 'one at a time',
      target: 1 / 1.8,
      rounds: 2,
      prepare: twoCores,
    },
  ]
}

/** Of 1,024 impressions: long enough for a checkpoint, so that each round has its share of them. */
const BATCHES = 24

/** CPU milliseconds of the storage of some batches, and of everything. */
function storageShare(ops: ComputeOps): ReturnType<FigureRow['prepare']> {
  const short = loopSpec('dot')
  const spec = { ...short, traffic: { ...short.traffic, impressionsPerUser: 300 } }
  const { store, run, close } = temporaryRun(spec)
  const job = { spec, seed: 1, dataset: null, models: {}, checkpoint: null, checkpointEvery: 5000 }
  const choice = { name: 'wasm', ops: ops.id, rejected: [], versions: {} } as const
  const memory = () => ({ megabytes: 0, wasmMegabytes: 0, tensors: 0 })
  const now = () => performance.now()
  const events = runJob(job, { choice, ops, stop: () => null, now, memory })
  return {
    async measure(): Promise<Pair> {
      const start = process.cpuUsage()
      let stored = 0
      for (let i = 0; i < BATCHES;) {
        const { value: event } = await events.next()
        if (!event) throw new Error('the bench ran out of impressions')
        if (event.type !== 'batch') continue
        i++
        const before = process.cpuUsage()
        store.append(run, event.batch, event.summary, event.checkpoint)
        stored += milliseconds(process.cpuUsage(before))
      }
      return { own: stored, reference: milliseconds(process.cpuUsage(start)) }
    },
    async dispose() {
      await events.return(undefined)
      close()
    },
  }
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

/** Wall milliseconds of two runs at the same time, and of the same two in turn. */
async function twoCores(): Promise<Awaited<ReturnType<FigureRow['prepare']>>> {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-bench-'))
  const host = await bench({ fork: () => forkWorker() }, folder)
  // half a minute each: what users wait for, of which starting, compiling and pre-training are a small part
  const users = 4000
  const spec = ExperimentSpec.parse({
    ...samples.duel.spec,
    environment: { ...samples.duel.spec.environment, users },
    traffic: { users, impressionsPerUser: 40 },
  })
  let seed = 0
  let [ours, machines] = [0, 0]
  const pair = async (concurrency: number): Promise<number> => {
    await host.api.call('settings.set', { concurrency })
    const start = performance.now()
    const started = await Promise.all(
      [seed, seed + 1].map((s) => host.api.call('runs.start', { spec, seed: s })),
    )
    await Promise.all(started.map((run) => untilFinished(host.api, run)))
    return performance.now() - start
  }
  return {
    async measure() {
      const own = await pair(2)
      const reference = await pair(1)
      seed += 2
      ours = Math.max(ours, reference / own)
      machines = Math.max(machines, await gainOfLoops())
      return { own, reference }
    },
    note: () =>
      `at best ${ours.toFixed(2)} times as fast; two plain loops in two processes, in the same rounds: ` +
      `${machines.toFixed(2)} times, so ours is ${(ours / machines).toFixed(2)} of what the machine gave`,
    dispose: () => host.end(),
  }
}

/** Asks now and then: a page that follows a run has a process of its own, which this one must not stand for. */
async function untilFinished(api: Host['api'], run: RunId): Promise<void> {
  for (;;) {
    const { state, reason } = await api.call('runs.get', { run })
    if (state === 'finished') return
    if (state !== 'queued' && state !== 'running')
      throw new Error(`run ${run} is ${state}: ${reason}`)
    await sleep(ASK_MS)
  }
}

/** How much faster two processes that only compute end together than one after the other. */
async function gainOfLoops(): Promise<number> {
  const loop = (): Promise<unknown> => once(spawn(process.execPath, ['-e', computing]), 'exit')
  const start = performance.now()
  await loop()
  await loop()
  const between = performance.now()
  await Promise.all([loop(), loop()])
  return (between - start) / (performance.now() - between)
}

/** Within a function: variables of a script are not kept in registers. */
const computing =
  '(() => { let x = 1; for (let i = 0; i < 1e9; i++) x = (Math.imul(x, 16807) + i) | 0; return x })()'
