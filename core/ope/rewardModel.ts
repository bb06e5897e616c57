import { CholeskySolver } from '#core/bandit/choleskySolver'
import type { BanditLog } from '#core/dataset/kinds/bandit'
import type { BanditDesign } from './banditDesign.ts'

/** q̂(x, a): what a decision is expected to earn. */
export interface RewardModel {
  /** @param out receives q̂ of every action of the round at its position, [actions] */
  predict(round: number, out: Float64Array): void
}

/**
 * Mean reward of each action at each position, drawn towards the mean of all by one pseudo-round.
 *
 * @param rounds that it is fitted on
 */
export function meanModel(log: BanditLog, rounds: ArrayLike<number>): RewardModel {
  const { actions, positions } = log
  const sums = new Float64Array(actions * positions)
  const counts = new Float64Array(actions * positions)
  let total = 0
  for (let i = 0; i < rounds.length; i++) {
    const round = rounds[i]!
    const cell = (log.position?.[round] ?? 0) * actions + log.action[round]!
    sums[cell]! += log.reward[round]!
    counts[cell]!++
    total += log.reward[round]!
  }
  const overall = rounds.length > 0 ? total / rounds.length : 0
  const means = sums.map((sum, cell) => (sum + overall) / (counts[cell]! + 1))
  return {
    predict(round, out) {
      const from = (log.position?.[round] ?? 0) * actions
      out.set(means.subarray(from, from + actions))
    },
  }
}

/**
 * Ridge or logistic regression on action, position and context, the intercept left free of the
 * penalty; the logistic one by Newton's method from zero.
 *
 * @param rounds that it is fitted on; @param penalty L2, > 0
 */
export function regressionModel(
  log: BanditLog,
  design: BanditDesign,
  rounds: ArrayLike<number>,
  kind: 'ridge' | 'logistic',
  penalty: number,
): RewardModel {
  const { width } = design
  const weights = new Float64Array(width)
  const gram = new Float64Array(width * width)
  const right = new Float64Array(width)
  const step = new Float64Array(width)
  const solver = new CholeskySolver(width)
  const columns: number[] = []
  const values: number[] = []
  const visit = (column: number, value: number): void => {
    columns.push(column)
    values.push(value)
  }
  const load = (round: number): void => {
    columns.length = 0
    values.length = 0
    design.context(round, visit)
    visit(design.actionColumn(log.action[round]!), 1)
  }
  const newtonStep = (): number => {
    gram.fill(0)
    for (let c = 0; c < width; c++) {
      gram[c * width + c] = c === 0 ? 1e-9 : penalty
      right[c] = c === 0 ? 0 : -penalty * weights[c]!
    }
    for (let i = 0; i < rounds.length; i++) {
      const round = rounds[i]!
      load(round)
      let score = 0
      for (let e = 0; e < columns.length; e++) score += weights[columns[e]!]! * values[e]!
      const mean = kind === 'ridge' ? score : sigmoid(score)
      const curvature = kind === 'ridge' ? 1 : Math.max(1e-9, mean * (1 - mean))
      const residual = log.reward[round]! - mean
      for (let e = 0; e < columns.length; e++) {
        const row = columns[e]!
        right[row]! += values[e]! * residual
        const scaled = curvature * values[e]!
        for (let f = 0; f < columns.length; f++) {
          if (columns[f]! <= row) gram[row * width + columns[f]!]! += scaled * values[f]!
        }
      }
    }
    solver.factor(gram)
    solver.solve(right, step)
    let largest = 0
    for (let c = 0; c < width; c++) {
      weights[c]! += step[c]!
      largest = Math.max(largest, Math.abs(step[c]!))
    }
    return largest
  }
  // ridge is solved by one step; a saturated logistic fit is stopped, not chased
  for (let turn = 0; turn < (kind === 'ridge' ? 1 : 12); turn++) if (newtonStep() < 1e-6) break
  return {
    predict(round, out) {
      let base = 0
      design.context(round, (column, value) => (base += weights[column]! * value))
      for (let action = 0; action < out.length; action++) {
        const score = base + weights[design.actionColumn(action)]!
        out[action] = kind === 'ridge' ? score : sigmoid(score)
      }
    },
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
