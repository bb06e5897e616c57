import { utilityProcess } from 'electron'
import { utilityWire } from '../wire/process.ts'
import { jobEntry } from './jobEntry.ts'
import type { WorkerEnd, WorkerHandle } from './workerHandle.ts'

/** A job process of the desktop app; works where the packaged binary may not run as Node. */
export function utilityWorker(): WorkerHandle {
  const child = utilityProcess.fork(jobEntry(), [], {
    serviceName: 'Duelist job',
    stdio: 'ignore',
  })
  let killed = false
  const ended = new Promise<WorkerEnd>((resolve) => {
    child.once('exit', (code) => {
      if (killed) resolve({ kind: 'killed' })
      else resolve(code === 0 ? { kind: 'finished' } : { kind: 'crashed', code, signal: null })
    })
  })
  return {
    wire: utilityWire(child),
    ended,
    kill() {
      killed = true
      // SIGTERM is what Electron sends, and a busy process would not notice it
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      else child.kill()
    },
  }
}
