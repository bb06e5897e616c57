import { mulberry32 } from '#core/random/mulberry32'
import { asymptoticHalfWidth, asymptoticRho } from '#core/stats/asymptoticSequence'
import { betaBinomialInterval, lnBetaBinomial } from '#core/stats/betaBinomial'
import { BetaBinomialSequence } from '#core/stats/betaBinomialSequence'
import { bettingInterval } from '#core/stats/bettingInterval'
import { BettingSequence } from '#core/stats/bettingSequence'
import { falsePositives, type PreferenceTest } from '#core/stats/calibration/falsePositives'
import type { CalibrationSize } from '#core/stats/calibration/runs'
import { peekingNormal, peekingVotes } from '#core/stats/calibration/peeking'
import type { Population } from '#core/stats/calibration/simulatedUsers'
import { eBh } from '#core/stats/eBh'
import { gaussianMsprt } from '#core/stats/gaussianMsprt'
import { adjustFamily } from '#core/stats/multiplicity'
import { phiInverse } from '#core/stats/special'
import { pair, type Family, type Inputs } from './family.ts'

interface Point {
  readonly k: number
  readonly n: number
}

/** First score after which ln E reaches ln 1/α; null when none does. */
function firstCrossing(
  engine: { add(x: number): void; logE(): number },
  scores: readonly number[],
  alpha: number,
): number | null {
  const index = scores.findIndex((x) => {
    engine.add(x)
    return engine.logE() >= -Math.log(alpha)
  })
  return index < 0 ? null : index + 1
}

/** [min, max] of the grid points .001 … .999 inside an interval. */
const onGrid = ({ low, high }: { low: number; high: number }) => [
  Math.max(1, Math.ceil(low * 1000)) / 1000,
  Math.min(999, Math.floor(high * 1000)) / 1000,
]

