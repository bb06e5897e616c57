import { mulberry32 } from '#core/random/mulberry32'
import { bayesPreference } from '#core/stats/bayesPreference'
import { clusteredBootstrap } from '#core/stats/clusteredBootstrap'
import { clusterRobust } from '#core/stats/clusterRobust'
import { cuped } from '#core/stats/cuped'
import { designEffect, icc } from '#core/stats/icc'
import { lnChiSquareTail, lnNormalTail } from '#core/stats/logTail'
import { meanTest } from '#core/stats/meanTest'
import { differences, pairedTest, welchTest } from '#core/stats/pairedTest'
import { proportionInterval } from '#core/stats/proportionInterval'
import { signTest } from '#core/stats/signTest'
import {
  betaCdf,
  betaInverse,
  chiSquareInverse,
  lnGamma,
  phi,
  phiInverse,
  studentInverse,
} from '#core/stats/special'
import { userScore } from '#core/stats/userScore'
import { verdict } from '#core/stats/verdict'
import { voteDelta } from '#core/stats/voteDelta'
import { wilcoxonTest } from '#core/stats/wilcoxon'
import { pair, type Family, type Inputs } from './family.ts'

type Row = readonly [number, number, number]

const votesOf = ([winsA, winsB, ties]: Row) => ({ winsA, winsB, ties })

function clusterOf([winsA, winsB, ties]: Row) {
  return {
    votes: winsA + winsB + ties,
    voteSum: winsA + ties / 2,
    voteSquares: winsA + ties / 4,
  }
}

const clustersOf = (inputs: Inputs) => (inputs.users_wA_wB_ties as readonly Row[]).map(clusterOf)

interface VerdictRow {
  readonly cs_delta: readonly [number, number] | null
  readonly rope: readonly [number, number]
  readonly users: number
  readonly blocking_health_failure: boolean
}

/** The names that the file gives the states of a verdict. */
const stateNames = {
  invalid: 'invalid',
  insufficient: 'insufficient',
  practicallyEqual: 'practically_equal',
  aBetter: 'A_better',
  bBetter: 'B_better',
  undecided: 'undecided',
} as const

