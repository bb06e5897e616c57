import { describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { conjugateGradient, dot } from '#core/largeAction/fcpo/conjugateGradient'
import { cpoStep, type CpoProblem } from '#core/largeAction/fcpo/cpoStep'
import { loadFcpo } from '#core/largeAction/fcpo/fcpoModel'
import { fillList } from '#core/largeAction/fcpo/fillList'
import { GaussianActor } from '#core/largeAction/fcpo/gaussianActor'
import { costLimit, popularGroup } from '#core/largeAction/fcpo/listWorld'
import { generalisedAdvantages } from '#core/largeAction/fcpo/ridgeCritic'
import { rowProbabilities } from '#core/largeAction/fcpo/rowProbabilities'
import { trustRegionUpdate, type ListDecisions } from '#core/largeAction/fcpo/trustRegion'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'

const rng = (i: number) => streams(6)('fcpo', i)
const draw = (n: number, i: number): Float64Array => {
  const source = rng(i)
  return Float64Array.from({ length: n }, () => normal(source))
}

/** A random problem in n dimensions with H = I: nothing is lost, as H only turns and stretches. */
function problem(i: number, n = 5): CpoProblem & { g: Float64Array; b: Float64Array } {
  const [g, b] = [draw(n, 10 * i), draw(n, 10 * i + 1)]
  const source = rng(10 * i + 2)
  const delta = 0.05 + source.u()
  const c = 2 * (source.u() - 0.5) * 1.2 * Math.sqrt(2 * delta * dot(b, b))
  return { g, b, q: dot(g, g), r: dot(g, b), s: dot(b, b), c, delta }
}

function stepOf(found: ReturnType<typeof problem>): Float64Array {
  const step = cpoStep(found)
  return step.kind === 'recovery'
    ? found.b.map((x) => -step.scale * x)
    : found.g.map((x, f) => (x - step.nu * found.b[f]!) / step.lambda)
}

/** max gᵀx in the disc cut by the half-plane: the best of many points of the plane of g and b. */
function bestByHand({ g, b, c, delta }: ReturnType<typeof problem>): number {
  const radius = Math.sqrt(2 * delta)
  const first = b.map((x) => x / Math.sqrt(dot(b, b)))
  const rest = g.map((x, f) => x - dot(g, first) * first[f]!)
  const along = Math.sqrt(dot(rest, rest))
  const [g1, g2, b1] = [dot(g, first), along, Math.sqrt(dot(b, b))]
  let best = -Infinity
  for (let i = 0; i <= 20_000; i++) {
    const angle = (2 * Math.PI * i) / 20_000
    const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)]
    if (c + b1 * x <= 1e-9) best = Math.max(best, g1 * x + g2 * y)
  }
  // or where the boundary of the half-plane cuts the disc
  const x = -c / b1
  const y = Math.sqrt(Math.max(0, radius * radius - x * x))
  return Math.max(best, g1 * x + g2 * y)
}

describe('the step of constrained policy optimisation', () => {
  it('is the solution of its problem, on random problems', () => {
    let [solved, recovered] = [0, 0]
    for (let i = 0; i < 150; i++) {
      const one = problem(i)
      const x = stepOf(one)
      expect(dot(x, x) / 2).toBeLessThanOrEqual(one.delta * (1 + 1e-9))
      if ((one.c * one.c) / one.s > 2 * one.delta && one.c > 0) {
        recovered++
        expect(dot(one.b, x)).toBeLessThan(0)
        continue
      }
      solved++
      expect(one.c + dot(one.b, x)).toBeLessThan(1e-6)
      expect(dot(one.g, x)).toBeGreaterThan(bestByHand(one) - 2e-3)
    }
    expect(solved).toBeGreaterThan(100)
    expect(recovered).toBeGreaterThan(3)
  })

  it('is that of TRPO for a limit that is far away or infinite', () => {
    const one = problem(1)
    const trust = { kind: 'step', lambda: Math.sqrt(one.q / (2 * one.delta)), nu: 0 }
    expect(cpoStep({ ...one, c: -Infinity })).toEqual(trust)
    expect(cpoStep({ ...one, c: -1e6 })).toEqual(trust)
    expect(cpoStep({ ...one, s: 0, r: 0 })).toEqual(trust)
  })

  it('solves by conjugate gradients', () => {
    const m = draw(16, 900)
    const product = (v: Float64Array) => {
      // Mᵀ·M + I
      const image = Float64Array.from({ length: 4 }, (_, r) => dot(m.subarray(4 * r, 4 * r + 4), v))
      return v.map(
        (x, f) => x + [0, 1, 2, 3].reduce((sum, r) => sum + m[4 * r + f]! * image[r]!, 0),
      )
    }
    const b = draw(4, 901)
    const x = conjugateGradient(product, b)
    product(x).forEach((value, f) => expect(value).toBeCloseTo(b[f]!, 6))
  })
})

