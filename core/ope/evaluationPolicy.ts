import type { BanditLog } from '#core/dataset/kinds/bandit'
import { betaDraw } from '#core/random/betaDraw'
import type { Rng } from '#core/random/rng'
import type { ActionScores } from './rankedPolicy.ts'
import type { EvaluationPolicySpec } from './replaySpec.ts'
import type { RewardModel } from './rewardModel.ts'

/** π_e: how likely each action is in a round of the log, at its position. */
export interface EvaluationPolicy {
  /** @param out receives the probabilities, [actions], which sum to 1 */
  probabilities(round: number, out: Float64Array): void
  /** Frees what a learner or a model holds. */
  dispose?(): void
}

/**
 * A policy that knows of the log no more than `rounds` and `model` do.
 *
 * @param rounds that counts are taken from; @param model fitted on the same rounds
 * @param scoresOf makes a learner, trained on the same rounds, or a saved model
 * @throws RangeError for a table that does not sum to 1 or names an action that the log has not
 */
export function evaluationPolicy(
  spec: EvaluationPolicySpec,
  log: BanditLog,
  rounds: ArrayLike<number>,
  model: RewardModel | null,
  rng: Rng,
  scoresOf: (spec: RankedSpec) => ActionScores,
): EvaluationPolicy {
  switch (spec.kind) {
    case 'uniform':
      return { probabilities: (_, out) => out.fill(1 / log.actions) }
    case 'table':
      return byPosition(log, tableOf(spec.probabilities, log))
    case 'popularity': {
      const { successes, shown } = countsOf(log, rounds)
      const rate = successes.map((sum, action) => sum / Math.max(1, shown[action]!))
      return byPosition(log, greedyRows(rate, log.positions, spec.epsilon))
    }
    case 'thompson':
      return byPosition(log, thompsonRows(log, rounds, spec, rng))
    case 'model': {
      const fitted = requireModel(model, spec.kind)
      const scores = new Float64Array(log.actions)
      return {
        probabilities(round, out) {
          fitted.predict(round, scores)
          const best = nthBest(scores, log.position?.[round] ?? 0)
          out.fill(spec.epsilon / log.actions)
          out[best]! += 1 - spec.epsilon
        },
      }
    }
    case 'learner':
    case 'saved':
      return greedy(scoresOf(spec), log, spec.epsilon)
    case 'softmax': {
      const fitted = requireModel(model, spec.kind)
      return {
        probabilities(round, out) {
          fitted.predict(round, out)
          let most = -Infinity
          for (const score of out) most = Math.max(most, score)
          let total = 0
          for (let a = 0; a < out.length; a++) {
            out[a] = Math.exp((out[a]! - most) / spec.temperature)
            total += out[a]!
          }
          for (let a = 0; a < out.length; a++) out[a]! /= total
        },
      }
    }
  }
}

/** Policies that rank by scores of their own. */
export type RankedSpec = Extract<EvaluationPolicySpec, { kind: 'learner' | 'saved' }>

/** At position p the action with the p-th highest score, but for a share ε of uniform choices. */
function greedy(scores: ActionScores, log: BanditLog, epsilon: number): EvaluationPolicy {
  const scored = new Float32Array(log.actions)
  return {
    probabilities(round, out) {
      scores.score(round, scored)
      out.fill(epsilon / log.actions)
      out[nthBest(scored, log.position?.[round] ?? 0)]! += 1 - epsilon
    },
    dispose: () => scores.dispose(),
  }
}

function requireModel(model: RewardModel | null, kind: string): RewardModel {
  if (model) return model
  throw new RangeError(`policy.kind ${kind} needs a reward model; set rewardModel`)
}

/** The same for everybody: rows [positions × actions]. */
function byPosition(log: BanditLog, rows: Float64Array): EvaluationPolicy {
  return {
    probabilities(round, out) {
      const from = (log.position?.[round] ?? 0) * log.actions
      out.set(rows.subarray(from, from + log.actions))
    },
  }
}

function tableOf(
  probabilities: Readonly<Record<string, readonly number[]>>,
  log: BanditLog,
): Float64Array {
  const { actions, positions, actionIds } = log
  const rows = new Float64Array(positions * actions)
  for (const [id, shares] of Object.entries(probabilities)) {
    const action = actionIds.indexOf(id)
    if (action < 0) {
      throw new RangeError(
        `policy.probabilities names the action "${id}", which the log does not have; it has ${actionIds.slice(0, 5).join(', ')} …`,
      )
    }
    if (shares.length !== 1 && shares.length !== positions) {
      throw new RangeError(
        `policy.probabilities of "${id}" has ${shares.length} numbers for ${positions} positions`,
      )
    }
    for (let p = 0; p < positions; p++) rows[p * actions + action] = shares[p] ?? shares[0]!
  }
  for (let p = 0; p < positions; p++) {
    const total = rows.subarray(p * actions, (p + 1) * actions).reduce((sum, x) => sum + x, 0)
    // published tables are rounded
    if (Math.abs(total - 1) > 0.01) {
      throw new RangeError(`policy.probabilities sum to ${total} at position ${p + 1}, not to 1`)
    }
  }
  return rows
}

/** Position p shows the action that is p-th best. */
function greedyRows(value: Float64Array, positions: number, epsilon: number): Float64Array {
  const actions = value.length
  const rows = new Float64Array(positions * actions).fill(epsilon / actions)
  for (let p = 0; p < positions; p++) {
    rows[p * actions + nthBest(value, p)]! += 1 - epsilon
  }
  return rows
}

/** Ties go to the lower number. */
function nthBest(value: Float64Array | Float32Array, n: number): number {
  const order = Array.from(value, (_, action) => action)
  order.sort((a, b) => value[b]! - value[a]! || a - b)
  return order[Math.min(n, order.length - 1)]!
}

/**
 * How often each action is drawn into each position, by Monte Carlo over the Beta posteriors.
 *
 * Source: Chapelle & Li, "An empirical evaluation of Thompson sampling", NeurIPS 2011; the law by
 * sampling as in Saito et al., "Open Bandit Dataset and Pipeline", NeurIPS 2021.
 */
function thompsonRows(
  log: BanditLog,
  rounds: ArrayLike<number>,
  { alpha, beta, draws }: Extract<EvaluationPolicySpec, { kind: 'thompson' }>,
  rng: Rng,
): Float64Array {
  const { actions, positions } = log
  const { successes, shown } = countsOf(log, rounds)
  const rows = new Float64Array(positions * actions)
  const drawn = new Float64Array(actions)
  const depth = Math.min(positions, actions)
  for (let n = 0; n < draws; n++) {
    for (let a = 0; a < actions; a++) {
      const wins = Math.max(0, successes[a]!)
      drawn[a] = betaDraw(rng, alpha + wins, beta + Math.max(0, shown[a]! - wins))
    }
    for (let p = 0; p < depth; p++) {
      const best = indexOfMost(drawn)
      drawn[best] = -1
      rows[p * actions + best]! += 1 / draws
    }
  }
  return rows
}

function indexOfMost(values: Float64Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

function countsOf(log: BanditLog, rounds: ArrayLike<number>) {
  const successes = new Float64Array(log.actions)
  const shown = new Float64Array(log.actions)
  for (let i = 0; i < rounds.length; i++) {
    const action = log.action[rounds[i]!]!
    successes[action]! += log.reward[rounds[i]!]!
    shown[action]!++
  }
  return { successes, shown }
}
