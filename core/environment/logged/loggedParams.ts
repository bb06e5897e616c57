import { z } from 'zod'

/** News or other impressions with a label per candidate, replayed by the clock of the log. */
export const LoggedImpressionsParams = z.strictObject({
  kind: z.literal('impressions'),
  dataset: z.string().min(1).max(200).describe('name of an imported log of impressions'),
  pastShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.3)
    .describe(
      'share of the log that is the past: learners are trained on it and nothing is judged',
    ),
  clickedAttraction: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('click probability of an examined candidate that was clicked in the log'),
  otherAttraction: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('the same of one that was not: it may not have been seen, so 0 is a choice'),
  factors: z
    .int()
    .min(1)
    .max(64)
    .default(16)
    .describe('length of the item vectors factorised from the users’ reading histories'),
})
export type LoggedImpressionsParams = z.output<typeof LoggedImpressionsParams>

/** Queries with graded documents; simulated users ask them and click by a click model. */
export const GradedQueriesParams = z.strictObject({
  kind: z.literal('queries'),
  dataset: z.string().min(1).max(200).describe('name of imported graded queries'),
  users: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(500)
    .describe('simulated users that ask the queries'),
  pastShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe('requests before the run, as a share of those in it; learners are trained on them'),
  attractionByGrade: z
    .array(z.number().min(0).max(1))
    .length(5)
    .default([0.1, 0.16, 0.28, 0.52, 1])
    .describe('click probability of an examined document by its grade 0 to 4 (ULTRA)'),
})
export type GradedQueriesParams = z.output<typeof GradedQueriesParams>

/** Contexts of a bandit log; the reward of every action is estimated from the log. */
export const LoggedBanditParams = z.strictObject({
  kind: z.literal('bandit'),
  dataset: z.string().min(1).max(200).describe('name of an imported log of bandit feedback'),
  users: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(500)
    .describe('simulated users, each with the context of one logged round'),
  pastShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe('requests before the run, as a share of those in it; learners are trained on them'),
  penalty: z
    .number()
    .gt(0)
    .max(1e6)
    .default(1)
    .describe('L2 penalty of the logistic regression that estimates the rewards'),
})
export type LoggedBanditParams = z.output<typeof LoggedBanditParams>
