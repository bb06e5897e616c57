import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DrnParams } from '#core/agent/params'
import { QNetwork } from '#core/agent/qNetwork'
import { positionBased } from '#core/clickModel/positionBased'
import type { ComputeOps } from '#core/compute/ops'
import type { RatedEnvironment } from '#core/environment/environment'
import { TypedLatentParams } from '#core/environment/params'
import { typedLatent } from '#core/environment/typedLatent'
import { ExperimentSpec } from '#core/experimentSpec'
import type { DbgdParams } from '#core/explorer/params'
import { streams } from '#core/random/philox'
import type { ImpressionChunk, RunBatch } from '#core/run/batch'
import { runExperiment, type RunStep } from '#core/run/runExperiment'
import { schedule } from '#core/run/traffic'
import { UserMemory } from '#core/run/userMemory'
import { createStore, type Store } from '#db/store'
import { openWorkspace } from '#db/workspace'
import type { Arrays } from '../arrays.ts'
import type { BenchRow, PreparedRow } from '../benchRow.ts'

const SEED = 1
const POOL = 1000
const LIST = 20
const TRAINED = 256 // transitions of a gradient step
const DUEL = 64 // impressions
const DUELS_PER_STEP = 4
const CHECKED = 4000 // impressions that both sides compare

type Head = 'dot' | 'hidden1'

/** DRN with DBGD from request to stored row: users, pools, both networks, lists, clicks, learning. */
export function loopRows(ops: ComputeOps): BenchRow[] {
  const row = (head: Head, what: string, peer: Peer): BenchRow => ({
    id: `loop-${head}${peer === 'wholeLoop' ? '-vectorised' : ''}`,
    what: `whole loop, ${what}, pool 1,000, lists of 20, a batch of impressions with its storage; the peer is ${peers[peer]}`,
    peer: 'pytorch',
    clock: 'cpu',
    target: 0.2,
    stretch: 0.1,
    prepare: () => wholeLoop(ops, head, peer),
  })
  return [
    row('dot', 'two towers', 'scriptLoop'),
    row('hidden1', 'one hidden layer', 'scriptLoop'),
    row('dot', 'two towers', 'wholeLoop'),
    row('hidden1', 'one hidden layer', 'wholeLoop'),
  ]
}

/** The same loop in PyTorch, twice: see `peers/torch_script.py` and `peers/torch_loop.py`. */
const peers = {
  scriptLoop: 'a script with batches of 32 and a Python loop over their lists and clicks',
  wholeLoop: 'vectorised over users by array arithmetic throughout',
} as const
type Peer = keyof typeof peers

async function wholeLoop(ops: ComputeOps, head: Head, peer: Peer): Promise<PreparedRow> {
  const spec = loopSpec(head)
  const environment = typedLatent(TypedLatentParams.parse(spec.environment))
  const loop = storedRun(spec, ops)
  // the world is built before the first batch: it is no part of the loop
  const { chunk } = await loop.next()
  const sizes = {
    batch: chunk.count,
    checkBatches: Math.ceil(CHECKED / chunk.count),
    pool: POOL,
    list: LIST,
    dot: head === 'dot' ? 1 : 0,
    rank: environment.observed.rank,
    capacity: spec.agent.replayImpressions,
    duel: DUEL,
    duelsPerStep: DUELS_PER_STEP,
    train: TRAINED,
    targetCopyEvery: spec.agent.targetCopyEvery,
    alpha: spec.explorer.alpha,
    eta: spec.explorer.eta,
    gamma: spec.agent.gamma,
  }
  return {
    work: { name: peer, sizes },
    inputs: worldArrays(spec, environment, ops),
    run: () => loop.next(),
    check: () => clicksAndOverlap(frozen(spec), ops),
    // both sides throw their own dice: four standard errors of the mean of some thousand lists
    tolerance: 0.1,
    dispose: () => loop.end(),
  }
}

/** A run of DRN with DBGD. */
type LoopSpec = ExperimentSpec & { readonly agent: DrnParams; readonly explorer: DbgdParams }

export function loopSpec(head: Head): LoopSpec {
  const spec = ExperimentSpec.parse({
    name: 'whole loop',
    environment: { kind: 'typedLatent', users: 1000, items: 2000 },
    traffic: {
      users: 1000,
      impressionsPerUser: 60,
      concurrentUsers: 256,
      poolSize: POOL,
      listLength: LIST,
    },
    agent: {
      kind: 'drn',
      head,
      hidden: 64,
      batch: TRAINED,
      pretrainSteps: 0,
      majorEveryDuels: DUELS_PER_STEP,
      majorSteps: 1,
    },
    explorer: { kind: 'dbgd', duelImpressions: DUEL },
  })
  return spec as LoopSpec
}

