import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { runPeekLab, type PeekCheckpoint } from '#core/peekLab/runPeekLab'
import { peekMethods, type MethodId } from '#core/peekLab/methods'
import { PeekCounter } from '#core/peekLab/peekTally'
import { peekReport, pilotFacts, type PeekReport } from '#core/peekLab/peekReport'
import { largestEffect, resample, shiftTo } from '#core/peekLab/resample'
import { watch } from '#core/peekLab/watch'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'
import { streams } from '#core/random/philox'
import { clusteredPopulation } from '#core/stats/calibration'
import { engines } from '#core/stats/engine/index'
import type { CalibrationSpec } from '#core/study/calibration'
import type { StudyInput } from '#core/study/study'
import { smallSpec } from '../../support/smallSpec.ts'
import { pilotOf } from './pilot.ts'

const spec = { experiment: smallSpec({ alpha: 0.6 }), repetitions: 12, effect: 0.1 }
const input: StudyInput<CalibrationSpec> = {
  spec,
  seed: 3,
  ops: tfOps,
  backend: 'cpu/tfjs',
  data: { ratings: null },
  checkpoint: null,
}

async function finish(changes: Partial<StudyInput<CalibrationSpec>> = {}): Promise<PeekReport> {
  for await (const step of runPeekLab({ ...input, ...changes })) {
    if (step.type === 'finished') return step.report
  }
  throw new Error('it did not finish')
}

/** Stops at the step that `at` names, and goes on from the stored form of its checkpoint. */
async function interrupted(at: (type: string, count: number) => boolean): Promise<PeekReport> {
  let count = 0
  for await (const step of runPeekLab(input)) {
    if (step.type === 'finished' || !at(step.type, ++count)) continue
    const stored = encodeFrame(step.checkpoint?.())
    return finish({ checkpoint: decodeFrame(new Uint8Array(stored).buffer) as PeekCheckpoint })
  }
  throw new Error('it was not interrupted')
}

let whole: PeekReport
beforeAll(async () => {
  await tf.setBackend('cpu')
  whole = await finish()
})

describe('a Peek Lab', () => {
  it('reports every engine and the naive methods, on the traffic of its pilot', () => {
    const ids = whole.methods.map(({ id }) => id)
    expect(ids).toEqual([...Object.keys(engines), 'impressionZ', 'userT'])
    expect(whole.repetitions).toBe(12)
    expect(whole.pilot.users).toBe(60)
    expect(whole.pilot.votes).toBeLessThan(whole.pilot.impressions)
    expect(whole.effect).toMatchObject({ wanted: 0.1 })
    expect(whole.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(whole)).not.toMatch(/NaN|Infinity/)
    for (const { falsePositives, power, wrongSide } of whole.methods) {
      for (const { count, n, value, low, high } of [falsePositives, power, wrongSide]) {
        expect(n).toBe(12)
        expect(value).toBe(count / n)
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
      }
    }
  })

  it('is the same for the same seed, and another for another', async () => {
    expect(await finish()).toEqual(whole)
    expect((await finish({ seed: 4 })).digest).not.toBe(whole.digest)
  })

  it.each([
    ['in its pilot', (type: string, n: number) => type === 'progress' && n === 9],
    ['after some repetitions', (type: string) => type === 'point'],
  ])('goes on %s to the report of one that was left alone', async (_, at) => {
    expect(await interrupted(at)).toEqual(whole)
  })

  it('starts with the repetitions of a shorter one', async () => {
    const methods = (report: PeekReport) =>
      report.methods.map(({ falsePositives }) => falsePositives.n)
    let half: PeekReport | null = null
    for await (const step of runPeekLab(input)) {
      if (step.type === 'point' && step.done === 5) half = step.report()
    }
    const short = await finish({ spec: { ...spec, repetitions: 5 } })
    expect(methods(half!)).toEqual(methods(short))
    expect(half!.methods).toEqual(short.methods)
  })

  it('says so when nobody voted', async () => {
    const columns = { user: Int32Array.of(0, 1), vote: Float64Array.of(Number.NaN, Number.NaN) }
    const checkpoint = { format: 1, pilot: null, columns, tally: { done: 0, methods: {} } } as const
    await expect(finish({ checkpoint })).rejects.toThrow(/got a vote/)
  })

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors
    await interrupted((type, n) => type === 'progress' && n === 9)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('the methods', () => {
  const pilot = pilotOf({ ...clusteredPopulation, users: 150 })
  const shift = shiftTo(pilot, 0.1)
  const stream = streams(8)
  const counter = new PeekCounter(peekMethods.map(({ id }) => id))
  const repetitions = 150
  beforeAll(() => {
    const plan = { alpha: 0.05, horizon: pilot.users }
    for (let r = 0; r < repetitions; r++) {
      const users = resample(pilot, shift, { users: stream('u', r), shift: stream('s', r) })
      counter.add({
        aa: watch(peekMethods, users.aa, plan, { score: 0.5, sign: 0.5 }, 50),
        ab: watch(peekMethods, users.ab, plan, { score: 0.6, sign: null }, 50),
      })
    }
  })
  const found = (id: MethodId) => {
    const facts = {
      backend: 'none',
      engineVersion: '1',
      alpha: 0.05,
      lockedEngine: 'betting' as const,
      looks: 50,
      planned: repetitions,
      wanted: 0.1,
      largest: largestEffect(pilot),
    }
    const report = peekReport(facts, pilotFacts(pilot), shift, counter.state())
    return report.methods.find((method) => method.id === id)!
  }
  const limit = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / repetitions)

  it.each(Object.keys(engines) as MethodId[])('%s keeps its level and covers', (id) => {
    const { falsePositives, coverage } = found(id)
    expect(falsePositives.value).toBeLessThanOrEqual(limit)
    expect(coverage.aa!.value).toBeGreaterThanOrEqual(1 - limit)
    if (id === 'betaBinomial') expect(coverage.ab).toBeNull()
    else expect(coverage.ab!.value).toBeGreaterThanOrEqual(1 - limit)
  })

  it.each(['impressionZ', 'userT'] as const)('%s, with peeking, does not', (id) => {
    expect(found(id).falsePositives.low).toBeGreaterThan(0.1)
  })

  it('find a preference, most of them early and on its side', () => {
    for (const id of ['betting', 'asymptotic'] as const) {
      const { power, wrongSide, stopping } = found(id)
      expect(power.value).toBeGreaterThan(0.4)
      expect(wrongSide.value).toBeLessThan(0.05)
      expect(stopping.ab!.median).toBeLessThan(150)
      expect(stopping.ab!.p25).toBeLessThanOrEqual(stopping.ab!.median)
    }
  })

  it('that look once decide at the end', () => {
    const { stopping, power } = found('fixedUserT')
    expect(stopping.ab).toMatchObject({ n: power.count, p10: 150, p90: 150 })
  })
})