const small = { rowsOfW: 2, width: 3, hidden: 4, history: 2, userWeight: 1, initialLogStd: -0.5 }

function actorWithWeights(): GaussianActor {
  const actor = new GaussianActor(small)
  const weights = draw(actor.theta.length, 50)
  weights.forEach((x, i) => (actor.theta[i]! += 0.4 * x))
  return actor
}

describe('the Gaussian actor', () => {
  it('has the gradient of finite differences', () => {
    const actor = actorWithWeights()
    const state = draw(actor.stateWidth, 51)
    const change = draw(actor.outputs, 52)
    const [tape, gradient] = [actor.tape(), new Float64Array(actor.theta.length)]
    const mean = new Float64Array(actor.outputs)
    actor.mean(state, mean, actor.theta, tape)
    actor.pull(state, tape, change, gradient)
    for (let i = 0; i < actor.theta.length; i++) {
      const at = (step: number) => {
        const theta = actor.theta.slice()
        theta[i]! += step
        actor.mean(state, mean, theta)
        return dot(mean, change)
      }
      expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6)
    }
  })
})

describe('a list', () => {
  const vectors = { items: 7, width: 3, values: Float32Array.from(draw(21, 60)) }

  it('has no item twice, though all rows prefer the same', () => {
    const row = draw(3, 61)
    const w = Float64Array.from([...row, ...row, ...row])
    const list = new Int32Array(3)
    const taken = new Uint8Array(7)
    taken[2] = 1
    fillList(w, vectors, taken, list)
    expect(new Set(list).size).toBe(3)
    expect([...list]).not.toContain(2)
    const score = (j: number) =>
      dot(row, Float64Array.from(vectors.values.subarray(3 * j, 3 * j + 3)))
    const wanted = [0, 1, 3, 4, 5, 6].sort((a, b) => score(b) - score(a)).slice(0, 3)
    expect([...list]).toEqual(wanted)
    expect(() => fillList(w, vectors, new Uint8Array(7).fill(1), list)).toThrow('no free item')
  })

  it('follows K rows of probabilities over the items that sum to 1', () => {
    const w = draw(6, 62)
    const p = rowProbabilities(w, vectors)
    expect(p.length).toBe(2 * 7)
    const list = new Int32Array(2)
    fillList(w, vectors, new Uint8Array(7), list)
    for (const k of [0, 1]) {
      const row = p.subarray(7 * k, 7 * k + 7)
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
      if (k === 0) expect(list[0]).toBe(row.indexOf(Math.max(...row)))
    }
  })

  it('costs what its popular items are, within a limit of α/(1 + α)', () => {
    expect([...popularGroup([5, 9, 9, 1, 0], 0.4)]).toEqual([0, 1, 1, 0, 0])
    expect(costLimit(1, 4, 3, 0.9, 'plain')).toBeCloseTo(6)
    expect(costLimit(1, 4, 3, 0.9, 'discounted')).toBeCloseTo(2 * (1 + 0.9 + 0.81))
    expect(costLimit(0.25, 10, 1, 0.9, 'plain')).toBeCloseTo(2)
  })

  it('is credited by generalised advantages', () => {
    const found = generalisedAdvantages(
      Float64Array.of(1, 2, 0, 4),
      Float64Array.of(0.5, 1, 0, 1),
      2,
      0.9,
      0.5,
    )
    expect([...found]).toEqual([1 + 0.9 - 0.5 + 0.45 * 1, 1, 0 + 0.9 - 0 + 0.45 * 3, 3])
  })
})