export const alwaysValid: Record<string, Family> = {
  eprocess_beta_binomial_path: (i, expected) => {
    const outcomes: readonly number[] = i.outcomes_1A_0B
    const prior: [number, number] = [i.a, i.b]
    const rows = expected.rows.map(({ n }: Point) => {
      const engine = new BetaBinomialSequence(i.alpha, prior)
      const seen = outcomes.slice(0, n)
      seen.forEach((x) => engine.add(x))
      const k = seen.filter((x) => x === 1).length
      return {
        n,
        k,
        log_e: engine.logE(),
        p_always_valid: engine.pValue(),
        cs95: pair(betaBinomialInterval(k, n, i.alpha, prior)),
        cs95_running_intersection: pair(engine.interval()),
      }
    })
    return {
      rows,
      first_n_with_e_ge_20: firstCrossing(
        new BetaBinomialSequence(i.alpha, prior),
        outcomes,
        i.alpha,
      ),
      first_n_with_e_ge_20_beta5050: firstCrossing(
        new BetaBinomialSequence(i.alpha, [50, 50]),
        outcomes,
        i.alpha,
      ),
    }
  },
  eprocess_beta_binomial_points: (i) => ({
    rows: i.points.map(({ k, n }: Point) => ({
      k,
      n,
      log_e_half: lnBetaBinomial(k, n, i.p0, i.prior_1),
      cs: pair(betaBinomialInterval(k, n, i.alpha, i.prior_1)),
      log_e_half_2: lnBetaBinomial(k, n, i.p0, i.prior_2),
      cs_2: pair(betaBinomialInterval(k, n, i.alpha, i.prior_2)),
    })),
  }),
  msprt_gaussian: (i) => ({
    rows: i.points.map(({ k, n }: Point) => {
      const result = gaussianMsprt(k / n, n, i)
      return {
        k,
        n,
        log_lambda: result.lnLambda,
        p: result.p,
        cs_unclipped: pair(result.unclipped),
        cs: pair(result.interval),
      }
    }),
  }),
  asymptotic_cs: (i, expected) => ({
    rows: expected.rows.map(({ n }: Point) => {
      const rho = asymptoticRho(i.alpha, i.n_star)
      const half = asymptoticHalfWidth(i.sd, n, i.alpha, rho)
      const fixed = (phiInverse(1 - i.alpha / 2) * i.sd) / Math.sqrt(n)
      return { n, rho, half_width: half, ratio_to_fixed: half / fixed }
    }),
  }),
  betting_cs: (i, expected) => {
    const scores: readonly number[] = i.scores
    const at = <T>(rows: readonly { t: number }[], look: (seen: readonly number[]) => T) =>
      rows.map(({ t }) => ({ t, ...look(scores.slice(0, t)) }))
    return {
      rows: at(expected.rows, (seen) => {
        const engine = new BettingSequence(i.alpha)
        seen.forEach((x) => engine.add(x))
        return {
          logK_plus: engine.sides().lnAbove,
          logK_minus: engine.sides().lnBelow,
          log_hedged: engine.logE(),
          p_always_valid: engine.pValue(),
        }
      }),
      first_t_crossing: firstCrossing(new BettingSequence(i.alpha), scores, i.alpha),
      cs_grid: at(expected.cs_grid, (seen) => ({ cs: onGrid(bettingInterval(seen, i.alpha)) })),
      cs_refined: at(expected.cs_refined, (seen) => ({ cs: pair(bettingInterval(seen, i.alpha)) })),
    }
  },
  multiplicity_p: (i) => {
    const by = (method: Parameters<typeof adjustFamily>[1]) => adjustFamily(i.p, method, i.alpha)
    return {
      bh: by('bh'),
      by: by('by'),
      holm: by('holm'),
      bonferroni: by('bonferroni'),
      holm_sidak: by('holmSidak'),
      hommel: by('hommel'),
    }
  },
  e_bh: (i) => eBh(i.e.map(Math.log), i.alpha),
  peeking: (i) => {
    const rng = mulberry32(20261122)
    if ('paths' in i) {
      const paths = Math.min(i.paths, 20_000)
      // 1.96 as the file's table used it, not the exact quantile
      const alpha = 0.05
      return { type1: i.looks.map((looks: number) => peekingNormal(looks, alpha, paths, rng)) }
    }
    const rates = peekingVotes(
      { runs: Math.min(i.runs, 2000), maxN: i.max_n, lookEvery: i.look_every, alpha: i.alpha },
      rng,
    )
    return {
      fpr_naive_z: rates.naiveZ,
      fpr_eprocess_beta11: rates.betaBinomial11,
      fpr_eprocess_beta5050: rates.betaBinomial5050,
    }
  },
  calibration_clustered_AA: (i) => {
    const common = { users: i.users, tieRate: 0, noVoteRate: 0, soft: false }
    const size = { runs: Math.min(i.runs, 1000), alpha: i.alpha ?? 0.05, seed: 1 }
    if ('taste' in i) {
      const [a, b] = numbersIn(i.taste)
      const [from, to] = numbersIn(i.duels_per_user)
      const population: Population = {
        ...common,
        taste: { kind: 'beta', a: a!, b: b! },
        activity: { kind: 'uniform', from: from!, to: to! },
      }
      const [z, eProcess, clustered] = rates(
        ['impressionZ', 'impressionEProcess', 'clusterRobustT'],
        population,
        size,
      )
      const [betting] = rates(['betting'], population, { ...size, runs: Math.min(size.runs, 400) })
      return {
        impression_z_fixed_n: z,
        impression_eprocess_peeking: eProcess,
        user_level_betting_peeking: betting,
        cluster_robust_t_fixed_n: clustered,
      }
    }
    const [exponent, cap] = numbersIn(i.sessions)
    const found = i.user_effect_sd.map((sd: number) =>
      rates(
        ['impressionZ', 'userMeanT', 'userSumT'],
        {
          ...common,
          taste: { kind: 'normal', mean: 0.5, sd },
          activity: { kind: 'zipf', exponent: exponent!, cap: cap! },
        },
        size,
      ),
    )
    return {
      naive_per_session: found.map(([z]: number[]) => z),
      user_mean_t: found.map(([, mean]: number[]) => mean),
      user_sum_t: found.map(([, , sum]: number[]) => sum),
    }
  },
}

const rates = (
  tests: readonly PreferenceTest[],
  population: Population,
  size: CalibrationSize,
): number[] => falsePositives(tests, population, size).map(({ rate }) => rate)

/** The numbers of a description such as 'p_u ~ Beta(2,2)'. */
const numbersIn = (text: Inputs): number[] =>
  [...String(text).matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits))
