import { afterEach, describe, expect, it } from 'vitest'
import { jobContract } from '#core/jobContract'
import { connect } from '#core/rpc/connect'
import { forkWorker } from '#electron/worker/fork'
import type { WorkerHandle } from '#electron/worker/workerHandle'
import { fakeJobEntry } from '../../support/hostHarness.ts'

let worker: WorkerHandle | undefined
afterEach(async () => {
  worker?.kill()
  await worker?.ended
})

const started = async () => {
  worker = forkWorker(fakeJobEntry)
  const client = connect(jobContract, worker.wire)
  const { pid } = await client.call('job.ping', {})
  return { worker, client, pid }
}

describe('a forked job process', () => {
  it('answers from a process of its own', async () => {
    const { pid } = await started()
    expect(pid).not.toBe(process.pid)
  })

  it('ends as killed when it is killed', async () => {
    const { worker } = await started()
    worker.kill()
    expect(await worker.ended).toEqual({ kind: 'killed' })
  })

  it('ends as crashed with its signal when something else kills it', async () => {
    const { worker, pid } = await started()
    process.kill(pid, 'SIGSEGV')
    expect(await worker.ended).toEqual({ kind: 'crashed', code: null, signal: 'SIGSEGV' })
  })

  it('rejects what is under way when it dies', async () => {
    const { client, pid } = await started()
    process.kill(pid, 'SIGSTOP')
    const answer = client.call('job.ping', {})
    process.kill(pid, 'SIGKILL')
    await expect(answer).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('that can not start is a crash as well', async () => {
    worker = forkWorker('/nonexistent/job.js')
    expect(await worker.ended).toMatchObject({ kind: 'crashed', code: 1 })
  })
})