/** The same loop without learning, whose paths part by chance. */
function frozen(spec: LoopSpec): ExperimentSpec {
  const { agent, explorer } = spec
  return {
    ...spec,
    agent: { ...agent, majorEveryDuels: 0 },
    explorer: { ...explorer, minorRule: 'none' },
  }
}

/** Clicks and the share of common items per list. */
async function clicksAndOverlap(spec: ExperimentSpec, ops: ComputeOps): Promise<number[]> {
  let [impressions, clicks, common] = [0, 0, 0]
  for await (const { batch } of batches(spec, ops)) {
    impressions += batch.chunk.count
    clicks += batch.chunk.clicked.reduce((sum, click) => sum + click, 0)
    common += commonItems(batch.chunk)
    if (impressions >= CHECKED) break
  }
  return [clicks / impressions, common / impressions / LIST]
}

interface StoredRun {
  /** Serves and stores the next batch. @throws Error when the run has ended */
  next(): Promise<RunBatch>
  end(): Promise<void>
}

function storedRun(spec: ExperimentSpec, ops: ComputeOps): StoredRun {
  const { store, run, close } = temporaryRun(spec)
  const steps = batches(spec, ops)
  return {
    async next() {
      const step = await steps.next()
      if (step.done) throw new Error('the bench ran out of impressions')
      store.append(run, step.value.batch, null, null)
      return step.value.batch
    },
    async end() {
      await steps.return(undefined)
      close()
    },
  }
}

type BatchStep = Extract<RunStep, { readonly type: 'batch' }>

async function* batches(spec: ExperimentSpec, ops: ComputeOps): AsyncGenerator<BatchStep> {
  const input = { spec, seed: SEED, ops, backend: 'bench', ratings: null, checkpoint: null }
  for await (const step of runExperiment(input)) if (step.type === 'batch') yield step
}

/** A run in a workspace of its own, which `close` removes. */
export function temporaryRun(spec: ExperimentSpec): {
  readonly store: Store
  readonly run: number
  readonly close: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-bench-'))
  const store = createStore(openWorkspace(join(folder, 'bench.db')))
  const total = spec.traffic.users * spec.traffic.impressionsPerUser
  const at = new Date().toISOString()
  const run = store.startRun(spec, null, { seed: SEED, total, dataset: null, at })
  return {
    store,
    run,
    close() {
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function commonItems({ count, k, listA, listB }: ImpressionChunk): number {
  let common = 0
  for (let i = 0; i < count; i++) {
    const b = listB.subarray(i * k, (i + 1) * k)
    for (const item of listA.subarray(i * k, (i + 1) * k)) if (b.includes(item)) common++
  }
  return common
}

/** The world, the traffic and the first weights, for the peer to start from. */
function worldArrays(spec: LoopSpec, environment: RatedEnvironment, ops: ComputeOps): Arrays {
  const { users, items, observed, truth } = environment
  const { itemFeatures, itemWidth, userFeatures, userWidth, popularity, staticValue } = observed
  const { factors, userFactors, rank } = observed
  const history = new Float32Array(users * items)
  const grades = new Float32Array(users * items)
  const all = Int32Array.from({ length: items }, (_, item) => item)
  const own = new Int8Array(items)
  for (let user = 0; user < users; user++) {
    const { start, item } = observed.history
    for (let e = start[user]!; e < start[user + 1]!; e++) history[user * items + item[e]!] = 1
    truth.grades(user, all, 0, items, own)
    grades.set(own, user * items)
  }
  const { stateWidth } = new UserMemory(observed, users, items)
  const { hidden, head, dueling } = spec.agent
  const network = new QNetwork(
    { stateWidth, itemWidth, hidden, head, dueling },
    ops,
    streams(SEED)('weights', 0),
  )
  const weights = network
    .state()
    .map((values, i) => [`p${i}`, { shape: network.weights[i]!.shape, values }] as const)
  network.dispose()
  const vector = (values: ArrayLike<number>) => ({
    shape: [values.length],
    values: Float32Array.from(values),
  })
  const certain = { attraction: new Float64Array(LIST).fill(1), satisfaction: [] }
  return {
    itemFeatures: { shape: [items, itemWidth], values: itemFeatures },
    userFeatures: { shape: [users, userWidth], values: userFeatures },
    factors: { shape: [items, rank], values: factors },
    userFactors: { shape: [users, rank], values: userFactors },
    popularity: vector(popularity),
    staticValue: vector(staticValue),
    history: { shape: [users, items], values: history },
    grades: { shape: [users, items], values: grades },
    attractionByGrade: vector(truth.attractionByGrade),
    schedule: vector(schedule(spec.traffic, users, streams(SEED)).user),
    theta: vector(positionBased.marginals(certain, positionBased.params.parse({}))),
    ...Object.fromEntries(weights),
  }
}
