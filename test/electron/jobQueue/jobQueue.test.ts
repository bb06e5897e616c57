import { afterEach, describe, expect, it } from 'vitest'
import type { HostEvent } from '#core/contract/app'
import type { jobContract } from '#core/jobContract'
import type { Handlers } from '#core/rpc/serve'
import { inProcessWorker } from '#electron/worker/inProcess'
import type { WorkerHandle } from '#electron/worker/workerHandle'
import { fakeBatch, fakeHandlers } from '../../support/fakeRun.ts'
import {
  bench,
  digestOf,
  fakeSpec,
  forkFake,
  untilServed,
  untilState,
  type Bench,
} from '../../support/hostHarness.ts'

let b: Bench
afterEach(() => b.end())

type JobHandlers = Handlers<typeof jobContract>

const workers: WorkerHandle[] = []
const making = (change: (usual: JobHandlers) => Partial<JobHandlers>) => () => {
  const usual = fakeHandlers()
  const worker = inProcessWorker({ ...usual, ...change(usual) })
  workers.push(worker)
  return worker
}

const start = (wishes = '', seed = 1) =>
  b.api.call('runs.start', { spec: fakeSpec('run', wishes), seed })

async function eventsUntil(enough: (event: HostEvent) => boolean): Promise<void> {
  for await (const events of b.api.stream('app.events', {})) {
    if (events.some(enough)) return
  }
}

describe('job processes', () => {
  it('are used again, run after run', async () => {
    let made = 0
    const fork = () => {
      made++
      return forkFake()
    }
    b = await bench({ fork })
    for (let seed = 1; seed <= 4; seed++) {
      await untilState(b.api, await start('batches=3', seed), 'finished')
    }
    expect(made).toBeLessThanOrEqual(2) // one and its spare
  })
})

describe('a run that is gone on with elsewhere', () => {
  const started = (change: object) => (usual: JobHandlers) => ({
    'job.run': async function* (...args: Parameters<JobHandlers['job.run']>) {
      for await (const event of usual['job.run'](...args)) {
        yield event.type === 'started' ? { ...event, ...change } : event
      }
    } satisfies JobHandlers['job.run'],
  })
  const wasm = { name: 'wasm', ops: 'simd', rejected: [], versions: {} }

  it.each([
    ['another backend', { backend: wasm }, 'begun on cpu/tfjs, this machine now offers wasm/simd'],
    ['another engine', { engineVersion: 'next' }, 'begun by engine fake, this is engine next'],
  ])('is refused on %s, since its digest would be of neither', async (_, change, words) => {
    b = await bench()
    const run = await start('slow=5')
    await untilServed(b.api, run, 60)
    await b.stop()
    const { folder } = b
    b = await bench({ fork: making(started(change)) }, folder)
    await b.api.call('runs.resume', { run })
    const { reason, done } = await untilState(b.api, run, 'failed')
    expect(reason).toContain(words)
    expect(done).toBeGreaterThanOrEqual(60)

    await b.stop()
    b = await bench({}, folder)
    await b.api.call('runs.resume', { run })
    await untilState(b.api, run, 'finished')
    const undisturbed = await start('slow=5')
    await untilState(b.api, undisturbed, 'finished')
    expect(await digestOf(b.api, run)).toBe(await digestOf(b.api, undisturbed))
  })
})

describe('a job process that misbehaves', () => {
  it('by leaving out a batch fails its run, and what was stored stays', async () => {
    const skips = () => ({
      'job.run': async function* () {
        await Promise.resolve()
        const rest = { summary: null, memory: null, checkpoint: null }
        for (const step of [0, 1, 3]) yield { type: 'batch', batch: fakeBatch(1, step), ...rest }
      } satisfies JobHandlers['job.run'],
    })
    b = await bench({ fork: making(skips) })
    const { reason, done } = await untilState(b.api, await start(), 'failed')
    expect(reason).toMatch(/got batch 3 after batch 1$/)
    expect(done).toBe(20)
  })

  it('by ending without a result fails its run', async () => {
    const quits = () => ({
      'job.run': async function* () {
        await Promise.resolve()
        yield { type: 'progress', stage: 'preparing', share: 0 }
      } satisfies JobHandlers['job.run'],
    })
    b = await bench({ fork: making(quits) })
    const { reason } = await untilState(b.api, await start(), 'failed')
    expect(reason).toBe('the job ended without a result')
  })

  it('by dying in an import imports nothing, and says so', async () => {
    workers.length = 0
    const hangs = () => ({
      'job.import': async function* () {
        yield { type: 'progress', stage: 'reading', share: 0.5, rows: 1 } as const
        await new Promise(() => undefined)
      } satisfies JobHandlers['job.import'],
    })
    b = await bench({ fork: making(hangs) })
    const upload = await b.api.call('uploads.begin', { fileName: 'u.data' })
    const half = eventsUntil(
      (event) =>
        event.type === 'status' &&
        event.status.jobs.some((job) => job.kind === 'import' && job.share === 0.5),
    )
    const imported = (async () => {
      const input = { upload, name: 'ml' }
      const stream = b.api.stream('datasets.import', input)[Symbol.asyncIterator]()
      while (!(await stream.next()).done);
    })()
    const failure = expect(imported).rejects.toMatchObject({
      code: 'CRASHED',
      message: 'the process that imported u.data ended; nothing was imported',
    })
    await half
    for (const worker of workers) worker.kill()
    await failure
    expect(await b.api.call('datasets.list', {})).toEqual([])
    const gone = eventsUntil((event) => event.type === 'status' && event.status.jobs.length === 0)
    await gone
  })

  it('by failing to render a report tells why, and the next one is rendered', async () => {
    let attempts = 0
    const fails = (usual: JobHandlers) => ({
      'job.report': ((input, cancel) => {
        if (++attempts === 1) throw new RangeError('no ink')
        return usual['job.report'](input, cancel)
      }) satisfies JobHandlers['job.report'],
    })
    b = await bench({ fork: making(fails) })
    const run = await start()
    await untilState(b.api, run, 'finished')
    const input = { run, format: 'md', language: 'en' } as const
    await expect(b.api.call('reports.render', input)).rejects.toThrow('no ink')
    expect((await b.api.call('reports.render', input)).text).toBe('fake')
    const [entry] = await b.api.call('audit.list', { limit: 1 })
    expect(entry).toMatchObject({ action: 'report.render', detail: 'report.md' })
  })
})

describe('status', () => {
  it('lists what is running, with its share and rate', async () => {
    b = await bench()
    const run = await start('slow=10 batches=80')
    await eventsUntil((event) => {
      if (event.type !== 'status') return false
      const [job] = event.status.jobs
      return job?.perSecond != null && job.share > 0.2 && job.run === run && job.label === 'run'
    })
  })
})
