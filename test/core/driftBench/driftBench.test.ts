import { describe, expect, it } from 'vitest'
import { driftRows } from '#core/driftBench/driftRows'
import { dimension, DriftWorld, poolSize } from '#core/driftBench/driftWorld'
import { miniNetwork, miniScores, miniStep } from '#core/driftBench/miniNetwork'
import { runDriftStudy, type DriftReport } from '#core/driftBench/driftStudy'
import { DriftStudySpec } from '#core/driftBench/driftStudySpec'
import { runDriftBench } from '#core/driftBench/runDriftBench'
import { topPlaces } from '#core/driftBench/topPlaces'
import { streams } from '#core/random/philox'

const short = { requests: 200, drift: 0, jump: 0 }

describe('the drift bench', () => {
  it('draws click probabilities of the stated law and moves θ only when told to', () => {
    const world = new DriftWorld(short, streams(3))
    let mean = 0
    for (let t = 0; t < 100; t++) {
      for (const p of world.next(t).probability) mean += p / poolSize / 100
    }
    // E[sig(3z − 3)], z ~ N(0, 1), by quadrature: .1948
    expect(mean).toBeCloseTo(0.195, 1.5)
  })

  it('has gradients that agree with finite differences', () => {
    const w = miniNetwork(streams(1)('w', 0))
    const rng = streams(1)('x', 0)
    const x = Float64Array.from({ length: 3 * dimension }, () => 2 * rng.u() - 1)
    const y = [1, 0, 1]
    const loss = (weights: readonly Float64Array[]) => {
      const out = new Float64Array(3)
      miniScores(weights, x, out)
      return out.reduce((sum, q, i) => sum + (q - y[i]!) ** 2 / 6, 0)
    }
    const stepped = w.map((values) => values.slice())
    miniStep(stepped, x, [0, 1, 2], y, 1)
    w.forEach((values, t) => {
      for (const i of [0, values.length - 1]) {
        const at = (shift: number) =>
          loss(w.map((v, u) => (u === t ? v.map((z, j) => (j === i ? z + shift : z)) : v)))
        const difference = (at(1e-5) - at(-1e-5)) / 2e-5
        expect(values[i]! - stepped[t]![i]!).toBeCloseTo(difference, 6)
      }
    })
  })

  it('orders as a stable sort does, NaN last', () => {
    const out = new Int32Array(4)
    topPlaces(Float64Array.of(1, Number.NaN, 3, 3, 2, 1), out)
    expect([...out]).toEqual([2, 3, 4, 0])
  })

  it('gives the same curves twice, and other agents in the run change none of them', () => {
    const { step, eps, mgd9, es, linUcb } = driftRows
    const input = { world: short, seed: 4, pretrainSteps: 100 }
    const all = runDriftBench({ ...input, rows: [step, eps, mgd9, es, linUcb] })
    expect(runDriftBench({ ...input, rows: [step, eps, mgd9, es, linUcb] })).toEqual(all)
    expect(runDriftBench({ ...input, rows: [mgd9] }).rows[0]).toEqual(all.rows[2])
    // LinUCB has no network; a report is plain JSON
    expect(all.rows[4]!.normGrowth).toBeNull()
    expect(JSON.parse(JSON.stringify(all))).toEqual(all)
  })

  it('keeps float32 weights finite for a while as printed, and holds them by the guard', () => {
    const { step, printed, guarded } = driftRows
    const { rows } = runDriftBench({
      world: short,
      rows: [step, printed, guarded],
      seed: 1,
      pretrainSteps: 100,
    })
    expect(rows[0]!.normGrowth).toBeLessThan(1.1)
    expect(rows[1]!.normGrowth).toBeCloseTo(1.05 ** rows[1]!.duels.won, -1)
    expect(rows[1]!.normGrowth).toBeGreaterThan(10)
    expect(rows[2]!.normGrowth).toBeCloseTo(1, 9)
    expect(rows[2]!.guardEvents).toBe(rows[2]!.duels.won)
  })
})

describe('the drift study', () => {
  const spec = DriftStudySpec.parse({
    claims: ['minorAlone'],
    seeds: 2,
    requests: 400,
    pretrainSteps: 400,
  })

  it('resumes after any seed to the same report, and sees the gradient win', async () => {
    const saved: unknown[] = []
    let whole: DriftReport | null = null
    for await (const step of runDriftStudy({ spec, seed: 1, checkpoint: null })) {
      if (step.type === 'point') saved.push(structuredClone(step.checkpoint()))
      if (step.type === 'finished') whole = step.report
    }
    expect(saved).toHaveLength(2)
    for await (const step of runDriftStudy({ spec, seed: 1, checkpoint: saved[0] })) {
      if (step.type === 'finished') expect(step.report).toEqual(whole)
    }
    const [claim] = whole!.claims
    expect(claim!.parts[1]!.value.mean).toBeGreaterThan(0.1) // sgd − step
  })
})