export const fixedHorizon: Record<string, Family> = {
  special_functions: (i) => ({
    z: i.z_p.map(phiInverse),
    t: i.t_p.map((p: number) => studentInverse(p, i.t_df)),
    chi2: i.chi2_p.map((p: number) => chiSquareInverse(p, i.chi2_df)),
    beta: i.beta_p.map((p: number) => betaInverse(p, i.beta_ab[0], i.beta_ab[1])),
    lgamma: i.lgamma_x.map(lnGamma),
    betainc: i.betainc_abx.map(([a, b, x]: Row) => betaCdf(x, a, b)),
    ndtr: i.ndtr_x.map(phi),
  }),
  log_tail: (i) => {
    if ('z' in i)
      return { ln_sf_normal: lnNormalTail(i.z), ln_sf_chi2: lnChiSquareTail(i.chi2, i.df) }
    const { lnP } = signTest({ winsA: i.winsA, winsB: i.winsB, ties: 0 })
    return { log10_p_two_sided: lnP / Math.LN10 }
  },
  sign_test: (i) => {
    const test = signTest(i)
    return {
      n_decisive: test.decisive,
      p_two_sided_exact: test.p,
      p_greater_exact: test.pGreater,
      p_mid_two_sided: test.midP,
      z: test.z,
      p_normal: test.pNormal,
      p_normal_cc: test.pNormalCorrected,
      p_trinomial_two_sided: test.pTrinomial,
      verdict: test.reason === null ? 'decisive' : verdict(nothing).state,
    }
  },
  proportion_ci: ({ k, n, alpha }) => ({
    wilson: pair(proportionInterval.wilson(k, n, alpha)),
    clopper_pearson: pair(proportionInterval.clopperPearson(k, n, alpha)),
    agresti_coull: pair(proportionInterval.agrestiCoull(k, n, alpha)),
    jeffreys: pair(proportionInterval.jeffreys(k, n, alpha)),
    wald: pair(proportionInterval.wald(k, n, alpha)),
    wilson_cc: pair(proportionInterval.wilsonContinuity(k, n, alpha)),
  }),
  delta_ab: (i) => {
    const result = voteDelta(i, i.alpha)
    return {
      delta: result.delta,
      p_A_with_half_ties: result.delta === null ? null : result.delta + 0.5,
      se_sample_ddof1: result.se,
      se_null: result.seNull,
      z_null: result.z,
      ci_wald: pair(result.wald),
      t: result.t,
      t_p: result.p,
    }
  },
  clustered_bootstrap: (i) => {
    const clusters = clustersOf(i)
    const ratios = (i.users_wA_wB_ties as readonly Row[]).map(([a, b, t]) => ({
      numerator: a - b,
      denominator: 2 * (a + b + t),
    }))
    const squares = clusters.reduce((total, c) => total + c.voteSquares, 0)
    const robust = clusterRobust(clusters, squares, i.alpha)
    const bootstrap = clusteredBootstrap(ratios, i.B, i.alpha, mulberry32(i.seed))
    return {
      delta: bootstrap?.estimate,
      N_impressions: robust.votes,
      G_users: robust.clusters,
      boot_first5: [...(bootstrap?.replicates.slice(0, 5) ?? [])],
      boot_mean: bootstrap?.mean,
      boot_se_ddof1: bootstrap?.se,
      percentile_ci: pair(bootstrap?.percentile ?? null),
      basic_ci: pair(bootstrap?.basic ?? null),
      bca_z0: bootstrap?.bca?.z0,
      bca_a: bootstrap?.bca?.a,
      bca_ci: pair(bootstrap?.bca?.interval ?? null),
      cluster_robust_se: robust.se,
      cluster_robust_ci_t: pair(robust.interval),
      naive_se: robust.naiveSe,
      design_effect: robust.designEffect,
    }
  },
  user_score: (i) => {
    const rows = (i.users_wA_wB_ties as readonly Row[]).map(votesOf)
    const x = rows.map((row) => userScore(row, 'mean')).filter((score) => score !== null)
    const test = meanTest(x, 0.5, i.alpha)
    const total = rows.reduce((a, b) => ({
      winsA: a.winsA + b.winsA,
      winsB: a.winsB + b.winsB,
      ties: a.ties + b.ties,
    }))
    return {
      x,
      mean: test.mean,
      delta_user: test.mean === null ? null : test.mean - 0.5,
      se: test.se,
      t: test.t,
      df: test.df,
      p: test.p,
      ci_delta: pair(test.interval)?.map((end) => end - 0.5),
      delta_impression: voteDelta(total, i.alpha).delta,
    }
  },
  icc: (i) => {
    const result = icc(clustersOf(i))
    return {
      msb: result?.msBetween,
      msw: result?.msWithin,
      m0: result?.m0,
      icc: result?.raw,
      icc_used: result?.icc,
      mean_cluster: result?.meanVotes,
      deff: designEffect(result?.meanVotes ?? 1, result?.icc ?? null),
    }
  },
  paired_t: ({ A, B }) => {
    const test = pairedTest(A, B, 0.05)
    const ranks = wilcoxonTest(differences(A, B))
    const welch = welchTest(A, B)
    return {
      mean_diff: test.mean,
      sd_diff: test.sd,
      t: test.t,
      df: test.df,
      p: test.p,
      ci95: pair(test.interval),
      cohen_dz: test.cohenDz,
      hedges_gz: test.hedgesGz,
      wilcoxon_n_nonzero: ranks.nonZero,
      wilcoxon_W_min_rank_sum: ranks.w,
      wilcoxon_p_normal_tiecorr: ranks.p,
      wilcoxon_p_normal_tiecorr_cc: ranks.pCorrected,
      wilcoxon_p_exact_ignoring_ties: ranks.pExactIgnoringTies,
      welch_t: welch?.t,
      welch_p: welch?.p,
      welch_df: welch?.df,
    }
  },
  wilcoxon_zero_methods: ({ x }) => {
    const split = wilcoxonTest(x, 'split')
    const drop = wilcoxonTest(x, 'drop')
    const test = meanTest(x, 0, 0.05)
    return {
      zsplit: { W: split.w, p: split.p },
      wilcox: { W: drop.w, p: drop.p },
      t: test.t,
      t_p: test.p,
    }
  },
  cuped: (i) => {
    const result = cuped(i.Y, i.X_pre)
    return {
      theta: result?.theta,
      adj_mean: result?.mean,
      var_raw: result?.varianceRaw,
      var_adj: result?.varianceAdjusted,
      variance_reduction: result?.reduction,
      rho2: result?.reduction,
    }
  },
  bayes_beta: (i) => ({
    rows: i.points.map(({ k, n }: { k: number; n: number }) => {
      const equivalence = { low: i.rope[0], high: i.rope[1] }
      const result = bayesPreference(k, n, { prior: i.prior, equivalence, alpha: 0.05 })
      return {
        k,
        n,
        P_A_better: result.pABetter,
        cred95: pair(result.credible),
        post_mean: result.mean,
        P_in_ROPE: result.pEquivalent,
        expected_loss_if_A: result.expectedLossOfA,
      }
    }),
  }),
  verdict: (i) => ({
    states: i.rows.map((row: VerdictRow) => {
      const { cs_delta: ends } = row
      const interval = ends && { low: ends[0], high: ends[1] }
      const result = verdict({
        blocking: row.blocking_health_failure ? ['sampleRatio'] : [],
        configChanged: false,
        users: row.users,
        delta: interval && (interval.low + interval.high) / 2,
        interval,
        equivalence: row.rope[1],
        horizon: null,
      })
      return stateNames[result.state]
    }),
  }),
}

const nothing = {
  blocking: [],
  configChanged: false,
  users: 0,
  delta: null,
  interval: null,
  equivalence: 0.01,
  horizon: null,
}
