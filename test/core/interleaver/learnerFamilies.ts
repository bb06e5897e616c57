import { expect } from 'vitest'
import { z } from 'zod'
import { candidateWeights, duelingUpdate } from '#core/bandit/duelingGradientDescent'
import { linearScores, weightGradient } from '#core/bandit/linearScorer'
import { disturbed, minorUpdate, relativeNoise } from '#core/bandit/minorUpdate'
import { clickPairs, scoreGradient } from '#core/bandit/pairwiseDifferentiable'
import { plackettLuceProbability, samplePlackettLuce } from '#core/bandit/plackettLuce'
import { unitSphere } from '#core/bandit/unitSphere'
import { mulberry32 } from '#core/random/mulberry32'
import { expectEach, expectExact } from './oracleCase.ts'
import { check, Clicks, k, seed, type Check } from './oracleCheck.ts'

const ReferenceRows = z.array(z.looseObject({ clickModel: z.string() })).min(1)

const duelingStep = check(
  {
    w: z.array(z.number()),
    directions: z.array(z.array(z.number())),
    delta: z.number(),
    gamma: z.number(),
    decay: z.number(),
    winners: z.array(z.int()),
  },
  { candidates: z.array(z.array(z.number())), w: z.array(z.number()), gamma: z.number() },
  (inputs, expected, { tol }) => {
    const w = Float64Array.from(inputs.w)
    const directions = inputs.directions.map((direction) => Float64Array.from(direction))
    for (const [i, candidate] of expected.candidates.entries()) {
      expectEach(candidateWeights(w, directions[i]!, inputs.delta), candidate, 'candidate', tol)
    }
    const winners = inputs.winners.map((i) => directions[i]!)
    const next = duelingUpdate({ w, gamma: inputs.gamma }, winners, inputs.decay)
    expectEach(next.w, expected.w, 'w', tol)
    expectExact(next.gamma, expected.gamma, 'gamma', tol)
  },
)

export const learnerFamilies: Readonly<Record<string, Check>> = {
  'learner.sphere': check(
    { seed, dimension: z.int() },
    { u: z.array(z.number()) },
    ({ seed, dimension }, { u }, { tol }) => {
      expectEach(unitSphere(dimension, mulberry32(seed)), u, 'u', tol)
    },
  ),
  'learner.dbgd': duelingStep,
  'learner.mgd': duelingStep,
  'learner.pdgd': check(
    {
      features: z.array(z.array(z.number())),
      w: z.array(z.number()),
      ranking: z.array(z.int()),
      clicks: Clicks,
      learningRate: z.number(),
    },
    {
      scores: z.array(z.number()),
      pRanking: z.number(),
      pairs: z.array(
        z.strictObject({
          preferred: z.int(),
          other: z.int(),
          rho: z.number(),
          weight: z.number(),
        }),
      ),
      gradient: z.array(z.number()),
      w: z.array(z.number()),
    },
    ({ features, w, ranking, clicks, learningRate }, expected, { tol }) => {
      const weights = Float64Array.from(w)
      const scores = linearScores(features, weights)
      expectEach(scores, expected.scores, 'scores', tol)
      expectExact(plackettLuceProbability(scores, ranking), expected.pRanking, 'P', tol)
      const pairs = clickPairs(scores, ranking, clicks)
      const key = (pair: { preferred: number; other: number }) => `${pair.preferred}>${pair.other}`
      const byPair = new Map(pairs.map((pair) => [key(pair), pair]))
      expect([...byPair.keys()].sort()).toEqual(expected.pairs.map(key).sort())
      for (const pair of expected.pairs) {
        expectExact(byPair.get(key(pair))!.rho, pair.rho, `rho ${key(pair)}`, tol)
        expectExact(byPair.get(key(pair))!.weight, pair.weight, `weight ${key(pair)}`, tol)
      }
      const byScore = scoreGradient(pairs, features.length)
      const gradient = weightGradient(features, byScore, w.length)
      expectEach(gradient, expected.gradient, 'gradient', tol)
      const next = weights.map((value, i) => value + learningRate * gradient[i]!)
      expectEach(next, expected.w, 'w', tol)
    },
  ),
  'learner.pl': check(
    { scores: z.array(z.number()), k, seed },
    { ranking: z.array(z.int()), probability: z.number() },
    ({ scores, k, seed }, { ranking, probability }, { tol }) => {
      expect(samplePlackettLuce(scores, k, mulberry32(seed))).toEqual(ranking)
      expectExact(plackettLuceProbability(scores, ranking), probability, 'P', tol)
    },
  ),
  'learner.drn': check(
    {
      W: z.array(z.number()),
      alpha: z.number(),
      eta: z.number(),
      seed,
      rand: z.string(),
    },
    {
      dW: z.array(z.number()),
      Wtilde: z.array(z.number()),
      W_winB_delta: z.array(z.number()),
      W_winB_asPrinted: z.array(z.number()),
      W_otherwise: z.array(z.number()),
    },
    ({ W, alpha, eta, seed }, expected, { tol }) => {
      const w = Float64Array.from(W)
      const noise = relativeNoise(w, alpha, mulberry32(seed))
      expectEach(noise, expected.dW, 'ΔW', tol)
      expectEach(disturbed(w, noise), expected.Wtilde, 'W̃', tol)
      expectEach(minorUpdate(w, noise, eta, 'step'), expected.W_winB_delta, 'step', tol)
      expectEach(minorUpdate(w, noise, eta, 'printed'), expected.W_winB_asPrinted, 'printed', tol)
      expect(minorUpdate(w, noise, eta, 'replace')).toEqual(disturbed(w, noise))
      expect([...w], 'untouched').toEqual(expected.W_otherwise)
    },
  ),
  // Bands of whole learners, for those learners' own tests: here only their form is checked.
  'learner.reference': ({ expected }) => {
    const { rows } = z.strictObject({ rows: ReferenceRows }).parse(expected)
    for (const row of rows) {
      const ndcg = Object.entries(row).filter(([name]) => /^(ndcg|first$|final$)/.test(name))
      expect(ndcg.length).toBeGreaterThan(0)
      for (const [name, value] of ndcg) {
        expect(value, name).toBeGreaterThan(0)
        expect(value, name).toBeLessThanOrEqual(1)
      }
    }
  },
}
