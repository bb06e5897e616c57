import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nodeWire } from '../wire/process.ts'
import { jobEntry } from './jobEntry.ts'
import type { WorkerEnd, WorkerHandle } from './workerHandle.ts'

/** A job process of plain Node. */
export function forkWorker(entry: string = jobEntry()): WorkerHandle {
  const fromSources = entry.endsWith('.ts')
  const child = fork(entry, {
    ...(fromSources ? { env: { NODE_COMPILE_CACHE: compileCache, ...process.env } } : {}),
    serialization: 'advanced', // typed arrays arrive as such
    execArgv: [...collecting, ...(fromSources ? stripTypes : ['--enable-source-maps'])],
    // standard output belongs to the command line, which may be writing JSON there
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let killed = false
  const ended = new Promise<WorkerEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve(endOf(killed, code, signal)))
    // could not be started at all: there will be no exit
    child.once('error', () => {
      if (child.pid === undefined) resolve(endOf(killed, null, null))
    })
  })
  return {
    wire: nodeWire(child),
    ended,
    kill() {
      killed = true
      child.kill('SIGKILL')
    },
  }
}

/** Types are stripped and sources compiled once, not for each job: a second of processor time less. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url))

/**
 * A job is one thread that makes much garbage, beside other jobs: helpers of the collector would take their
 * cores, and room for what dies young saves most of its work.
 */
const collecting = ['--single-threaded-gc', '--max-semi-space-size=32']

/** Needed by Node 22; the default since 23.6. */
const stripTypes = process.features.typescript ? [] : ['--experimental-strip-types']

function endOf(killed: boolean, code: number | null, signal: string | null): WorkerEnd {
  if (killed) return { kind: 'killed' }
  return code === 0 ? { kind: 'finished' } : { kind: 'crashed', code, signal }
}
