import {
  averagePrecisionAt,
  hitRateAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from '#core/metric/binary'
import { dcg } from '#core/metric/dcg'
import { intraListSimilarity } from '#core/metric/diversity'
import { exposure } from '#core/metric/exposure'
import { ndcg } from '#core/metric/ndcg'
import { kendallTau, spearmanRho } from '#core/metric/rankCorrelation'
import { rboExtrapolated, rboMinimum } from '#core/metric/rbo'
import { treeShape } from '#core/metric/treeShape'
import { weightDiagnostics } from '#core/ope/diagnostics'
import { offPolicyEstimators, type OffPolicyEstimatorId } from '#core/ope/estimators'
import { loggedRounds, type LoggedRounds } from '#core/ope/loggedRounds'
import { mulberry32 } from '#core/random/mulberry32'
import { clusteredBootstrap } from '#core/stats/clusteredBootstrap'
import type { Family, Inputs } from './family.ts'

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

/** Everything that the three off-policy families ask for; each takes what it names. */
function evaluate(rounds: LoggedRounds, i: Inputs) {
  const clip = i.clip_M ?? 10
  const options = { clip, switchAt: i.switch_tau ?? 10, shrinkage: i.dros_lambda ?? 1 }
  const run = (id: OffPolicyEstimatorId) => offPolicyEstimators[id](rounds, options)
  const weights = weightDiagnostics(rounds, clip)
  return {
    weights: rounds.weight,
    IPS: run('ips').value,
    IPS_se: run('ips').se,
    IPS_clipped: run('ipsClipped').value,
    SNIPS: run('snips').value,
    SNIPS_delta_se: run('snips').se,
    SNIPS_clipped: run('snipsClipped').value,
    DM: run('dm').value,
    DR: run('dr').value,
    DR_se: run('dr').se,
    DR_clipped: run('drClipped').value,
    SNDR: run('sndr').value,
    SwitchDR: run('switchDr').value,
    DRos: run('drOs').value,
    ESS_kish: weights.ess,
    ESS_ratio: weights.essRatio,
    max_weight: weights.maxWeight,
    max_weight_share: weights.maxWeightShare,
    mean_weight: weights.meanWeight,
    mean_weight_z: weights.meanWeightZ,
    clipped_fraction: weights.clippedFraction,
    on_policy_value_logged: mean(rounds.reward),
  }
}

export const offPolicyAndMetrics: Record<string, Family> = {
  ope: (i) => {
    const rounds = loggedRounds(
      i.action.map((action: number, t: number) => ({
        action,
        propensity: i.pscore[t],
        reward: i.reward[t],
        target: i.pi_e[t],
        predicted: i.q_hat[t],
      })),
    )
    return rounds && evaluate(rounds, i)
  },
  ope_simulated: (i) => {
    const rounds = loggedRounds(
      i.action.map((action: number, t: number) => ({
        action,
        propensity: i.pi_b[action],
        reward: i.reward[t],
        target: i.pi_e,
        logging: i.pi_b,
        predicted: i.q_hat,
      })),
    )
    return rounds && evaluate(rounds, i)
  },
  ope_open_bandit: (i) => {
    const weight: number[] = []
    const reward: number[] = []
    i.impressions.forEach((counts: readonly number[], item: number) => {
      counts.forEach((count, position) => {
        for (let round = 0; round < count; round++) {
          weight.push(i.pi_e[item][position] * i.items)
          reward.push(round < i.clicks[item][position] ? 1 : 0)
        }
      })
    })
    const rounds = { weight, reward, predicted: null, value: null }
    const bootstrap = (denominator: (w: number) => number) =>
      clusteredBootstrap(
        weight.map((w, t) => ({ numerator: w * reward[t]!, denominator: denominator(w) })),
        500,
        0.05,
        mulberry32(1),
      )?.percentile
    const ips = bootstrap(() => 1)
    const snips = bootstrap((w) => w)
    return {
      ...evaluate(rounds, i),
      clicks: reward.filter((r) => r === 1).length,
      rounds: reward.length,
      bootstrap95_IPS: [ips?.low, ips?.high],
      bootstrap95_SNIPS: [snips?.low, snips?.high],
    }
  },
  ndcg: ({ rel, pool, k }) =>
    Object.fromEntries(
      k.flatMap((depth: number) => [
        [`dcg_exp@${depth}`, dcg(rel, depth)],
        [`ndcg_exp@${depth}_listIdeal`, ndcg(rel, { k: depth }).value],
        [`ndcg_exp@${depth}_poolIdeal`, ndcg(rel, { k: depth, pool }).value],
        [`ndcg_lin@${depth}_listIdeal`, ndcg(rel, { k: depth, gain: 'linear' }).value],
      ]),
    ),
  binary_metrics: (i) => {
    const lists: boolean[][] = i.binary.map((row: readonly number[]) => row.map((hit) => hit === 1))
    const relevant: readonly number[] = i.total_relevant
    const rr = lists.map(reciprocalRank)
    const perDepth = i.k.flatMap((k: number) => {
      const ap = lists.map((hits, q) => averagePrecisionAt(hits, k, relevant[q]!) ?? 0)
      return [
        [`P@${k}`, mean(lists.map((hits) => precisionAt(hits, k)))],
        [`R@${k}`, mean(lists.map((hits, q) => recallAt(hits, k, relevant[q]!) ?? 0))],
        [`HR@${k}`, mean(lists.map((hits) => hitRateAt(hits, k)))],
        [`AP@${k}`, ap],
        [`MAP@${k}`, mean(ap)],
      ]
    })
    return { rr, MRR: mean(rr), ...Object.fromEntries(perDepth) }
  },
  ils: (i) => {
    const result = intraListSimilarity(i.item_vectors)
    return {
      ILS_mean_pairwise_cosine: result.mean,
      ILS_sum_Ziegler: result.sum,
      ILD: result.distance,
    }
  },
  rbo: (i) =>
    Object.fromEntries(
      i.p.flatMap((p: number) => [
        [`ext_S_T_${p}`, rboExtrapolated(i.S, i.T, p)],
        [`min_S_T_${p}`, rboMinimum(i.S, i.T, p)],
        [`ext_S_U_${p}`, rboExtrapolated(i.S, i.U_uneven, p)],
      ]),
    ),
  rank_correlation: (i) => {
    const plain = kendallTau(i.x, i.y)
    const tied = kendallTau(i.xt, i.yt)
    return {
      tau_b: plain?.tauB,
      tau_p_exact: plain?.pExact,
      discordant: plain?.discordant,
      tau_b_ties: tied?.tauB,
      tau_c_ties: tied?.tauC,
      spearman: spearmanRho(i.x, i.y),
    }
  },
  exposure: (i) => {
    const result = exposure(i.exposures)
    return {
      gini: result.gini,
      gini_unbiased: result.giniUnbiased,
      catalog_coverage: result.coverage,
      shannon_bits: result.entropyBits,
      effective_items: result.effectiveItems,
      lorenz: result.lorenz,
    }
  },
  tree_shape: (i) => ({
    rows: i.trees.map(({ items, depth }: { items: number; depth: number }) => {
      const shape = treeShape(items, depth)
      return {
        items,
        depth,
        c: shape.children,
        leaf_capacity: shape.leafCapacity,
        fill: shape.fill,
        internal_nodes: shape.internalNodes,
        decision_cost: shape.decisionCost,
        vs_flat: shape.versusFlat,
      }
    }),
  }),
}
