import { serve, type Handlers } from '#core/rpc/serve'
import { jobContract } from '#core/jobContract'
import { systemClock } from '../systemClock.ts'
import { wirePair } from '../wire/pair.ts'
import type { WorkerEnd, WorkerHandle } from './workerHandle.ts'

/** A "job process" inside this one, for tests: quick, but a crash would be everyone's. */
export function inProcessWorker(handlers: Handlers<typeof jobContract>): WorkerHandle {
  const { left, right, close } = wirePair()
  serve(jobContract, handlers, right, { clock: systemClock })
  const ended = new Promise<WorkerEnd>((resolve) => left.onClose(() => resolve({ kind: 'killed' })))
  return { wire: left, ended, kill: close }
}
