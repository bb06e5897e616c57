import { z } from 'zod'

/** Defaults follow Ge et al. (WSDM 2021) where a short run allows; deviations are told. */
export const FcpoParams = z.strictObject({
  updates: z.int().min(1).max(100_000).default(100).describe('policy updates'),
  users: z.int().min(1).max(100_000).default(100).describe('trajectories of each update'),
  steps: z.int().min(1).max(1000).default(5).describe('lists of a trajectory (10 in the paper)'),
  listLength: z.int().min(1).max(100).default(5).describe('items of a list, K'),
  width: z.int().min(2).max(256).default(16).describe('length of item vectors and of a row of W'),
  hidden: z.int().min(1).max(512).default(16).describe('units of the recurrent state'),
  history: z.int().min(1).max(100).default(5).describe('liked items that the state is read from'),
  initialLogStd: z
    .number()
    .min(-10)
    .max(3)
    .default(-1)
    .describe('log standard deviation of W at the start (0 in the authors’ code)'),
  userWeight: z
    .number()
    .min(0)
    .max(100)
    .default(4)
    .describe(
      'rows of W start at this multiple of the user’s mean liked vector; 0 starts at nothing',
    ),
  constrained: z
    .boolean()
    .default(true)
    .describe('limit the exposure of popular items; without it the update is TRPO'),
  exposureRatio: z
    .number()
    .positive()
    .max(1e6)
    .default(1)
    .describe('most exposure of the popular group for one of the other, α'),
  popularShare: z
    .number()
    .positive()
    .max(1)
    .default(0.2)
    .describe('share of the items that makes the popular group, by interactions'),
  regroupEvery: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('updates after which the groups follow the policy’s own exposure; 0 for never'),
  costSum: z
    .enum(['discounted', 'plain'])
    .default('discounted')
    .describe('how the cost of a trajectory is summed; the authors’ code compares the plain sum'),
  gamma: z.number().min(0).max(1).default(0.99).describe('discount of rewards and costs'),
  gaeLambda: z.number().min(0).max(1).default(0.98).describe('λ of generalised advantages'),
  maxKl: z
    .number()
    .positive()
    .max(10)
    .default(0.01)
    .describe('largest mean divergence of an update (1e-4 in the authors’ code)'),
  damping: z.number().min(0).max(10).default(1e-3).describe('added to the curvature'),
})
export type FcpoParams = z.output<typeof FcpoParams>
