import { mulberry32 } from '#core/random/mulberry32'
import { lastTouch } from '../../../support/lastTouch.ts'
import { firstPickFairness, positionTeam } from '#core/stats/fairness'
import { pairsForT, usersPerArm, usersPerArmArcsine, usersPerArmForT } from '#core/stats/powerAb'
import { powerInterleaving, sustainedDecisive } from '#core/stats/powerInterleaving'
import { sampleRatioTest, SequentialSampleRatio } from '#core/stats/sampleRatio'
import { sensitivityRatio } from '#core/stats/sensitivity'
import { pair, type Family, type Inputs } from './family.ts'

/** The file's colours of a health level. */
const severity = { ok: 'ok', warn: 'yellow', block: 'red' } as const

export const planning: Record<string, Family> = {
  srm_chisquare: (i) => {
    const test = sampleRatioTest(i.observed, i.expected_share)
    return {
      chi2: test.chi2,
      df: test.df,
      p: test.p,
      max_abs_deviation: test.maxDeviation,
      severity: severity[test.level],
      p_binomial_exact: test.pExact,
    }
  },
  srm_sequential: (i) => {
    const check = new SequentialSampleRatio(i.p0, i.concentration)
    return {
      rows: i.daily.map((counts: readonly number[]) => {
        check.add(counts)
        return { log_bf: check.lnBayesFactor(), p: check.p() }
      }),
    }
  },
  first_pick_fairness: (i) => {
    const result = firstPickFairness(i.rounds_firstA_firstB)
    return {
      firstA: result.firstA,
      n: result.n,
      share: result.share,
      p_binomial_exact: result.p,
      homogeneity_chi2: result.homogeneity.chi2,
      homogeneity_df: result.homogeneity.df,
      homogeneity_p: result.homogeneity.p,
      severity: severity[result.level],
    }
  },
  position_team: (i) => {
    const result = positionTeam(i.table)
    return { chi2: result.chi2, df: result.df, p: result.p, adj_residuals: result.residuals }
  },
  attribution: (i) => {
    const result = lastTouch(i.impressions, i.events, i.window_s)
    return {
      impression: result.impression,
      counts: {
        attributed: result.attributed,
        orphan: result.orphan,
        ambiguous: result.ambiguous,
      },
      orphan_rate: result.orphanRate,
      ambiguous_rate: result.ambiguousRate,
    }
  },
  power_interleaving: (i) => ({
    rows: i.p_A.map((p: number) => {
      const result = powerInterleaving(p, {
        alpha: i.alpha,
        power: i.power,
        tieRate: i.tie_rate,
        noVoteRate: i.no_vote_rate,
        meanImpressionsPerUser: i.mean_impressions_per_user,
        icc: i.icc,
      })
      const exact = result?.sustained === null
      return {
        p_A: p,
        n_decisive: result?.decisive,
        n_ceil: Math.ceil(result?.decisive ?? 0),
        exact_power_at_ceil: result?.exactPower,
        n_exact_sustained: exact ? null : sustainedDecisive(p, i.alpha, i.power, i.sustained_span),
        deff: result?.designEffect,
        impressions: result?.impressions,
        users: result?.users,
      }
    }),
  }),
  power_ab: (i) => ({
    rows: i.arms.map(({ baseline, rel_lift }: { baseline: number; rel_lift: number }) => {
      const treated = baseline * (1 + rel_lift)
      const arcsine = usersPerArmArcsine(baseline, treated, i)
      return {
        baseline,
        rel_lift,
        n_per_arm_pooled: usersPerArm(baseline, treated, i),
        cohen_h: arcsine.h,
        n_per_arm_cohen_h: arcsine.n,
      }
    }),
    paired_t_n: pairsForT(i.d, i),
    two_sample_t_n_per_arm: usersPerArmForT(i.d, i),
  }),
  sensitivity_ratio: (i) => {
    const pairs = i.pairs.map((p: Inputs) => ({
      zInterleaving: p.z_il,
      nInterleaving: p.n_il,
      zAb: p.z_ab,
      nAb: p.n_ab,
    }))
    const bootstrap = { replicates: i.B, rng: mulberry32(i.seed) }
    const result = sensitivityRatio(pairs, 'clicks per impression', 0.05, bootstrap)
    return {
      ratios: result.ratios,
      pooled_geometric_mean: result.pooled,
      bootstrap_ci95: pair(result.interval),
    }
  },
}
