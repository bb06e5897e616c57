import { describe, expect, it } from 'vitest'
import { ActionValues, doubleTarget, qLearningTarget, sarsaTarget } from '#core/bandit/actionValues'
import { Ftrl } from '#core/bandit/ftrl'
import { addListGradient, advantages, clippedFactor } from '#core/bandit/listPolicy'
import { LinUcb } from '#core/bandit/linUcb'
import { clickPairs, scoreGradient } from '#core/bandit/pairwiseDifferentiable'
import { samplePlackettLuce } from '#core/bandit/plackettLuce'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { Rng } from '#core/random/rng'

const rngOf = (name: string, index = 0) => streams(11)(name, index)

describe('T1, a chain of five states', () => {
  /** Right moves on and ends with reward 1 behind state 4; left goes back to 0. */
  const step = (state: number, action: number) =>
    action === 0
      ? { reward: 0, next: 0 }
      : state === 4
        ? { reward: 1, next: null }
        : { reward: 0, next: state + 1 }
  const learn = (endsAsStateZero = false) => {
    const q = new ActionValues(5, 2)
    const rng = rngOf('chain')
    for (let i = 0; i < 20_000; i++) {
      const [state, action] = [rng.int(5), rng.int(2)]
      const { reward, next } = step(state, action)
      const after = next === null && endsAsStateZero ? 0 : next
      q.learn(state, action, qLearningTarget(reward, 0.9, q, after), 0.2)
    }
    return q
  }

  it('has the known Q*', () => {
    const q = learn()
    for (let state = 0; state < 5; state++) {
      expect(q.at(state, 1)).toBeCloseTo(0.9 ** (4 - state), 6)
      expect(q.at(state, 0)).toBeCloseTo(0.59049, 6)
    }
  })

  it('would exceed 1 if the end were a state', () => {
    expect(learn(true).at(4, 1)).toBeGreaterThan(1)
  })
})

describe('T2, the cliff', () => {
  const [rows, columns] = [4, 12]
  const start = 3 * columns
  /** Up, right, down, left; −1 a step, −100 and back to the start on the cliff. */
  const step = (state: number, action: number) => {
    const row = Math.floor(state / columns) + [-1, 0, 1, 0][action]!
    const column = (state % columns) + [0, 1, 0, -1][action]!
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      return { reward: -1, next: state }
    }
    if (row === 3 && column === 11) return { reward: -1, next: null }
    if (row === 3 && column > 0) return { reward: -100, next: start }
    return { reward: -1, next: row * columns + column }
  }
  const train = (sarsa: boolean) => {
    const q = new ActionValues(rows * columns, 4)
    const rng = rngOf('cliff')
    const returns: number[] = []
    for (let episode = 0; episode < 600; episode++) {
      let state: number | null = start
      let action = q.epsilonGreedy(start, 0.1, rng)
      let total = 0
      for (let t = 0; t < 500 && state !== null; t++) {
        const { reward, next }: { reward: number; next: number | null } = step(state, action)
        const following = next === null ? 0 : q.epsilonGreedy(next, 0.1, rng)
        const target = sarsa
          ? sarsaTarget(reward, 1, q, next, following)
          : qLearningTarget(reward, 1, q, next)
        q.learn(state, action, target, 0.5)
        total += reward
        state = next
        action = following
      }
      returns.push(total)
    }
    const late = returns.slice(-200)
    return { q, online: late.reduce((sum, x) => sum + x / late.length, 0) }
  }

  it('Q-learning finds the shortest path; SARSA earns more while it explores', () => {
    const [learnt, careful] = [train(false), train(true)]
    let [state, steps]: [number | null, number] = [start, 0]
    while (state !== null && steps < 100) {
      state = step(state, learnt.q.greedy(state, rngOf('greedy'))).next
      steps++
    }
    expect(steps).toBe(13)
    expect(careful.online).toBeGreaterThan(learnt.online)
  })
})

describe('T3, overestimation', () => {
  /** Share of runs that go left after few episodes, where left is worse by .1 in the mean. */
  const leftShare = (double: boolean) => {
    let left = 0
    const runs = 300
    for (let run = 0; run < runs; run++) {
      const rng = rngOf('overestimation', run)
      // state 0: left, right; state 1: ten actions of reward N(−.1, 1)
      const tables = [new ActionValues(2, 10), new ActionValues(2, 10)] as const
      const both = new ActionValues(2, 10)
      for (let episode = 0; episode < 100; episode++) {
        const learn = (state: number, action: number, reward: number, next: number | null) => {
          const which = double ? rng.int(2) : 0
          const [own, other] = [tables[which]!, tables[1 - which]!]
          const target = double
            ? doubleTarget(reward, 1, own, other, next, rng)
            : qLearningTarget(reward, 1, own, next)
          own.learn(state, action, target, 0.1)
          for (let i = 0; i < both.values.length; i++) {
            both.values[i] = tables[0].values[i]! + (double ? tables[1].values[i]! : 0)
          }
        }
        const goLeft = rng.u() < 0.1 ? rng.u() < 0.5 : both.at(0, 0) > both.at(0, 1)
        if (!goLeft) {
          learn(0, 1, 0, null)
          continue
        }
        const action = both.epsilonGreedy(1, 0.1, rng)
        learn(0, 0, 0, 1)
        learn(1, action, normal(rng) - 0.1, null)
      }
      if (both.at(0, 0) > both.at(0, 1)) left++
    }
    return left / runs
  }

  it('a single estimator prefers the noisy branch more often than double learning', () => {
    expect(leftShare(false)).toBeGreaterThan(leftShare(true) + 0.1)
  })
})

