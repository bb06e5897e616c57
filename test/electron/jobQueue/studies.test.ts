import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunState } from '#core/contract/runs'
import type { StudyFrame } from '#core/contract/studies'
import { tfOps } from '#core/compute/tfOps'
import { ExperimentSpec } from '#core/experimentSpec'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import type { TrainSpec } from '#core/largeAction/trainParams'
import { safetensors } from '#core/model/safetensors'
import type { SavedModel } from '#core/model/savedModel'
import { connect } from '#db/open'
import { createStore } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { forkWorker } from '#electron/worker/fork'
import { inProcessWorker } from '#electron/worker/inProcess'
import { fakeHandlers } from '../../support/fakeRun.ts'
import { bench, fakeSpec, forkFake, type Bench } from '../../support/hostHarness.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { TAG, taggedProcesses } from '../../support/taggedProcesses.ts'

let b: Bench
afterEach(() => b.end())

const start = (wishes = '', repetitions = 20) =>
  b.api.call('studies.start', {
    kind: 'calibration',
    spec: { experiment: fakeSpec('lab', wishes), repetitions },
    seed: 1,
  })

async function until(study: number, enough: (frame: StudyFrame) => boolean): Promise<StudyFrame> {
  for await (const frames of b.api.stream('studies.watch', { study })) {
    const last = frames.at(-1)!
    if (enough(last)) return last
  }
  throw new Error(`study ${study} never came that far`)
}
const untilState = (study: number, state: RunState) =>
  until(study, (frame) => frame.state === state)
const digestOf = async (study: number) => (await b.api.call('studies.get', { study })).digest

