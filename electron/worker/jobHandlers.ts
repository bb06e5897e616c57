import type { ComputeOps } from '#core/compute/ops'
import type { JobMemory, jobContract } from '#core/jobContract'
import type { Cancel } from '#core/rpc/cancel'
import type { Handlers } from '#core/rpc/serve'
import { RpcError } from '#core/rpc/rpcError'
import { askJob, saveJob } from './checkpointJobs.ts'
import { decisionJob } from './decisionJob.ts'
import { importFile, inspectFile } from './import/importFile.ts'
import { foldJobs } from './foldJobs.ts'
import { previewJob } from './previewJob.ts'
import { reportJobs } from './reportJobs.ts'
import { runJob, type RunControl } from './runJob.ts'
import { studyJob } from './studyJob.ts'
import { chooseBackend, tensorCount } from './tfBackend.ts'
import { worldSample, worldSigns } from './worldJob.ts'

/** A process that has grown beyond this many bytes is not used again: memory comes back with its end. */
const LARGEST = 700e6

/** What a job process does when asked. The backend is chosen at once, so that a first run need not wait. */
export function jobHandlers(): Handlers<typeof jobContract> {
  const backend = chooseBackend()
  // a failure is told to whoever asks; until then it must not end the process
  backend.catch(() => undefined)
  let busy = false
  let pauseWanted = false
  let clean = true

  const preview = previewJob(async () => (await backend).ops)

  const decide = decisionJob()

  async function* alone<T>(work: () => AsyncIterable<T>): AsyncGenerator<T> {
    if (busy) throw new RpcError('BUSY', 'this process is already running a job')
    busy = true
    pauseWanted = false
    try {
      yield* work()
    } finally {
      busy = false
    }
  }

  /** Work on tensors, which it must have given back in the end. */
  async function* onTensors<T>(
    cancel: Cancel,
    work: (control: RunControl) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    const { choice, ops } = await backend
    const before = tensorCount()
    const stop = () => (cancel.aborted ? 'cancel' : pauseWanted ? 'pause' : null)
    try {
      yield* work({ choice, ops, stop, now: () => performance.now(), memory })
    } finally {
      clean = tensorCount() === before
    }
  }

  async function withTensors<T>(question: (ops: ComputeOps) => Promise<T>): Promise<T> {
    const { ops } = await backend
    const before = tensorCount()
    try {
      return await question(ops)
    } finally {
      clean = tensorCount() === before
    }
  }

  return {
    'job.ping': () => {
      const isSmall = process.memoryUsage.rss() < LARGEST
      return { pid: process.pid, clean: clean && !busy && isSmall }
    },
    'job.backend': async () => (await backend).choice,
    'job.run': (job, cancel) => alone(() => onTensors(cancel, (control) => runJob(job, control))),
    'job.study': (job, cancel) =>
      alone(() => onTensors(cancel, (control) => studyJob(job, control))),
    'job.pause': () => {
      pauseWanted = true
      return null
    },
    'job.save': (job) => withTensors((ops) => saveJob(job, ops)),
    'job.ask': (job) => withTensors((ops) => askJob(job, ops)),
    'job.import': (job, cancel) => alone(() => importFile(job, cancel)),
    'job.inspect': inspectFile,
    'job.preview': preview,
    ...foldJobs(),
    'job.worldSample': worldSample,
    'job.worldSigns': worldSigns,
    'job.decision': decide,
    ...reportJobs,
  }
}

/** Wasm heaps are what is outside the engine's heap and no array buffer of its own. */
function memory(): JobMemory {
  const { rss, external, arrayBuffers } = process.memoryUsage()
  return {
    megabytes: Math.round(rss / 1e6),
    wasmMegabytes: Math.round(Math.max(0, external - arrayBuffers) / 1e6),
    tensors: tensorCount(),
  }
}