describe('T4, two arms', () => {
  it('ε-greedy settles at .6 − .1 ε', () => {
    const q = new ActionValues(1, 2)
    const rng = rngOf('arms')
    let reward = 0
    const steps = 40_000
    for (let t = 0; t < steps; t++) {
      const arm = q.epsilonGreedy(0, 0.1, rng)
      const r = rng.u() < [0.6, 0.4][arm]! ? 1 : 0
      q.learn(0, arm, r, 0.01)
      reward += r / steps
    }
    expect(reward).toBeCloseTo(0.59, 1.7)
    expect(q.greedy(0, rng)).toBe(0)
  })
})

describe('T5, four items, lists of two', () => {
  const rewards = [0.1, 0.9, 0.4, 0.6]
  const scores = [0.3, -0.2, 0.5, 0]
  const pairs = scores
    .flatMap((_, i) => scores.map((__, j) => [i, j] as const))
    .filter(([i, j]) => i !== j)
  const probability = (s: readonly number[], [i, j]: readonly [number, number]) => {
    const e = s.map(Math.exp)
    const total = e.reduce((sum, x) => sum + x, 0)
    return (e[i]! / total) * (e[j]! / (total - e[i]!))
  }
  const expected = (s: readonly number[]) =>
    pairs.reduce(
      (sum, pair) => sum + probability(s, pair) * (rewards[pair[0]]! + rewards[pair[1]]!),
      0,
    )
  const entropy = (s: readonly number[]) => {
    const e = s.map(Math.exp)
    const total = e.reduce((sum, x) => sum + x, 0)
    return -e.reduce((sum, x) => sum + (x / total) * Math.log(x / total), 0)
  }
  const difference = (f: (s: readonly number[]) => number, i: number) => {
    const at = (shift: number) => f(scores.map((x, j) => (j === i ? x + shift : x)))
    return (at(1e-5) - at(-1e-5)) / 2e-5
  }

  it('REINFORCE over all lists is the gradient of the expected return', () => {
    const gradient = new Float64Array(4)
    for (const pair of pairs) {
      const weight = probability(scores, pair) * (rewards[pair[0]]! + rewards[pair[1]]!)
      const { logProbability } = addListGradient(scores, pair, weight, 0, gradient)
      expect(Math.exp(logProbability)).toBeCloseTo(probability(scores, pair), 12)
    }
    gradient.forEach((g, i) => expect(g).toBeCloseTo(difference(expected, i), 8))
  })

  it('the entropy bonus is the gradient of the entropy', () => {
    const gradient = new Float64Array(4)
    const draw = addListGradient(scores, [2], 0, 1, gradient)
    expect(draw.entropy).toBeCloseTo(entropy(scores), 12)
    gradient.forEach((g, i) => expect(g).toBeCloseTo(difference(entropy, i), 8))
  })

  it('PPO at ρ = 1 is the plain gradient, and stops where the clip holds', () => {
    expect(clippedFactor(1, 0.7, 0.2)).toBe(0.7)
    expect(clippedFactor(1, -0.7, 0.2)).toBe(-0.7)
    expect(clippedFactor(1.3, 0.7, 0.2)).toBe(0)
    expect(clippedFactor(0.7, 0.7, 0.2)).toBeCloseTo(0.49, 12)
    expect(clippedFactor(0.7, -0.7, 0.2)).toBe(0)
  })

  it('advantages are TD errors at λ = 0 and returns less V at λ = 1', () => {
    const [r, v] = [
      [1, 0, 2],
      [0.5, 0.2, 0.3, 0.4],
    ]
    const td = r.map((x, t) => x + 0.9 * v[t + 1]! - v[t]!)
    advantages(r, v, 0.9, 0).forEach((a, t) => expect(a).toBeCloseTo(td[t]!, 12))
    const whole = 1 + 0.9 * (0 + 0.9 * (2 + 0.9 * 0.4)) - 0.5
    expect(advantages(r, v, 0.9, 1)[0]).toBeCloseTo(whole, 12)
  })

  it('sampled updates climb to the best list', () => {
    const s = Float64Array.from(scores)
    const rng = rngOf('reinforce')
    for (let t = 0; t < 4000; t++) {
      const list = samplePlackettLuce(s, 2, rng)
      const gradient = new Float64Array(4)
      addListGradient(s, list, rewards[list[0]!]! + rewards[list[1]!]! - 1, 0, gradient)
      gradient.forEach((g, i) => (s[i]! += 0.1 * g))
    }
    expect(
      [...s.keys()]
        .sort((a, b) => s[b]! - s[a]!)
        .slice(0, 2)
        .sort(),
    ).toEqual([1, 3])
  })
})

