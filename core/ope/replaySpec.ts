import { z } from 'zod'
import { AgentSpec } from '#core/agent/params'
import { ModelHash } from '#core/model/savedModel'

const epsilon = z
  .number()
  .min(0)
  .max(1)
  .default(0)
  .describe('ε: share of decisions that are uniform over all actions')

/** What to show instead of what the log shows. Whatever is learnt from the log is learnt out of fold. */
export const EvaluationPolicySpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uniform') }),
  z.strictObject({
    kind: z.literal('table'),
    probabilities: z
      .record(z.string(), z.array(z.number().min(0).max(1)).min(1).max(1000))
      .describe('by action id: π_e(action) at each position, or one number for all positions'),
  }),
  z.strictObject({ kind: z.literal('popularity'), epsilon }),
  z.strictObject({ kind: z.literal('model'), epsilon }),
  z.strictObject({
    kind: z.literal('learner'),
    agent: AgentSpec.prefault({ kind: 'linear' }).describe('trained on the other folds of the log'),
    epsilon,
  }),
  z.strictObject({
    kind: z.literal('saved'),
    model: ModelHash.describe('hash of a model of the workspace'),
    label: z.string().trim().min(1).max(40).optional().describe('name in sentences'),
    epsilon,
  }),
  z.strictObject({
    kind: z.literal('softmax'),
    temperature: z
      .number()
      .gt(0)
      .max(1000)
      .default(0.01)
      .describe('probabilities ∝ exp(q̂ / temperature), in units of the reward'),
  }),
  z.strictObject({
    kind: z.literal('thompson'),
    alpha: z.number().gt(0).max(1e6).default(1).describe('prior clicks + 1 of each action'),
    beta: z.number().gt(0).max(1e6).default(1).describe('prior no-clicks + 1 of each action'),
    draws: z.int().min(100).max(1_000_000).default(10_000).describe('Monte Carlo draws'),
  }),
])
export type EvaluationPolicySpec = z.output<typeof EvaluationPolicySpec>

/** One off-policy evaluation: a log, a policy, and how its value is estimated. */
export const ReplaySpec = z.strictObject({
  version: z.literal(1).default(1),
  name: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .default('Off-policy evaluation')
    .describe('name in lists'),
  dataset: z.string().min(1).max(200).describe('name of a log of bandit feedback'),
  policy: EvaluationPolicySpec.prefault({ kind: 'uniform' }),
  rewardModel: z
    .enum(['none', 'mean', 'ridge', 'logistic'])
    .default('logistic')
    .describe(
      'q̂ of DM, DR and their kin, cross-fitted: mean of each action and position, or a regression on action, position and context',
    ),
  folds: z
    .int()
    .min(2)
    .max(20)
    .default(3)
    .describe('parts of the users that models are fitted out of'),
  penalty: z.number().gt(0).max(1e6).default(1).describe('L2 penalty of the regressions'),
  clip: z.number().gt(0).max(1e6).default(10).describe('M: weights above it are cut'),
  switchAt: z
    .number()
    .gt(0)
    .max(1e6)
    .default(10)
    .describe('τ: above it Switch-DR trusts the model'),
  shrinkage: z.number().gt(0).max(1e6).default(10).describe('λ of optimistic shrinkage'),
  replicates: z.int().min(100).max(10_000).default(1000).describe('bootstrap samples of users'),
  errorRate: z.number().min(0.001).max(0.2).default(0.05).describe('1 − level of the intervals'),
  rewardLow: z.number().default(0).describe('least reward of one decision'),
  rewardHigh: z.number().default(1).describe('greatest reward of one decision'),
})
export type ReplaySpec = z.output<typeof ReplaySpec>
