import { renderReport } from '#core/report/index'
import { draftReport, renderStored, storedParts } from '#core/report/storedReport'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { ExperimentSpec } from '#core/experimentSpec'
import type {
  BackendChoice,
  jobContract,
  RunEvent,
  RunJob,
  StudyEvent,
  StudyJob,
} from '#core/jobContract'
import type { PeekReport } from '#core/peekLab/peekReport'
import { philox4x32 } from '#core/random/philox'
import type { Cancel } from '#core/rpc/cancel'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import type { Checkpoint, ImpressionChunk, RunBatch } from '#core/run/batch'
import { pointMetrics, pointWidth } from '#core/run/point'
import type { RunSummary } from '#core/run/summary'
import type { CalibrationSpec } from '#core/study/calibration'
import { foldJobs } from '#electron/worker/foldJobs'

export const fakeBackend: BackendChoice = {
  name: 'cpu',
  ops: 'tfjs',
  rejected: [{ name: 'wasm', reason: 'not wanted here' }],
  versions: { tfjs: '0' },
}

export const FAKE_BATCHES = 40
export const FAKE_BATCH_SIZE = 10

/** Changes of the fake's behaviour, written into the `hypothesis` of a spec as `slow=5 crashAt=3`. */
function wishes(spec: ExperimentSpec): Readonly<Record<string, number>> {
  const words = spec.hypothesis.split(' ').filter((word) => word.includes('='))
  return Object.fromEntries(words.map((word) => word.split('=')).map(([k, v]) => [k, Number(v)]))
}

/** A batch as a pure function of (seed, step). */
export function fakeBatch(seed: number, step: number, batches = FAKE_BATCHES): RunBatch {
  const count = FAKE_BATCH_SIZE
  const k = 3
  const from = step * count
  const words = new Uint32Array(4)
  const draw = (i: number, below: number, purpose: number) => {
    philox4x32(i, purpose, from, 0, seed >>> 0, 7, words)
    return words[0]! % below
  }
  const slots = (purpose: number, below: number) =>
    Array.from({ length: count * k }, (_, i) => draw(i, below, purpose))
  const outcome = Uint8Array.from({ length: count }, (_, i) => draw(i, 4, 1))
  const chunk: ImpressionChunk = {
    from,
    count,
    k,
    user: Int32Array.from({ length: count }, (_, i) => draw(i, 50, 2)),
    seconds: Float64Array.from({ length: count }, (_, i) => from + i + 0.5),
    outcome,
    vote: Float32Array.from(outcome, (code) => [1, 0, 0.5, NaN][code]!),
    shown: Int32Array.from(slots(3, 400)),
    team: Int8Array.from(slots(4, 3), (team) => team - 1),
    clicked: Uint8Array.from(slots(5, 2)),
    listA: Int32Array.from(slots(6, 401), (item) => item - 1),
    listB: Int32Array.from(slots(7, 401), (item) => item - 1),
  }
  const point = Float64Array.from({ length: pointWidth }, (_, i) => draw(i, 1000, 8) / 1000)
  point[pointMetrics.indexOf('impressions')] = from + count
  point[pointMetrics.indexOf('loss')] = NaN
  const update = {
    kind: 'minor',
    impression: from + count,
    result: 'applied',
    creditA: 1,
    creditB: 2,
    stepNorm: 0.5,
    normRatio: 1.25,
    loss: NaN,
    entropy: NaN,
  } as const
  return { step, done: from + count, total: batches * count, point, chunk, updates: [update] }
}

/** The digest is a chain over the points, so that a wrong resume shows. */
const chain = (digest: number, batch: RunBatch): number => {
  let next = digest
  for (const value of batch.point) next = (Math.imul(next, 31) + Math.round(value * 1000)) | 0
  return next
}

export function fakeSummary(impressions: number, digest: number): RunSummary {
  const none = { value: null, low: null, high: null, n: 0, reason: 'fake' }
  return {
    engineVersion: 'fake',
    backend: 'cpu/tfjs',
    impressions,
    users: 0,
    usersVoting: 0,
    outcomes: { a: 0, b: 0, tie: 0, noVote: 0, identical: 0 },
    clicks: 0,
    delta: none,
    logE: null,
    decidedAtUser: null,
    otherEngines: [],
    deltaImpression: none,
    designEffect: null,
    signTest: { p: null, winsA: 0, winsB: 0, unit: 'user' },
    verdict: {
      state: 'insufficient',
      reason: null,
      usersStillNeeded: null,
      differenceExists: false,
    },
    health: [],
    arms: [],
    explorationCost: none,
    updates: { won: 0, lost: 0, tied: 0, void: 0, major: 0, guard: 0 },
    normRatio: 1,
    meanOverlap: null,
    effectiveItems: null,
    digest: `fake-${digest}`,
  }
}

