import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { jobContract } from '#core/jobContract'
import type { Clock } from '#core/rpc/clock'
import type { Handlers } from '#core/rpc/serve'
import { systemClock } from '#electron/systemClock'
import { inProcessWorker } from '#electron/worker/inProcess'
import type { WorkerHandle } from '#electron/worker/workerHandle'
import { WorkerPool } from '#electron/worker/workerPool'
import { last } from '../../support/last.ts'
import { fakeBackend, fakeHandlers } from '../../support/fakeRun.ts'

/** Timers fire a hundred times sooner. */
const hasty: Clock = {
  now: () => systemClock.now(),
  later: (milliseconds, f) => systemClock.later(milliseconds / 100, f),
}
const settle = () => sleep(60)

let made: WorkerHandle[] = []
let pool: WorkerPool
afterEach(() => pool.close())

function poolOf(change: Partial<Handlers<typeof jobContract>> = {}, cores = 3): WorkerPool {
  made = []
  pool = new WorkerPool(
    () => {
      const worker = inProcessWorker({ ...fakeHandlers(), ...change })
      made.push(worker)
      return worker
    },
    hasty,
    cores,
  )
  return pool
}

describe('the pool of job processes', () => {
  it('has a spare ready, and another one when it was taken', async () => {
    expect(await poolOf().warmUp()).toEqual(fakeBackend)
    expect(made).toHaveLength(1)
    pool.take()
    expect(made).toHaveLength(1) // the job that takes it has the cores to itself
    await settle()
    expect(made).toHaveLength(2)
  })

  it('uses a process again whose job has ended well', async () => {
    await poolOf().warmUp()
    const worker = pool.take()
    await pool.giveBack(worker)
    expect(pool.take()).toBe(worker)
  })

  it('keeps two, and takes the one that has worked before a spare', async () => {
    await poolOf().warmUp()
    const [a, b] = [pool.take(), pool.take()]
    await settle()
    expect(made).toHaveLength(3) // the spare
    await pool.giveBack(a)
    await pool.giveBack(b)
    expect((await b.handle.ended).kind).toBe('killed')
    expect(pool.take()).toBe(a)
    expect(made).toHaveLength(3)
  })

  it('makes no spare while a job is on every core, and one again when a core is free', async () => {
    await poolOf({}, 2).warmUp()
    const worker = pool.take()
    pool.take()
    await settle()
    expect(made).toHaveLength(2)
    pool.discard(worker)
    await worker.handle.ended
    await settle()
    expect(made).toHaveLength(3)
  })

  it('starts nothing ahead of need without a core for it', async () => {
    expect(await poolOf({}, 0).warmUp()).toBeNull()
    pool.take()
    await settle()
    expect(made).toHaveLength(1)
  })

  it('ends a process that holds on to tensors, and one that does not answer', async () => {
    for (const ping of [
      () => ({ pid: 1, clean: false }),
      () => new Promise<never>(() => undefined),
    ]) {
      await poolOf({ 'job.ping': ping }).warmUp()
      const worker = pool.take()
      await pool.giveBack(worker)
      await worker.handle.ended
      expect(pool.take()).not.toBe(worker)
    }
  })

  it('replaces a spare that dies, but not for ever', async () => {
    await poolOf().warmUp()
    for (let i = 0; i < 6; i++) {
      last(made).kill()
      await settle()
    }
    expect(made).toHaveLength(3)
    await pool.giveBack(pool.take()) // a process that did its job: there is hope again
    await settle()
    expect(made.length).toBeGreaterThan(3)
  })

  it('can not tell the backend when the process fails', async () => {
    const refuses = () => Promise.reject(new Error('no backend'))
    expect(await poolOf({ 'job.backend': refuses }).warmUp()).toBeNull()
  })

  it('ends them all when it closes, and starts none afterwards', async () => {
    await poolOf().warmUp()
    pool.take()
    await settle()
    await pool.close()
    const ends = await Promise.all(made.map((worker) => worker.ended))
    expect(ends.map((end) => end.kind)).toEqual(['killed', 'killed'])
    await settle()
    expect(made).toHaveLength(2)
  })
})