describe('a study', () => {
  it('is stored, told, listed and deleted', async () => {
    b = await bench()
    const id = await start()
    const frame = await untilState(id, 'finished')
    expect(frame).toMatchObject({ done: 20, total: 20, report: { repetitions: 20 } })
    const detail = await b.api.call('studies.get', { study: id })
    expect(detail).toMatchObject({
      kind: 'calibration',
      name: 'lab',
      spec: { effect: 0.05 },
      backend: { name: 'cpu' },
    })
    expect(detail.commandLine).toContain(
      'calibrate lab.json --repetitions 20 --effect 0.05 --seed 1',
    )
    expect(await b.api.call('studies.list', {})).toHaveLength(1)
    await b.api.call('studies.delete', { study: id })
    expect(await b.api.call('studies.list', {})).toEqual([])
    const actions = (await b.api.call('audit.list', { limit: 10 })).map(({ action }) => action)
    expect(actions[0]).toBe('study.delete')
    expect(actions).toContain('study.finished')
  })

  it('pauses, survives the host, and goes on to the same digest', async () => {
    b = await bench()
    const { folder } = b
    const id = await start('slow=5', 60)
    await until(id, ({ done }) => done >= 5)
    await b.api.call('studies.pause', { study: id })
    const { done } = await untilState(id, 'paused')
    expect(done).toBeLessThan(60)
    await b.stop()
    b = await bench({}, folder)
    await b.api.call('studies.resume', { study: id })
    await untilState(id, 'finished')
    const undisturbed = await start('slow=0', 60)
    await untilState(undisturbed, 'finished')
    expect(await digestOf(id)).toBe(await digestOf(undisturbed))
  })

  it('waits for the one before it, and can be cancelled while it waits or runs', async () => {
    b = await bench()
    const [first, second] = [await start('slow=5', 500), await start()]
    await until(first, ({ done }) => done > 0)
    expect((await b.api.call('studies.get', { study: second })).state).toBe('queued')
    await b.api.call('studies.cancel', { study: second })
    await untilState(second, 'cancelled')
    await expect(b.api.call('studies.delete', { study: first })).rejects.toThrow('stop it')
    await b.api.call('studies.cancel', { study: first })
    await untilState(first, 'cancelled')
    await b.api.call('studies.resume', { study: second })
    await untilState(second, 'finished')
  })

  it('whose process dies goes on from what is stored, and says so', async () => {
    b = await bench({ fork: forkFake })
    const id = await start('slow=3 crashAt=8')
    const { reason, done } = await until(id, (frame) => frame.reason !== null)
    expect(reason).toContain('code 7')
    // the last words of a dying process may be lost, what is stored is whole
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThanOrEqual(7)
    expect(await untilState(id, 'finished')).toMatchObject({ done: 20, reason: null })
  })

  it('whose process dies at one place again is interrupted', async () => {
    b = await bench({ fork: forkFake })
    const id = await start('slow=3 dieAt=8')
    const { reason } = await untilState(id, 'interrupted')
    expect(reason).toMatch(/code 7 after [1-7] of 20 points, for the second time/)
  })

  it('is paused by a host that closes', async () => {
    b = await bench()
    const { folder } = b
    const id = await start('slow=5', 500)
    await until(id, ({ done }) => done > 0)
    await b.stop()
    b = await bench({}, folder)
    expect((await b.api.call('studies.get', { study: id })).state).toBe('paused')
  })

  it('that a killed host left running is interrupted, and goes on', async () => {
    b = await bench()
    const { folder, workspace } = b
    await b.stop()
    const db = openWorkspace(workspace)
    const store = createStore(db)
    const at = '2026-01-02T03:04:05.000Z'
    const experiment = ExperimentSpec.parse(fakeSpec('lab'))
    const spec = { experiment, repetitions: 5, effect: 0.1 }
    const facts = { kind: 'calibration', name: 'lab', seed: 1, total: 5, dataset: null } as const
    const input = { ...facts, spec, at }
    const [running, queued] = [store.studies.create(input), store.studies.create(input)]
    store.studies.setState(running, 'running', null, null)
    store.close()
    b = await bench({}, folder)
    for (const study of [running, queued]) {
      const { state, reason } = await b.api.call('studies.get', { study })
      expect(state).toBe('interrupted')
      expect(reason).toContain('the program ended')
      await b.api.call('studies.resume', { study })
      expect(await untilState(study, 'finished')).toMatchObject({ done: 5 })
    }
  })

  it('of training leaves a model, the one that the agent was, and outlives its study', async () => {
    b = await bench({ fork: forkWorker })
    const raw = {
      kind: 'tpgr',
      world: { kind: 'typedLatent', users: 40, items: 20, types: 2, horizon: 4 },
      tree: { depth: 2, split: 'pca' },
      agent: { updates: 2, episodesPerUpdate: 8, hidden: 4, belief: 2, warmUpdates: 1 },
      evaluateEvery: 1,
    }
    const study = await b.api.call('studies.start', { kind: 'training', spec: raw, seed: 4 })
    await untilState(study, 'finished')
    const { report, spec, engineVersion } = await b.api.call('studies.get', { study })
    await b.api.call('studies.delete', { study })
    const [row] = await b.api.call('models.list', {})
    const last = (report as TrainReport).points.at(-1)!
    expect(row).toMatchObject({
      kind: 'tpgr',
      provenance: { study, studyKind: 'training', seed: 4, spec, dataset: null, engineVersion },
      metrics: { argmax: last.argmax.raw, sampled: last.sampled!.raw },
    })
    const model = row!.id
    await b.api.call('models.rename', { model, name: ' Best ' })
    expect(await b.api.call('models.get', { model })).toMatchObject({ name: 'Best' })
    const { bytes } = await b.api.call('models.export', { model })

    const again = await trained(training.spec.parse(raw), 4)
    const store = createStore(connect(b.workspace))
    expect(store.models.content(model)).toEqual(again)
    store.close()
    const { name, hash, provenance, metrics } = row!
    const [origin, figures] = [JSON.stringify(provenance), JSON.stringify(metrics)]
    const metadata = { name: 'Best', hash, provenance: origin, metrics: figures }
    expect(name).not.toBe('Best')
    expect(bytes).toEqual(safetensors(again, metadata))
    await b.api.call('models.delete', { model })
    await expect(b.api.call('models.get', { model })).rejects.toThrow(`no model ${model}`)
  })

  it.runIf(process.platform === 'linux')(
    'whose process is killed goes on to the same digest',
    async () => {
      const tag = randomUUID()
      process.env[TAG] = tag
      b = await bench({ fork: forkWorker, checkpointEvery: 20 })
      const spec = { experiment: smallSpec({ alpha: 0.6 }), repetitions: 400 }
      const whole = await b.api.call('studies.start', { kind: 'calibration', spec, seed: 2 })
      await untilState(whole, 'finished')
      const killed = await b.api.call('studies.start', { kind: 'calibration', spec, seed: 2 })
      await until(killed, ({ done }) => done > 0)
      for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
      const { done, reason } = await until(killed, (frame) => frame.reason !== null)
      expect(reason).toMatch(/^the job process ended with signal SIGKILL after \d+ of 400 points/)
      expect(done).toBeGreaterThan(0)
      await untilState(killed, 'finished')
      expect(await digestOf(killed)).toBe(await digestOf(whole))
    },
  )

  it('is refused on another engine', async () => {
    b = await bench()
    const { folder } = b
    const id = await start('slow=5', 60)
    await until(id, ({ done }) => done >= 5)
    await b.api.call('studies.pause', { study: id })
    await untilState(id, 'paused')
    await b.stop()
    const fork = () => {
      const usual = fakeHandlers()
      return inProcessWorker({
        ...usual,
        'job.study': async function* (...input) {
          for await (const event of usual['job.study'](...input)) {
            yield event.type === 'started' ? { ...event, engineVersion: 'next' } : event
          }
        },
      })
    }
    b = await bench({ fork }, folder)
    await b.api.call('studies.resume', { study: id })
    expect((await untilState(id, 'failed')).reason).toContain('the study was begun by engine')
  })

  it.each([
    ['no experiment', { repetitions: 3 }, 'experiment'],
    ['a bad experiment', { experiment: { name: 'x' } }, 'experiment.environment is missing'],
    ['too large an effect', { experiment: fakeSpec('lab'), effect: 0.6 }, 'effect'],
    ['no repetition', { experiment: fakeSpec('lab'), repetitions: 0 }, 'repetitions'],
    ['a field too many', { experiment: fakeSpec('lab'), repetitons: 3 }, 'repetitons'],
    [
      'a dataset that is not there',
      { experiment: { name: 'x', environment: { kind: 'ratings', dataset: 'ML' } } },
      'experiment.environment.dataset is "ML", which is not in this workspace',
    ],
  ])('with %s is not started', async (_, spec, word) => {
    b = await bench()
    const input = { kind: 'calibration', spec } as const
    await expect(b.api.call('studies.start', { ...input, seed: 1 })).rejects.toThrow(word)
    expect((await b.api.call('studies.check', input)).issues[0]!.message).toContain(word)
    await expect(b.api.call('studies.get', { study: 1 })).rejects.toThrow('no study')
  })

  it('of a kind that is not there is not started', async () => {
    b = await bench()
    const input = { kind: 'seance' as 'calibration', spec: {}, seed: 1 }
    await expect(b.api.call('studies.start', input)).rejects.toThrow(
      'no study "seance"; known are calibration',
    )
  })
})

/** The model that the study gives when nothing is between. */
async function trained(spec: TrainSpec, seed: number): Promise<SavedModel> {
  const input = {
    spec,
    seed,
    ops: tfOps,
    backend: 'none',
    data: { ratings: null },
    checkpoint: null,
  }
  for await (const step of training.run(input)) {
    if (step.type === 'finished') return step.models![0]!
  }
  throw new Error('the training did not finish')
}