describe('a constrained update', () => {
  /** Decisions whose cost is the first coordinate of W, and whose reward the second. */
  function decisions(actor: GaussianActor): ListDecisions {
    const source = rng(70)
    const states = Array.from({ length: 120 }, (_, i) => draw(actor.stateWidth, 100 + i))
    const mean = new Float64Array(actor.outputs)
    const w = states.map((state) => {
      actor.mean(state, mean)
      return mean.map((m, f) => m + Math.exp(actor.logStd(f)) * normal(source))
    })
    const centred = (f: number) => {
      const mean0 = w.reduce((sum, x) => sum + x[f]!, 0) / w.length
      return Float64Array.from(w, (x) => x[f]! - mean0)
    }
    return { states, w, advantage: centred(1), costAdvantage: centred(0), trajectories: 120 }
  }
  const meanFirst = (actor: GaussianActor, { states }: ListDecisions, f: number) => {
    const mean = new Float64Array(actor.outputs)
    return states.reduce((sum, state) => {
      actor.mean(state, mean)
      return sum + mean[f]! / states.length
    }, 0)
  }

  it.each([0.001, 0.01, 0.1])('keeps the divergence within its limit of %d', (maxKl) => {
    const actor = actorWithWeights()
    const batch = decisions(actor)
    const done = trustRegionUpdate(actor, batch, { maxKl, damping: 1e-3, excess: -0.01 })
    expect(done.kind).toBe('step')
    expect(done.kl).toBeGreaterThan(0)
    expect(done.kl).toBeLessThanOrEqual(maxKl)
  })

  it('lowers the cost where it is over the limit', () => {
    const actor = actorWithWeights()
    const batch = decisions(actor)
    const before = meanFirst(actor, batch, 0)
    const done = trustRegionUpdate(actor, batch, { maxKl: 0.05, damping: 1e-3, excess: 5 })
    expect(done.kind).toBe('recovery')
    expect(meanFirst(actor, batch, 0)).toBeLessThan(before - 0.05)
  })

  it('is that of TRPO, to the last bit, as the limit goes to infinity', () => {
    const free = actorWithWeights()
    const batch = decisions(free)
    const done = trustRegionUpdate(free, batch, { maxKl: 0.05, damping: 1e-3, excess: -Infinity })
    expect(done).toMatchObject({ kind: 'step', nu: 0 })
    const far = actorWithWeights()
    const same = trustRegionUpdate(far, batch, { maxKl: 0.05, damping: 1e-3, excess: -1e9 })
    expect(same).toEqual(done)
    expect(far.theta).toEqual(free.theta)
    const near = actorWithWeights()
    trustRegionUpdate(near, batch, { maxKl: 0.05, damping: 1e-3, excess: 0 })
    expect(near.theta).not.toEqual(free.theta)
  })

  it('recovers where a noisy batch promises a fall in cost that would not come true', () => {
    const actor = actorWithWeights()
    const { costAdvantage, ...batch } = decisions(actor)
    // the cost has nothing to do with the lists: all that one batch sees is noise
    const source = rng(71)
    const noise = costAdvantage.map(() => normal(source))
    const options = { maxKl: 0.05, damping: 1e-3, excess: 0.05 }
    expect(trustRegionUpdate(actor, { ...batch, costAdvantage: noise }, options).kind).toBe(
      'recovery',
    )
    const again = actorWithWeights()
    const told = { ...batch, costAdvantage }
    expect(trustRegionUpdate(again, told, options).kind).toBe('step')
  })

  it('raises the reward, with the cost left alone where it may not rise', () => {
    const free = actorWithWeights()
    const batch = decisions(free)
    const [cost, reward] = [meanFirst(free, batch, 0), meanFirst(free, batch, 1)]
    trustRegionUpdate(free, batch, { maxKl: 0.05, damping: 1e-3, excess: -Infinity })
    expect(meanFirst(free, batch, 1)).toBeGreaterThan(reward + 0.05)
    const bound = actorWithWeights()
    const done = trustRegionUpdate(bound, batch, { maxKl: 0.05, damping: 1e-3, excess: 0 })
    expect(done.kind).toBe('step')
    expect(meanFirst(bound, batch, 1)).toBeGreaterThan(reward)
    expect(meanFirst(bound, batch, 0)).toBeLessThan(cost + 0.02)
  })
})

describe('training the matrix policy', async () => {
  const spec = training.spec.parse({
    kind: 'fcpo',
    world: { kind: 'typedLatent', users: 60, items: 60, types: 3, horizon: 4 },
    agent: { updates: 12, users: 20, steps: 3, listLength: 3, width: 4, hidden: 4, maxKl: 0.3 },
    evaluateEvery: 4,
  })
  const train = async (checkpoint: unknown = null, until = Infinity) => {
    let kept: unknown = null
    let report: TrainReport | null = null
    let model
    const data = { ratings: null }
    const input = { spec, seed: 2, ops: tfOps, backend: 'none', data, checkpoint }
    for await (const step of training.run(input)) {
      if (step.type === 'finished') [report, model] = [step.report, step.models![0]!]
      if (step.type !== 'point') continue
      kept = structuredClone(step.checkpoint())
      if (step.done >= until) break
    }
    return { kept, report, model }
  }
  const whole = await train()

  it('keeps exposure and divergence within their limits, and stays above random', () => {
    const { points, baselines } = whole.report!
    const [start, end] = [points[1]!, points.at(-1)!]
    expect(end.gauges['klMost']).toBeLessThanOrEqual(0.3)
    // 60 % of the popular fifth's exposure is far below the limit of one half: nothing to bring down
    expect(Math.min(start.gauges['cost']!, end.gauges['cost']!)).toBeLessThan(
      end.gauges['costLimit']!,
    )
    const random = baselines.find(({ id }) => id === 'random')!
    expect(end.argmax.precision).toBeGreaterThan(random.figures.precision)
  })

  it('goes on from a checkpoint to the same report, bit for bit', async () => {
    expect((await train((await train(null, 4)).kept)).report).toEqual(whole.report)
  })

  it('leaves a model', () => {
    const { actor, vectors } = loadFcpo(structuredClone(whole.model!))
    expect(actor.outputs).toBe(3 * 4)
    expect(vectors.items).toBe(60)
    expect(() => loadFcpo({ ...whole.model!, kind: 'tpgr' })).toThrow('of kind tpgr')
  })
})
