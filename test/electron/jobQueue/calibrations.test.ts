import { afterEach, describe, expect, it } from 'vitest'
import type { CalibrationFrame, RunState } from '#core/contract'
import { ExperimentSpec } from '#core/experimentSpec'
import { createStore } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { inProcessWorker } from '#electron/worker/inProcess'
import { fakeHandlers } from '../../support/fakeRun.ts'
import { bench, fakeSpec, forkFake, type Bench } from '../../support/hostHarness.ts'

let b: Bench
afterEach(() => b.end())

const start = (wishes = '', repetitions = 20) =>
  b.api.call('calibrations.start', { spec: fakeSpec('lab', wishes), seed: 1, repetitions })

async function until(
  calibration: number,
  enough: (frame: CalibrationFrame) => boolean,
): Promise<CalibrationFrame> {
  for await (const frames of b.api.stream('calibrations.watch', { calibration })) {
    const last = frames.at(-1)!
    if (enough(last)) return last
  }
  throw new Error(`calibration ${calibration} never came that far`)
}
const untilState = (calibration: number, state: RunState) =>
  until(calibration, (frame) => frame.state === state)
const digestOf = async (calibration: number) =>
  (await b.api.call('calibrations.get', { calibration })).report?.digest

describe('a calibration', () => {
  it('is stored, told, listed and deleted', async () => {
    b = await bench()
    const id = await start()
    const frame = await untilState(id, 'finished')
    expect(frame).toMatchObject({ done: 20, total: 20, report: { repetitions: 20 } })
    const detail = await b.api.call('calibrations.get', { calibration: id })
    expect(detail).toMatchObject({ name: 'lab', effect: 0.05, backend: { name: 'cpu' } })
    expect(detail.commandLine).toContain(
      'calibrate lab.json --repetitions 20 --effect 0.05 --seed 1',
    )
    expect(await b.api.call('calibrations.list', {})).toHaveLength(1)
    await b.api.call('calibrations.delete', { calibration: id })
    expect(await b.api.call('calibrations.list', {})).toEqual([])
    const actions = (await b.api.call('audit.list', { limit: 10 })).map(({ action }) => action)
    expect(actions[0]).toBe('calibration.delete')
    expect(actions).toContain('calibration.finished')
  })

  it('pauses, survives the host, and goes on to the same digest', async () => {
    b = await bench()
    const { folder } = b
    const id = await start('slow=5', 60)
    await until(id, ({ done }) => done >= 5)
    await b.api.call('calibrations.pause', { calibration: id })
    const { done } = await untilState(id, 'paused')
    expect(done).toBeLessThan(60)
    await b.stop()
    b = await bench({}, folder)
    await b.api.call('calibrations.resume', { calibration: id })
    await untilState(id, 'finished')
    const undisturbed = await start('slow=0', 60)
    await untilState(undisturbed, 'finished')
    expect(await digestOf(id)).toBe(await digestOf(undisturbed))
  })

  it('waits for the one before it, and can be cancelled while it waits or runs', async () => {
    b = await bench()
    const [first, second] = [await start('slow=5', 500), await start()]
    await until(first, ({ done }) => done > 0)
    expect((await b.api.call('calibrations.get', { calibration: second })).state).toBe('queued')
    await b.api.call('calibrations.cancel', { calibration: second })
    await untilState(second, 'cancelled')
    await expect(b.api.call('calibrations.delete', { calibration: first })).rejects.toThrow(
      'stop it',
    )
    await b.api.call('calibrations.cancel', { calibration: first })
    await untilState(first, 'cancelled')
    await b.api.call('calibrations.resume', { calibration: second })
    await untilState(second, 'finished')
  })

  it('whose process dies is interrupted and goes on from what is stored', async () => {
    b = await bench({ fork: forkFake })
    const id = await start('slow=3 crashAt=8')
    const { reason, done } = await untilState(id, 'interrupted')
    expect(reason).toContain('code 7')
    // the last words of a dying process may be lost, what is stored is whole
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThanOrEqual(7)
    await b.api.call('calibrations.resume', { calibration: id })
    expect(await untilState(id, 'finished')).toMatchObject({ done: 20 })
  })

  it('is paused by a host that closes', async () => {
    b = await bench()
    const { folder } = b
    const id = await start('slow=5', 500)
    await until(id, ({ done }) => done > 0)
    await b.stop()
    b = await bench({}, folder)
    expect((await b.api.call('calibrations.get', { calibration: id })).state).toBe('paused')
  })

  it('that a killed host left running is interrupted, and goes on', async () => {
    b = await bench()
    const { folder, workspace } = b
    await b.stop()
    const db = openWorkspace(workspace)
    const store = createStore(db)
    const at = '2026-01-02T03:04:05.000Z'
    const spec = ExperimentSpec.parse(fakeSpec('lab'))
    const input = { spec, seed: 1, repetitions: 5, effect: 0.1, dataset: null, at }
    const [running, queued] = [store.calibrations.create(input), store.calibrations.create(input)]
    store.calibrations.setState(running, 'running', null, null)
    store.close()
    b = await bench({}, folder)
    for (const calibration of [running, queued]) {
      const { state, reason } = await b.api.call('calibrations.get', { calibration })
      expect(state).toBe('interrupted')
      expect(reason).toContain('the program ended')
      await b.api.call('calibrations.resume', { calibration })
      expect(await untilState(calibration, 'finished')).toMatchObject({ done: 5 })
    }
  })

  it('is refused on another engine', async () => {
    b = await bench()
    const { folder } = b
    const id = await start('slow=5', 60)
    await until(id, ({ done }) => done >= 5)
    await b.api.call('calibrations.pause', { calibration: id })
    await untilState(id, 'paused')
    await b.stop()
    const fork = () => {
      const usual = fakeHandlers()
      return inProcessWorker({
        ...usual,
        'job.calibrate': async function* (...input) {
          for await (const event of usual['job.calibrate'](...input)) {
            yield event.type === 'started' ? { ...event, engineVersion: 'next' } : event
          }
        },
      })
    }
    b = await bench({ fork }, folder)
    await b.api.call('calibrations.resume', { calibration: id })
    expect((await untilState(id, 'failed')).reason).toContain('the calibration was begun by engine')
  })

  it.each([
    ['a bad spec', { spec: { name: 'x' } }, 'environment'],
    ['too large an effect', { spec: fakeSpec('lab'), effect: 0.6 }, 'effect'],
    ['no repetition', { spec: fakeSpec('lab'), repetitions: 0 }, 'repetitions'],
  ])('with %s is not started', async (_, input, word) => {
    b = await bench()
    const wanted = { seed: 1, ...input }
    await expect(b.api.call('calibrations.start', wanted)).rejects.toThrow(word)
    await expect(b.api.call('calibrations.get', { calibration: 1 })).rejects.toThrow(
      'no calibration',
    )
  })
})