function fakeReport({ repetitions: planned, effect }: CalibrationSpec, done: number): PeekReport {
  return {
    backend: 'cpu/tfjs',
    engineVersion: 'fake',
    alpha: 0.05,
    lockedEngine: 'betting',
    looks: 50,
    repetitions: done,
    planned,
    pilot: {
      users: 1,
      usersVoting: 1,
      impressions: 1,
      votes: 1,
      tieRate: 0,
      noVoteRate: 0,
      designEffect: null,
    },
    effect: { wanted: effect, achieved: effect, largest: 0.5 },
    methods: [],
    digest: `fake-${done}`,
  }
}

/** A job process' answers without any learning: small, quick, deterministic, and able to go wrong. */
export function fakeHandlers(): Handlers<typeof jobContract> {
  let wanted: 'pause' | null = null

  const asked = () => wanted

  async function* run(job: RunJob, cancel: Cancel): AsyncGenerator<RunEvent> {
    wanted = null
    const wish = wishes(job.spec)
    const batches = wish['batches'] ?? FAKE_BATCHES
    yield { type: 'started', backend: fakeBackend, engineVersion: 'fake' }
    yield { type: 'progress', stage: 'preparing', share: 0 }
    if (wish['prepare']) await sleep(wish['prepare'])
    let digest = (job.checkpoint?.state as { digest: number } | undefined)?.digest ?? 0
    let checkpoint: Checkpoint | null = job.checkpoint
    for (let step = (job.checkpoint?.step ?? -1) + 1; step < batches; step++) {
      if (asked() === 'pause') {
        const summary = checkpoint && fakeSummary(checkpoint.done, digest)
        yield { type: 'paused', checkpoint, summary }
        return
      }
      if (cancel.aborted) return
      if (wish['slow']) await sleep(wish['slow'])
      await nextTurn()
      if (step === wish['waitAt'] && !job.checkpoint) await new Promise(() => undefined)
      if (step === wish['crashAt'] && !job.checkpoint) process.exit(7)
      if (step === wish['dieAt']) process.exit(7)
      if (step === wish['throwAt']) throw new RangeError('the world is too small')
      if (step === wish['hangAt']) for (;;);
      const batch = fakeBatch(job.seed, step, batches)
      digest = chain(digest, batch)
      checkpoint = { format: 1, step, done: batch.done, state: { digest, weights: batch.point } }
      const isDue = step % 5 === 4 || step === batches - 1 || job.checkpointEvery === 0
      yield {
        type: 'batch',
        batch,
        summary: step % 3 === 0 ? fakeSummary(batch.done, digest) : null,
        memory: null,
        checkpoint: isDue ? checkpoint : null,
      }
    }
    yield { type: 'finished', summary: fakeSummary(batches * FAKE_BATCH_SIZE, digest) }
  }

  /** A calibration; the fake knows no other kind. */
  async function* study(job: StudyJob, cancel: Cancel): AsyncGenerator<StudyEvent> {
    wanted = null
    const spec = job.spec as CalibrationSpec
    const wish = wishes(spec.experiment)
    yield { type: 'started', backend: fakeBackend, engineVersion: 'fake' }
    yield { type: 'progress', stage: 'pilot', share: 0.5 }
    const total = spec.repetitions
    let checkpoint = job.checkpoint as { readonly done: number } | null
    for (let done = (checkpoint?.done ?? 0) + 1; done <= total; done++) {
      if (asked() === 'pause') {
        yield { type: 'paused', checkpoint }
        return
      }
      if (cancel.aborted) return
      if (wish['slow']) await sleep(wish['slow'])
      await nextTurn()
      if (done === wish['crashAt'] && !job.checkpoint) process.exit(7)
      if (done === wish['dieAt']) process.exit(7)
      checkpoint = { done }
      yield { type: 'point', done, total, report: fakeReport(spec, done), checkpoint }
    }
    yield { type: 'finished', report: fakeReport(spec, total), models: [] }
  }

  return {
    'job.ping': () => ({ pid: process.pid, clean: true }),
    'job.backend': () => fakeBackend,
    'job.run': run,
    'job.study': study,
    'job.pause': () => {
      wanted = 'pause'
      return null
    },
    'job.save': () => {
      throw new RpcError('BAD_INPUT', 'the fake has no network')
    },
    'job.ask': () => {
      throw new RpcError('BAD_INPUT', 'the fake has no users to ask')
    },
    'job.import': () => {
      throw new RpcError('NOT_FOUND', 'the fake imports nothing')
    },
    'job.inspect': () => {
      throw new RpcError('NOT_FOUND', 'the fake inspects nothing')
    },
    'job.decision': () => Promise.reject(new Error('no decisions here')),
    'job.preview': () => {
      throw new RpcError('NOT_FOUND', 'the fake previews nothing')
    },
    ...foldJobs(),
    'job.worldSample': () => {
      throw new RpcError('NOT_FOUND', 'the fake has no worlds')
    },
    'job.worldSigns': () => {
      throw new RpcError('NOT_FOUND', 'the fake has no worlds')
    },
    'job.report': (input) =>
      input.format === 'duelist'
        ? renderReport(input)
        : { name: 'report.md', mime: 'text/markdown', text: 'fake' },
    'job.storedReport': renderStored,
    'job.reportParts': storedParts,
    'job.reportDraft': draftReport,
  }
}
