import { reciprocalRank } from '#core/metric/binary'
import { intraListSimilarity } from '#core/metric/diversity'
import { exposure } from '#core/metric/exposure'
import { ndcg } from '#core/metric/ndcg'
import { kendallTau } from '#core/metric/rankCorrelation'
import { rboExtrapolated } from '#core/metric/rbo'
import { weightDiagnostics } from '#core/ope/diagnostics'
import { offPolicyEstimators } from '#core/ope/estimators'
import { mulberry32 } from '#core/random/mulberry32'
import { bettingInterval } from '#core/stats/bettingInterval'
import { clusteredBootstrap } from '#core/stats/clusteredBootstrap'
import { clusterRobust } from '#core/stats/clusterRobust'
import { eBh } from '#core/stats/eBh'
import { FixedUserT } from '#core/stats/fixedUserT'
import { meanTest, type MeanTest } from '#core/stats/meanTest'
import { pairedTest } from '#core/stats/pairedTest'
import { proportionInterval } from '#core/stats/proportionInterval'
import { verdict } from '#core/stats/verdict'
import { voteDelta } from '#core/stats/voteDelta'
import { wilcoxonTest } from '#core/stats/wilcoxon'
import { pair, type Family } from './family.ts'

const weightless = { weight: [0, 0], reward: [1, 0], predicted: null, value: null }

/** What becomes of a t test without variance when it is the engine of a verdict. */
function withVerdict(test: MeanTest, scores: readonly number[]) {
  const engine = new FixedUserT(0.05, scores.length)
  scores.forEach((x) => engine.add(x))
  const { state } = verdict({
    blocking: [],
    configChanged: false,
    users: scores.length,
    delta: 0,
    interval: engine.interval(),
    equivalence: 0.01,
    horizon: null,
  })
  return { t: test.t, p: test.p, verdict: state }
}

/** The file names the situations; each is made here, once, from its name. */
const situations = {
  delta_0_0_0: () => voteDelta({ winsA: 0, winsB: 0, ties: 0 }, 0.05).delta,
  ci_0_of_0: () => pair(proportionInterval.wilson(0, 0, 0.05)),
  ndcg_all_zero: () => ndcg([0, 0, 0], { k: 3 }).value,
  mrr_no_relevant: () => reciprocalRank([false, false]),
  ess_all_zero_weights: () => weightDiagnostics(weightless, 10).ess,
  snips_all_zero_weights: () => offPolicyEstimators.snips(weightless).value,
  gini_all_zero: () => exposure([0, 0, 0]).gini,
  paired_t_zero_variance: () =>
    withVerdict(pairedTest([0.3, 0.4, 0.5], [0.2, 0.3, 0.4], 0.05), [0.6, 0.6, 0.6]),
  rbo_empty_empty: () => rboExtrapolated([], [], 0.9),
  user_t_two_equal_users: () => withVerdict(meanTest([0.7, 0.7], 0.5, 0.05), [0.7, 0.7]),
  wilcoxon_empty: () => {
    const { w, p } = wilcoxonTest([])
    return { W: w, p }
  },
  kendall_one_point: () => kendallTau([1], [1]),
  ils_zero_vector: () => {
    const { mean, skipped } = intraListSimilarity([
      [1, 0],
      [0, 0],
      [1, 0],
    ])
    return { rule: mean === 1 && skipped === 1 ? 'skip_and_count' : 'other' }
  },
  cs_no_scores: () => pair(bettingInterval([], 0.05)),
  e_bh_none_rejected: () => {
    const { k, threshold } = eBh([0, 1], 0.05)
    return { k, threshold }
  },
  bootstrap_one_user: () =>
    clusteredBootstrap([{ numerator: 1, denominator: 2 }], 100, 0.05, mulberry32(1)),
  design_effect_zero_naive: () =>
    clusterRobust(
      [
        { votes: 1, voteSum: 1 },
        { votes: 2, voteSum: 2 },
      ],
      3,
      0.05,
    ).designEffect,
}

export const degenerate: Record<string, Family> = {
  degenerate: () =>
    Object.fromEntries(Object.entries(situations).map(([name, make]) => [name, make()])),
}
