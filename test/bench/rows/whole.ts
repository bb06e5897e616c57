import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec } from '#core/experimentSpec'
import { samples } from '#core/samples/index'
import { forkWorker } from '#electron/worker/fork'
import { bench, untilState } from '../../support/hostHarness.ts'
import type { FigureRow, Pair } from '../benchRow.ts'
import { batches, loopSpec, temporaryRun } from './loop.ts'

/** Milliseconds between two summaries and between two checkpoints, as the job queue has them. */
const SUMMARY_MS = 200
const CHECKPOINT_MS = 2000

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
      what: 'two runs of 30,000 impressions through the job queue, two at a time and one after the other',
      reference: 'one at a time',
      target: 1 / 1.8,
      rounds: 2,
      prepare: twoCores,
    },
  ]
}

/** Long enough for two checkpoints or more, so that each round has its share of them. */
const BATCHES = 20

/** CPU milliseconds of the storage of some batches, and of everything. */
function storageShare(ops: ComputeOps): ReturnType<FigureRow['prepare']> {
  const short = loopSpec('dot')
  const spec = { ...short, traffic: { ...short.traffic, impressionsPerUser: 100 } }
  const { store, run, close } = temporaryRun(spec)
  const steps = batches(spec, ops)
  let summaryAt = 0
  let checkpointAt = performance.now()
  return {
    async measure(): Promise<Pair> {
      const start = process.cpuUsage()
      let stored = 0
      for (let i = 0; i < BATCHES; i++) {
        const { value: step } = await steps.next()
        if (!step) throw new Error('the bench ran out of impressions')
        const time = performance.now()
        const summary = time - summaryAt >= SUMMARY_MS ? step.summary() : null
        if (summary) summaryAt = time
        const checkpoint = time - checkpointAt >= CHECKPOINT_MS ? step.checkpoint() : null
        if (checkpoint) checkpointAt = time
        const before = process.cpuUsage()
        store.append(run, step.batch, summary, checkpoint)
        stored += milliseconds(process.cpuUsage(before))
      }
      return { own: stored, reference: milliseconds(process.cpuUsage(start)) }
    },
    async dispose() {
      await steps.return(undefined)
      close()
    },
  }
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

/** Wall milliseconds of two runs at the same time, and of the same two in turn. */
async function twoCores(): Promise<Awaited<ReturnType<FigureRow['prepare']>>> {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-bench-'))
  const host = await bench({ fork: () => forkWorker() }, folder)
  // long enough that starting the engine, compiling and pre-training are a small part
  const spec = ExperimentSpec.parse({
    ...samples.duel.spec,
    environment: { ...samples.duel.spec.environment, users: 1500 },
    traffic: { users: 1500 },
  })
  let seed = 0
  let [ours, machines] = [0, 0]
  const pair = async (concurrency: number): Promise<number> => {
    await host.api.call('settings.set', { concurrency })
    const start = performance.now()
    const started = await Promise.all(
      [seed, seed + 1].map((s) => host.api.call('runs.start', { spec, seed: s })),
    )
    await Promise.all(started.map((run) => untilState(host.api, run, 'finished')))
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
