import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec } from '#core/experimentSpec'
import type { RunBatch } from '#core/run/batch'
import { deltaBins, layerDeltas, probeLists } from '#core/run/networkRecord'
import { last } from '../../support/last.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

describe('weight deltas', () => {
  it('are counted by layer, in bins about zero', () => {
    const [layer] = layerDeltas(['w'], [[3, 4, 0, 0]], [[3.5, 4, -1, 0]])
    expect(layer).toMatchObject({ name: 'w', size: 4, norm: 5, largest: 1, zeros: 0.5 })
    expect(layer!.deltaNorm).toBeCloseTo(Math.hypot(0.5, 1), 12)
    const bins = Array.from(layer!.bins)
    expect(bins[0]).toBe(1) // −1
    expect(bins[(deltaBins - 1) / 2]).toBe(2) // 0
    expect(bins[15]).toBe(1) // 0.5: ⌊0.75 · 21⌋
    expect(bins.reduce((sum, n) => sum + n, 0)).toBe(4)
  })

  it('of a layer that nothing moved lie in the middle', () => {
    const [layer] = layerDeltas(['b'], [[0, 0]], [[0, 0]])
    expect(layer).toMatchObject({ norm: 0, deltaNorm: 0, largest: 0, zeros: 1 })
    expect(layer!.bins[(deltaBins - 1) / 2]).toBe(2)
  })
})

describe('lists of a context', () => {
  const pool = Int32Array.of(70, 71, 72, 73)
  const a = { scores: [0.4, 0.3, 0.2, 0.1], top: [0, 1, 2] }

  it('are compared item by item', () => {
    const b = { scores: [0.2, 0.3, 0.1, 0.4], top: [3, 1, 0] }
    const lists = probeLists(5, pool, a, b)
    expect(Array.from(lists.items)).toEqual([70, 71, 72, 73])
    expect(Array.from(lists.rankA)).toEqual([1, 2, 3, 0])
    expect(Array.from(lists.rankB)).toEqual([3, 2, 0, 1])
    expect(lists.overlap).toBeCloseTo(2 / 3, 12)
    expect(lists.tau).toBe(-1) // 70 before 71 on one side, after it on the other
    expect(lists.rbo).toBeLessThan(0.7)
  })

  it('are alike without a doubt when they are the same', () => {
    const lists = probeLists(5, pool, a, a)
    expect(lists).toMatchObject({ overlap: 1, tau: 1 })
    expect(lists.rbo).toBeCloseTo(1, 12)
  })
})

const recordsOf = (batches: readonly RunBatch[]) =>
  batches.flatMap(({ networks }) => (networks ? [networks] : []))

describe('the record of a run', () => {
  it('is the same for any users per call and after a resume', async () => {
    const whole = await runToEnd(ops, smallSpec())
    const records = recordsOf(whole.batches)
    expect(records.length).toBeGreaterThan(4)
    expect(records.map(({ probes }) => probes.length)).toEqual(records.map(() => 16))
    const { value, low, high } = last(records).cost
    expect(low).toBeLessThan(value!)
    expect(high).toBeGreaterThan(value!)
    const one = await runToEnd(ops, smallSpec(), { usersPerCall: 1 })
    expect(recordsOf(one.batches)).toEqual(records)
    for (const place of [0, 9]) {
      const checkpoint = whole.checkpoints[place]!
      const rest = await runToEnd(ops, smallSpec(), { checkpoint })
      const later = records.filter(({ impression }) => impression > checkpoint.done)
      expect(recordsOf(rest.batches)).toEqual(later)
    }
  })

  it('shows ΔW of the right size, and none where a weight is 0 or a layer is left out', async () => {
    const { batches } = await runToEnd(ops, smallSpec({ alpha: 0.5, perturbLayers: 'last' }))
    const { layers } = last(recordsOf(batches))
    const moved = layers.filter(({ deltaNorm }) => deltaNorm > 0)
    expect(moved.map(({ name }) => name)).toEqual(['advantage out weight', 'advantage out bias'])
    for (const { norm, deltaNorm, largest } of moved) {
      expect(deltaNorm).toBeLessThan(0.5 * norm)
      expect(largest).toBeLessThanOrEqual(deltaNorm * (1 + 1e-12))
    }
    expect(layers.find(({ name }) => name === 'value hidden weight')!.zeros).toBe(1)
  })

  it('finds the lists alike where ΔW is nothing, and less alike the larger it is', async () => {
    const meanRbo = async (alpha: number) => {
      const { batches } = await runToEnd(ops, smallSpec({ alpha, minorRule: 'none' }))
      const found = recordsOf(batches).flatMap(({ probes }) => probes.map(({ rbo }) => rbo!))
      return found.reduce((sum, rbo) => sum + rbo, 0) / found.length
    }
    expect(await meanRbo(0)).toBeCloseTo(1, 12)
    expect(await meanRbo(2)).toBeLessThan(await meanRbo(0.1))
  })

  it('has lists without weights where rankers duel, and is absent without a learner', async () => {
    const base = { ...smallSpec(), design: 'duel' } as const
    const duel = (kinds: readonly ('learner' | 'popularity' | 'random')[]) =>
      ExperimentSpec.parse({ ...base, rankers: kinds.map((kind) => ({ kind })) })
    const [first] = recordsOf((await runToEnd(ops, duel(['learner', 'popularity']))).batches)
    expect(first).toMatchObject({ layers: [] })
    expect(first!.probes).toHaveLength(16)
    expect(recordsOf((await runToEnd(ops, duel(['popularity', 'random']))).batches)).toEqual([])
  })
})
