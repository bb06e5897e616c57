import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { ModelRow } from '#core/contract/models'
import { forkWorker } from '#electron/worker/fork'
import { bench, digestOf, untilServed, untilState, type Bench } from '../../support/hostHarness.ts'
import { TAG, taggedProcesses } from '../../support/taggedProcesses.ts'

let b: Bench
afterEach(() => b.end())

const latent = { kind: 'typedLatent', users: 40, items: 60, types: 3, worldSeed: 7 } as const
const world = { ...latent, horizon: 6 }
const environment = { ...latent, ratingsPerUser: 20, factors: 6 }

/** A tree policy that a training has left in the workspace. */
async function trained(): Promise<ModelRow> {
  const spec = {
    kind: 'tpgr',
    world,
    representation: { kind: 'rating', width: 8 },
    agent: { updates: 2, episodesPerUpdate: 8 },
    evaluateEvery: 2,
    evaluationUsers: 4,
  }
  const study = await b.api.call('studies.start', { kind: 'training', spec, seed: 1 })
  for await (const frames of b.api.stream('studies.watch', { study })) {
    const { state, reason } = frames.at(-1)!
    if (state === 'failed') throw new Error(reason ?? '')
    if (state === 'finished') break
  }
  const [row] = await b.api.call('models.list', {})
  return row!
}

async function imported(bytes: Uint8Array) {
  const upload = await b.api.call('uploads.begin', { fileName: 'network.safetensors' })
  await b.api.call('uploads.append', { upload, bytes: bytes.slice() })
  return b.api.call('models.import', { upload })
}

const duel = (model: unknown, change: object = {}) => ({
  name: 'Tree against popularity',
  design: 'duel',
  rankers: [{ kind: 'model', model }, { kind: 'popularity' }, { kind: 'learner' }],
  agent: { kind: 'drn', hidden: 8, pretrainSteps: 10, majorSteps: 2 },
  environment: { ...environment, ...change },
  traffic: { users: 20, impressionsPerUser: 5, poolSize: 20, listLength: 5 },
  interleaver: { kind: 'teamDraft' },
})

it('a trained model stands in a duel by its name, and is kept while a run needs it', async () => {
  b = await bench({ fork: forkWorker })
  const { id, name, hash } = await trained()
  const { spec } = await b.api.call('spec.check', { spec: duel(name) })
  expect(spec!.rankers[0]).toEqual({ kind: 'model', model: hash, label: name })

  const start = (wanted: unknown) => b.api.call('runs.start', { spec: duel(wanted), seed: 3 })
  const [first, second] = [await start(id), await start(hash.slice(0, 12))]
  await expect(b.api.call('models.delete', { model: id })).rejects.toThrow(
    `is still needed by run ${second} (Tree against popularity), run ${first}`,
  )
  for (const run of [first, second]) await untilState(b.api, run, 'finished', 'failed')
  expect(await digestOf(b.api, first)).toBe((await digestOf(b.api, second)) ?? 'none')
  const { summary } = await b.api.call('runs.get', { run: first })
  expect(summary!.contest!.sides[0]).toEqual({ kind: 'model', label: name })

  const save = (side: number) => b.api.call('models.saveFromRun', { run: first, side })
  await expect(save(1)).rejects.toThrow('no learner stands on side 1')
  const network = await save(2)
  expect(await save(2)).toBe(network)
  const saved = await b.api.call('models.get', { model: network })
  expect(saved).toMatchObject({ kind: 'drn', provenance: { run: first, side: 2 } })
  const again = { ...spec!, rankers: [{ kind: 'model', model: network }, { kind: 'random' }] }
  expect((await b.api.call('spec.check', { spec: again })).issues).toEqual([])

  const { bytes } = await b.api.call('models.export', { model: network })
  expect(await imported(bytes!)).toEqual({ model: network, isNew: false })
  await b.api.call('models.delete', { model: network })
  const back = await imported(bytes!)
  expect(back.isNew).toBe(true)
  const { hash: sameHash, provenance } = await b.api.call('models.get', { model: back.model })
  expect(sameHash).toBe(saved.hash)
  expect(provenance).toEqual({ ...saved.provenance, imported: 'network.safetensors' })
  await expect(imported(bytes!.slice(0, -4))).rejects.toThrow(
    'network.safetensors: the file was cut',
  )

  const { uses } = await b.api.call('models.get', { model: id })
  expect(uses.map(({ id: run, needsIt }) => [run, needsIt])).toEqual([
    [second, false],
    [first, false],
  ])
  const elsewhere = await b.api.call('spec.check', { spec: duel(id, { items: 61 }) })
  expect(elsewhere.issues).toMatchObject([{ path: 'environment.items', value: 61, fix: 60 }])
  await b.api.call('models.delete', { model: id })
  const { issues } = await b.api.call('spec.check', { spec: duel(hash) })
  expect(issues[0]).toMatchObject({ path: 'rankers.0.model' })
  await expect(start(hash)).rejects.toThrow('names no model of this workspace')
})

it.runIf(process.platform === 'linux')(
  'a run in which a trained tree ranks goes on after kill -9 to the same digest',
  async () => {
    const tag = randomUUID()
    process.env[TAG] = tag
    b = await bench({ fork: forkWorker, checkpointEvery: 20 })
    const { id } = await trained()
    const traffic = { users: 40, impressionsPerUser: 25, poolSize: 20, listLength: 5 }
    const start = () => b.api.call('runs.start', { spec: { ...duel(id), traffic }, seed: 3 })
    const whole = await start()
    const { total } = await untilState(b.api, whole, 'finished', 'failed')
    const killed = await start()
    await untilServed(b.api, killed, 0.3 * total)
    for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
    const { done } = await untilState(b.api, killed, 'finished', 'failed', 'interrupted')
    expect(done).toBe(total)
    const log = await b.api.call('audit.list', { limit: 9, subject: `run ${killed}` })
    expect(log.find(({ action }) => action === 'run.restarted')?.detail).toMatch(
      /^the job process ended with signal SIGKILL after batch \d+/,
    )
    expect(await digestOf(b.api, killed)).toBe((await digestOf(b.api, whole)) ?? 'none')
  },
)
