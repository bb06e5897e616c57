import { exposure } from '#core/metric/exposure'
import { ndcg } from '#core/metric/ndcg'
import { rboExtrapolated } from '#core/metric/rbo'
import { offPolicyEstimators } from '#core/ope/estimators'
import { mulberry32 } from '#core/random/mulberry32'
import { asymptoticHalfWidth, asymptoticRho } from '#core/stats/asymptoticSequence'
import { bettingInterval } from '#core/stats/bettingInterval'
import { clusteredRatio } from '#core/stats/clusteredRatio'
import { clusterRobust } from '#core/stats/clusterRobust'
import { eBh } from '#core/stats/eBh'
import type { Interval } from '#core/stats/interval'
import { powerInterleaving } from '#core/stats/powerInterleaving'
import { SequentialSampleRatio } from '#core/stats/sampleRatio'
import { sensitivityRatio } from '#core/stats/sensitivity'

type Figure = number | readonly number[] | Interval | string

/** A formula with numbers put in: what is given, and what comes out, by their symbols. */
export interface WorkedExample {
  readonly given: readonly (readonly [symbol: string, value: Figure])[]
  readonly found: readonly (readonly [symbol: string, value: Figure])[]
}

const alpha = 0.05
/** Votes and vote sums of four users. */
const users = { n: [4, 1, 2, 3], s: [3, 1, 0.5, 2] } as const

function betting(): WorkedExample {
  const x = Array.from({ length: 60 }, (_, user) => 1 - (user % 3) / 2)
  return {
    given: [
      ['x', [...x.slice(0, 6)]],
      ['n', x.length],
      ['δ', alpha],
    ],
    found: [
      ['x̄', x.reduce((sum, value) => sum + value, 0) / x.length],
      ['{m : K(m) < 1/δ}', bettingInterval(x, alpha)],
    ],
  }
}

function asymptotic(): WorkedExample {
  const [mean, sd, n, horizon] = [0.55, 0.3, 400, 500]
  const rho = asymptoticRho(alpha, horizon)
  const half = asymptoticHalfWidth(sd, n, alpha, rho)
  return {
    given: [
      ['x̄', mean],
      ['s', sd],
      ['n', n],
      ['ρ', rho],
      ['δ', alpha],
    ],
    found: [['x̄ ± …', { low: mean - half, high: mean + half }]],
  }
}

function clustered(): WorkedExample {
  const { value, freedom, interval } = clusteredRatio(users.s, users.n, alpha)
  return {
    given: [
      ['n_g', users.n],
      ['s_g', users.s],
      ['δ', alpha],
    ],
    found: [
      ['p', value!],
      ['df', freedom!],
      ['p ± t·se', interval!],
    ],
  }
}

function designEffect(): WorkedExample {
  const clusters = users.n.map((votes, g) => ({ votes, voteSum: users.s[g]! }))
  // 6 wins and a tie among 10 votes
  const { se, naiveSe, designEffect: effect } = clusterRobust(clusters, 6.25, alpha)
  return {
    given: [
      ['n_g', users.n],
      ['s_g', users.s],
      ['Σ x²', 6.25],
    ],
    found: [
      ['se', se!],
      ['se, N independent votes', naiveSe!],
      ['ratio²', effect!],
    ],
  }
}

function falseDiscovery(): WorkedExample {
  const e = [120, 45, 18, 2]
  const { k, threshold } = eBh(e.map(Math.log), alpha)
  return {
    given: [
      ['e', e],
      ['m', e.length],
      ['δ', alpha],
    ],
    found: [
      ['k', k],
      ['m/(kδ)', threshold!],
    ],
  }
}

function sampleRatio(): WorkedExample {
  const observed = [560, 440]
  const test = new SequentialSampleRatio([0.5, 0.5])
  test.add(observed)
  return {
    given: [
      ['x', observed],
      ['p₀', [0.5, 0.5]],
      ['Σ a', 100],
    ],
    found: [
      ['BF', Math.exp(test.lnBayesFactor())],
      ['p', test.p()],
    ],
  }
}

function power(): WorkedExample {
  const [p, wanted] = [0.55, 0.8]
  const rest = { tieRate: 0, noVoteRate: 0, meanImpressionsPerUser: 1, icc: 0 }
  const plan = powerInterleaving(p, { alpha, power: wanted, ...rest })!
  return {
    given: [
      ['p', p],
      ['δ', alpha],
      ['power', wanted],
    ],
    found: [
      ['m', plan.decisive],
      ['n', plan.sustained!],
    ],
  }
}

function sensitivity(): WorkedExample {
  const pair = { zInterleaving: 4, nInterleaving: 2000, zAb: 2, nAb: 20_000 }
  const { ratios } = sensitivityRatio([pair], 'CTR', alpha, { replicates: 1, rng: mulberry32(1) })
  return {
    given: [
      ['z, n', [pair.zInterleaving, pair.nInterleaving]],
      ['z, n (A/B)', [pair.zAb, pair.nAb]],
    ],
    found: [['R', ratios[0]!]],
  }
}

function ips(): WorkedExample {
  const rounds = { weight: [2, 0.5, 0.5, 1], reward: [1, 0, 1, 0], predicted: null, value: null }
  const options = { clip: 100, switchAt: 100, shrinkage: 1 }
  return {
    given: [
      ['w', rounds.weight],
      ['r', rounds.reward],
    ],
    found: [
      ['IPS', offPolicyEstimators.ips(rounds).value!],
      ['SNIPS', offPolicyEstimators.snips(rounds).value!],
      ['IPS, w ≤ 1', offPolicyEstimators.ipsClipped(rounds, { ...options, clip: 1 }).value!],
    ],
  }
}

function rbo(): WorkedExample {
  const [a, b] = [
    [1, 2, 3, 4],
    [2, 1, 3, 5],
  ]
  return {
    given: [
      ['L', a],
      ['L̃', b],
      ['p', 0.9],
    ],
    found: [['RBO', rboExtrapolated(a, b, 0.9)!]],
  }
}

function gain(): WorkedExample {
  const [grades, pool] = [
    [3, 0, 2, 1],
    [3, 3, 2, 1, 0, 0],
  ]
  return {
    given: [
      ['rel', grades],
      ['pool', pool],
      ['k', 4],
    ],
    found: [['nDCG@4', ndcg(grades, { k: 4, pool }).value]],
  }
}

function diversity(): WorkedExample {
  const shown = [8, 4, 2, 2]
  return {
    given: [['exposures', shown]],
    found: [
      ['p', shown.map((count) => count / 16)],
      ['exp(−Σ p ln p)', exposure(shown).effectiveItems],
    ],
  }
}

/** The formulas of the Learn page worked out by the functions that runs and reports use. */
export const workedExamples = {
  betting,
  asymptotic,
  clustered,
  designEffect,
  eBh: falseDiscovery,
  sampleRatio,
  power,
  sensitivity,
  ips,
  rbo,
  ndcg: gain,
  diversity,
} satisfies Record<string, () => WorkedExample>

export type WorkedId = keyof typeof workedExamples