describe('T7, a linear bandit', () => {
  it('finds θ, and its regret grows ever more slowly', () => {
    const theta = [0.5, -0.3, 0.8]
    const bandit = new LinUcb(3, { bonus: 0.3, decay: 1, ridge: 1 })
    const rng = rngOf('linear bandit')
    const arms = new Float64Array(8 * 3)
    const scores = new Float64Array(8)
    const regret = [0, 0]
    const steps = 3000
    for (let t = 0; t < steps; t++) {
      for (let i = 0; i < arms.length; i++) arms[i] = normal(rng)
      const value = (arm: number) => theta.reduce((sum, w, f) => sum + w * arms[arm * 3 + f]!, 0)
      bandit.score(arms, scores)
      const chosen = scores.indexOf(Math.max(...scores))
      const best = Math.max(...Array.from(scores.keys(), value))
      regret[t < steps / 2 ? 0 : 1]! += best - value(chosen)
      bandit.observe(arms, [chosen], [value(chosen) + 0.3 * normal(rng)])
    }
    theta.forEach((w, f) => expect(bandit.theta[f]!).toBeCloseTo(w, 1))
    expect(regret[1]!).toBeLessThan(regret[0]! / 2)
  })

  it('forgets with decay: it follows a θ that turns round', () => {
    const follow = (decay: number) => {
      const bandit = new LinUcb(1, { bonus: 0, decay, ridge: 1 })
      for (let t = 0; t < 2000; t++) bandit.observe([1], [0], [t < 1000 ? 1 : -1])
      return bandit.theta[0]!
    }
    expect(follow(0.99)).toBeCloseTo(-1, 1)
    expect(follow(1)).toBeCloseTo(0, 1)
  })
})

describe('T8, a logistic stream', () => {
  const truth = Float64Array.from({ length: 20 }, (_, i) => [1.5, -2, 1][i] ?? 0)
  const run = (l1: number, l2: number, steps: number) => {
    const model = new Ftrl(20, { alpha: 0.1, beta: 1, l1, l2 })
    const rng: Rng = rngOf('logistic')
    const x = new Float64Array(20)
    for (let t = 0; t < steps; t++) {
      let dot = 0
      for (let i = 0; i < 20; i++) {
        x[i] = normal(rng)
        dot += truth[i]! * x[i]!
      }
      model.learn(x, rng.u() < 1 / (1 + Math.exp(-dot)) ? 1 : 0)
    }
    return model
  }

  it('keeps the three signs, and exact zeros elsewhere under L1', () => {
    const { weights } = run(30, 0, 5000)
    for (let i = 0; i < 3; i++) expect(Math.sign(weights[i]!)).toBe(Math.sign(truth[i]!))
    expect(weights.filter((w) => w === 0).length).toBeGreaterThan(12)
  })

  it('comes close to w* without penalties, and back from its state', () => {
    const model = run(0, 0, 20_000)
    model.weights.forEach((w, i) => expect(Math.abs(w - truth[i]!)).toBeLessThan(0.25))
    const copy = new Ftrl(20, { alpha: 0.1, beta: 1, l1: 0, l2: 0 })
    copy.restore(structuredClone(model.state()))
    copy.weights.forEach((w, i) => expect(w).toBeCloseTo(model.weights[i]!, 12))
  })
})

describe('T12, a pair of items', () => {
  it('has ρ = ½ at equal scores, flips with the labels and cancels at equal click rates', () => {
    const gradient = (list: readonly number[], clicks: readonly number[]) =>
      scoreGradient(clickPairs([0, 0], list, clicks), 2)
    const [pair] = clickPairs([0, 0], [0, 1], [1])
    expect(pair!.rho).toBeCloseTo(0.5, 12)
    const [one, other] = [gradient([0, 1], [1]), gradient([1, 0], [1])]
    expect(one[0]).toBeCloseTo(other[1]!, 12)
    expect(one[0]).toBeLessThan(0)
    // both lists are as likely, and each item is clicked alone as often as the other
    const sum = [[0], [1]].flatMap((clicks) => [gradient([0, 1], clicks), gradient([1, 0], clicks)])
    expect(sum.reduce((total, g) => total + g[0]!, 0)).toBeCloseTo(0, 12)
  })
})
