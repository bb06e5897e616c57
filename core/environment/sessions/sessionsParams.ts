import { z } from 'zod'

/** World E: sessions in which users look around by themselves and are shown recommendations between. */
export const SessionsParams = z.strictObject({
  kind: z.literal('sessions'),
  users: z.int().min(2).max(100_000).default(200).describe('users, each with one visit'),
  products: z.int().min(10).max(100_000).default(100).describe('P, products'),
  dimensions: z.int().min(1).max(64).default(5).describe('length of product and user vectors'),
  popularitySpread: z
    .number()
    .min(0)
    .max(10)
    .default(3)
    .describe('sd of μ, the products’ popularity'),
  drift: z
    .number()
    .min(0)
    .max(2)
    .default(0.1)
    .describe('ω ← ω + this · N(0, I) at each organic step; 0 switches it off'),
  flips: z
    .int()
    .min(0)
    .max(50_000)
    .default(0)
    .describe(
      'pairs of the most similar products whose vectors are swapped for clicks, so that organic similarity misleads',
    ),
  leave: z
    .number()
    .min(0.001)
    .max(0.5)
    .default(0.01)
    .describe('probability of leaving at each step'),
  toOrganic: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.05)
    .describe('probability of looking around after a recommendation'),
  toBandit: z
    .number()
    .min(0.01)
    .max(0.9)
    .default(0.25)
    .describe('probability of a recommendation after looking around'),
  logUsers: z
    .int()
    .min(10)
    .max(100_000)
    .default(500)
    .describe('earlier users whose organic views the recommender has on record'),
  worldSeed: z
    .int()
    .min(0)
    .max(2 ** 32)
    .default(1)
    .describe('seed of products and of the recorded views, apart from the run’s'),
})
export type SessionsParams = z.output<typeof SessionsParams>
