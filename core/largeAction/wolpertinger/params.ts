import { z } from 'zod'

/** Defaults of our reference run (W2); papers and public code differ widely. */
export const WolpertingerParams = z.strictObject({
  steps: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(1000)
    .describe('steps of all environments together; two updates follow each'),
  environments: z.int().min(1).max(4096).default(64).describe('episodes that run side by side'),
  updatesPerStep: z.int().min(1).max(64).default(2).describe('gradient steps after each step'),
  k: z
    .discriminatedUnion('unit', [
      z.strictObject({ unit: z.literal('count'), count: z.int().min(1).max(1_000_000) }),
      z.strictObject({ unit: z.literal('share'), share: z.number().positive().max(1) }),
    ])
    .default({ unit: 'share', share: 0.01 })
    .describe('items near the proto-action that the critic looks at: few, and searched for'),
  cure: z
    .enum(['normalise', 'nnLoss', 'none'])
    .default('normalise')
    .describe(
      'what keeps the proto-action near items: unit length of both, a loss at the nearest item, or nothing',
    ),
  index: z
    .enum(['exact', 'clustered'])
    .default('exact')
    .describe('search among all items, or among those of the nearest clusters'),
  gamma: z.number().min(0).max(1).default(0.9).describe('discount of later rewards'),
  tau: z.number().positive().max(1).default(0.01).describe('share by which targets follow'),
  actorRate: z.number().min(0).max(1).default(1e-3).describe('step size of the actor'),
  criticRate: z.number().min(0).max(1).default(2e-3).describe('step size of the critic'),
  batch: z.int().min(1).max(65_536).default(64).describe('transitions of an update'),
  hidden: z
    .int()
    .min(1)
    .max(4096)
    .default(64)
    .describe('units of both hidden layers of each network'),
  replay: z.int().min(1).max(10_000_000).default(100_000).describe('transitions that are kept'),
  epsilonEnd: z.number().min(0).max(1).default(0.05).describe('share of random items in the end'),
  epsilonShare: z
    .number()
    .positive()
    .max(1)
    .default(0.4)
    .describe('share of the steps over which random items become fewer, from all of them'),
})
export type WolpertingerParams = z.output<typeof WolpertingerParams>

/** Items that the critic looks at. */
export function neighbourCount({ k }: WolpertingerParams, items: number): number {
  const wanted = k.unit === 'count' ? k.count : Math.round(k.share * items)
  return Math.min(items, Math.max(1, wanted))
}
