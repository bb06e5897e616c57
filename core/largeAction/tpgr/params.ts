import { z } from 'zod'

/** How a tree-structured policy learns (Chen et al., AAAI 2019; defaults of our reference runs, TP5). */
export const TpgrParams = z
  .strictObject({
    updates: z.int().min(1).max(1_000_000).default(400).describe('gradient steps'),
    episodesPerUpdate: z
      .int()
      .min(2)
      .max(65_536)
      .default(256)
      .describe('episodes of each gradient'),
    episodesPerUser: z
      .int()
      .min(2)
      .max(1024)
      .default(8)
      .describe('episodes of one user whose mean return is the baseline of that user'),
    gamma: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('discount of later rewards (authors’ code)'),
    stateBaseline: z
      .boolean()
      .default(true)
      .describe(
        'take from a return also what the runs and counts of its state explain: with α > 0 most of it is earned before the decision',
      ),
    entropy: z.number().min(0).max(10).default(0.02).describe('weight of the entropy bonus'),
    learningRate: z.number().min(0).max(1).default(5e-3).describe('step size of Adam'),
    finalRate: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('share of the step size that is left at the last update, falling linearly'),
    clip: z.number().positive().max(1e6).default(5).describe('largest norm of a gradient'),
    sampling: z
      .enum(['masked', 'authors'])
      .default('masked')
      .describe(
        '`masked`: one distribution in sampling and loss; `authors`: unmasked in the loss, weighted by open leaves in sampling',
      ),
    recurrent: z.boolean().default(true).describe('a simple recurrent unit in the state'),
    hidden: z
      .int()
      .min(0)
      .max(1024)
      .default(0)
      .describe('shared hidden units beside the state; 0 for linear heads'),
    feedback: z
      .int()
      .min(0)
      .max(256)
      .default(16)
      .describe('width of the sum of item vectors weighted by the answers; 0 for none'),
    belief: z
      .int()
      .min(0)
      .max(256)
      .default(0)
      .describe('rank of the ridge estimate of the user in the state; 0 for none'),
    shown: z
      .boolean()
      .default(false)
      .describe(
        'how many items were shown under each child of the root, in the state: without it the root can not know what is used up',
      ),
    headSharpness: z
      .number()
      .min(0)
      .max(1000)
      .default(0)
      .describe(
        'start with heads that rank as the ridge estimate does, softmax of so many times the expected answer; 0 for random heads',
      ),
    warmUpdates: z
      .int()
      .min(0)
      .max(100_000)
      .default(0)
      .describe('steps that imitate GreedySVD before the policy learns from rewards'),
    warmRate: z
      .number()
      .min(0)
      .max(1)
      .default(5e-3)
      .describe('step size of Adam while imitating, falling as the other does'),
    warmRank: z
      .int()
      .min(1)
      .max(256)
      .default(32)
      .describe('rank of the GreedySVD that is imitated'),
  })
  .refine((params) => params.episodesPerUpdate % params.episodesPerUser === 0, {
    message: 'it must be a multiple of agent.episodesPerUser',
    path: ['episodesPerUpdate'],
  })
  .refine((params) => params.headSharpness === 0 || params.belief > 0, {
    message: 'it ranks by a ridge estimate, of which agent.belief must be the rank',
    path: ['headSharpness'],
  })
export type TpgrParams = z.output<typeof TpgrParams>
