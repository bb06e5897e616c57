import { z } from 'zod'

const horizon = z.int().min(1).max(1000).default(32).describe('steps of an episode')

const reward = {
  minRating: z
    .number()
    .default(1)
    .describe('rating that is worth −1; the authors’ demo takes 0, which makes 3 stars positive'),
  maxRating: z.number().default(5).describe('rating that is worth +1'),
  relevantFrom: z.number().default(3.5).describe('a rating of at least this is relevant'),
  neutral: z
    .enum(['asUnrated', 'threshold'])
    .default('asUnrated')
    .describe(
      'the middle rating: as an item without one, or above or below the threshold of relevance',
    ),
  alpha: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe('bonus per positive answer in a row before, malus per negative one'),
  trainShare: z
    .number()
    .min(0.05)
    .max(0.95)
    .default(0.8)
    .describe('share of the users that is learnt from; the rest is for testing'),
  horizon,
}

/** World A on an imported ratings table. */
const RatingsWorld = z.strictObject({
  kind: z.literal('ratings'),
  dataset: z.string().min(1).max(200).describe('name of an imported ratings table'),
  ...reward,
})

/** World A1: users who like the items of their own hidden type. */
const LatentWorld = z.strictObject({
  kind: z.literal('typedLatent'),
  users: z.int().min(4).max(1_000_000).default(1000).describe('users'),
  items: z.int().min(2).max(100_000).default(256).describe('items; every user has rated each'),
  types: z.int().min(1).max(1000).default(8).describe('hidden types of users and items'),
  likeSame: z.number().min(0).max(1).default(0.9).describe('P(like) when the types are equal'),
  likeOther: z.number().min(0).max(1).default(0.1).describe('P(like) when they differ'),
  worldSeed: z
    .int()
    .min(0)
    .max(2 ** 32)
    .default(7)
    .describe('seed of the world itself'),
  ...reward,
})

/** World B: from item to item. */
export const ItemToItemWorld = z.strictObject({
  kind: z.literal('itemToItem'),
  items: z.int().min(2).max(2000).default(500).describe('items'),
  width: z.int().min(2).max(64).default(8).describe('length of the item vectors'),
  roughness: z
    .number()
    .min(0)
    .max(10)
    .default(0.3)
    .describe('noise of each pair: the rougher, the less neighbours tell'),
  worldSeed: z
    .int()
    .min(0)
    .max(2 ** 32)
    .default(1)
    .describe('seed of the world itself'),
  horizon: horizon.default(40),
})

export type ItemToItemWorld = z.output<typeof ItemToItemWorld>

/** Where an agent of many items is trained (simulators.md A and B). */
export const TrainingWorld = z.discriminatedUnion('kind', [
  LatentWorld,
  RatingsWorld,
  ItemToItemWorld,
])
export type TrainingWorld = z.output<typeof TrainingWorld>
