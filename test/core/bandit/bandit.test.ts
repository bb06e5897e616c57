import { describe, expect, it } from 'vitest'
import { duelingUpdate } from '#core/bandit/duelingGradientDescent'
import { linearScores, weightGradient } from '#core/bandit/linearScorer'
import { minorUpdate, relativeNoise } from '#core/bandit/minorUpdate'
import { clickPairs, scoreGradient } from '#core/bandit/pairwiseDifferentiable'
import { plackettLuceProbability, samplePlackettLuce } from '#core/bandit/plackettLuce'
import { unitSphere } from '#core/bandit/unitSphere'
import { mulberry32 } from '#core/random/mulberry32'
import { chiSquareP } from '../../support/chiSquare.ts'

const norm = (w: Float64Array) => Math.hypot(...w)

describe('unitSphere', () => {
  it('has length 1 and no preferred direction', () => {
    const rng = mulberry32(9)
    const mean = new Float64Array(3)
    for (let i = 0; i < 3000; i++) {
      const u = unitSphere(3, rng)
      expect(norm(u)).toBeCloseTo(1, 12)
      for (const [axis, x] of u.entries()) mean[axis]! += x / 3000
    }
    // a coordinate has variance 1/3: five standard errors
    for (const x of mean) expect(Math.abs(x)).toBeLessThan(5 * Math.sqrt(1 / 3 / 3000))
    expect(() => unitSphere(0, rng)).toThrow('dimension 0')
  })
})

describe('plackettLuce', () => {
  it('samples its probabilities', () => {
    const scores = [0.5, -0.3, 1.2, 0]
    const law = new Map<string, number>()
    for (const i of scores.keys()) {
      for (const j of scores.keys()) {
        if (i !== j) law.set(`${i},${j}`, plackettLuceProbability(scores, [i, j]))
      }
    }
    expect([...law.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    const rng = mulberry32(2)
    const counts = new Map<string, number>()
    for (let i = 0; i < 10_000; i++) {
      const key = samplePlackettLuce(scores, 2, rng).join()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(chiSquareP(counts, law)).toBeGreaterThan(1e-4)
  })

  it('stands scores that are far apart, and short pools', () => {
    const rng = mulberry32(1)
    expect(samplePlackettLuce([2000, 0, -2000], 9, rng)).toEqual([0, 1, 2])
    expect(plackettLuceProbability([2000, 0, -2000], [0, 1, 2])).toBeCloseTo(1, 12)
  })
})

describe('pairwise differentiable gradient', () => {
  it('has the share ρ that the two full probabilities give', () => {
    const scores = [0.4, -1, 2, 0.3, -0.2, 1.1]
    const ranking = [3, 1, 5, 0, 2]
    for (const pair of clickPairs(scores, ranking, [1, 3])) {
      const swapped = ranking.map((item) =>
        item === pair.preferred ? pair.other : item === pair.other ? pair.preferred : item,
      )
      const p = plackettLuceProbability(scores, ranking)
      const pSwapped = plackettLuceProbability(scores, swapped)
      expect(pair.rho).toBeCloseTo(pSwapped / (p + pSwapped), 12)
    }
  })

  it('infers nothing from no clicks or from clicks on everything', () => {
    expect(clickPairs([1, 2, 3], [0, 1, 2], [])).toEqual([])
    expect(clickPairs([1, 2, 3], [0, 1, 2], [0, 1, 2])).toEqual([])
  })

  it('has no direction on average for clicks that ignore the items', () => {
    const features = [[1], [0], [-1]]
    const scores = linearScores(features, Float64Array.of(0.7))
    let mean = 0
    for (const ranking of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      for (const position of ranking.keys()) {
        const gradient = scoreGradient(clickPairs(scores, ranking, [position]), 3)
        const p = plackettLuceProbability(scores, ranking) / 3
        mean += p * weightGradient(features, gradient, 1)[0]!
      }
    }
    expect(mean).toBeCloseTo(0, 12)
  })
})

describe('dueling updates', () => {
  it('leave weights and step size alone without a winner', () => {
    const state = { w: Float64Array.of(1, 2), gamma: 0.01 }
    expect(duelingUpdate(state, [], 0.5)).toBe(state)
  })

  it('never move a zero weight nor flip a sign by relative noise', () => {
    const rng = mulberry32(6)
    const w = Float64Array.of(0, 1, -2, 0.001)
    for (let i = 0; i < 500; i++) {
      const noise = relativeNoise(w, 0.9, rng)
      expect(noise[0]).toBeCloseTo(0, 15)
      for (const [j, value] of w.entries()) {
        expect(Math.sign(value + noise[j]!)).toBe(Math.sign(value))
      }
    }
  })

  it('grow the norm by about 1 + η per win under the rule as printed, and hardly as a step', () => {
    const grown = (rule: 'step' | 'printed') => {
      const rng = mulberry32(8)
      let w: Float64Array = Float64Array.from({ length: 200 }, (_, i) => Math.cos(i))
      const before = norm(w)
      for (let win = 0; win < 100; win++) w = minorUpdate(w, relativeNoise(w, 0.1, rng), 0.05, rule)
      return norm(w) / before
    }
    expect(grown('printed') / 1.05 ** 100).toBeCloseTo(1, 1)
    expect(grown('step')).toBeCloseTo(1, 1)
  })
})
