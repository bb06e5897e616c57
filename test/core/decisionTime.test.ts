import { describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { crossover } from '#core/decisionTime/crossover'
import { deciderIds } from '#core/decisionTime/deciders'
import { decisionTime } from '#core/decisionTime/decisionTime'
import type { DecisionTimeReport } from '#core/decisionTime/decisionTimeReport'
import { growthExponent } from '#core/decisionTime/growthExponent'
import { leastTime } from '#core/decisionTime/leastTime'

describe('decision times', () => {
  it('grow with the exponent of a power law', () => {
    const points = [10, 100, 5000].map((n) => [n, 3 * n ** 0.7] as const)
    expect(growthExponent(points)).toBeCloseTo(0.7, 10)
    expect(growthExponent([[10, 1]])).toBe(null)
  })

  it('cross where two power laws do', () => {
    const sizes = [100, 1000, 10_000]
    const scan = sizes.map((n) => n)
    expect(
      crossover(
        sizes,
        sizes.map((n) => 20 * n ** 0.5),
        scan,
      ),
    ).toMatchObject({
      kind: 'from',
      items: expect.closeTo(400, 6) as number,
    })
    expect(crossover(sizes, [1, 1, 1], scan)).toEqual({ kind: 'always' })
    expect(crossover(sizes, [1, 1, 1e6], scan)).toEqual({ kind: 'never' })
    // the largest was not measured: what is known ends at 1,000
    expect(crossover(sizes, [200, 900, null], scan)).toMatchObject({ kind: 'from' })
  })

  it('are the least of several samples, on the clock that is handed in', () => {
    let time = 0
    let calls = 0
    const call = () => {
      calls++
      time += calls % 7 === 0 ? 5 : 2 // every seventh call is disturbed
    }
    expect(leastTime(call, { now: () => time, budget: 100 })).toBe(2000)
  })

  it('are taken of every way, go on from a checkpoint, and need a clock', async () => {
    let time = 0
    const machine = { now: () => (time += 1), words: 'a test' }
    const spec = decisionTime.spec.parse({ most: 1000 })
    const data = { ratings: null }
    const run = async (checkpoint: unknown, last = Infinity) => {
      let report: DecisionTimeReport | null = null
      let kept: unknown = null
      const input = { spec, seed: 1, ops: tfOps, backend: 'none', data, machine, checkpoint }
      for await (const step of decisionTime.run(input)) {
        if (step.type === 'finished') report = step.report
        if (step.type !== 'point') continue
        kept = step.checkpoint()
        if (step.done >= last) break
      }
      return { report, kept }
    }
    const { report } = await run((await run(null, 3)).kept)
    expect(decisionTime.total(spec)).toBe(deciderIds.length)
    expect(report!.machine).toBe('a test')
    expect(report!.ways.map(({ id }) => id)).toEqual(deciderIds)
    for (const { micros } of report!.ways) expect(micros[0]).toBeGreaterThan(0)
    const input = { spec, seed: 1, ops: tfOps, backend: 'none', data, checkpoint: null }
    await expect(decisionTime.run(input).next()).rejects.toThrow('clock of a machine')
  })
})
