import { z } from 'zod'
import {
  GradedQueriesParams,
  LoggedBanditParams,
  LoggedImpressionsParams,
} from './logged/loggedParams.ts'
import { NewsParams } from './news/newsParams.ts'
import { SessionsParams } from './sessions/sessionsParams.ts'

const attraction = {
  attractionByGrade: z
    .array(z.number().min(0).max(1))
    .length(5)
    .default([0.1, 0.16, 0.28, 0.52, 1])
    .describe('click probability of an examined item by its grade 0 to 4 (ULTRA)'),
  unratedAttraction: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('click probability of an examined item without a rating: a choice, not a fact'),
  historyShare: z
    .number()
    .min(0.05)
    .max(0.95)
    .default(0.5)
    .describe(
      'share of each user’s ratings that the recommender may see; the rest is the truth that clicks follow',
    ),
  factors: z
    .int()
    .min(1)
    .max(128)
    .default(16)
    .describe('length of the item and user vectors factorised from the visible ratings'),
}

/** Ratings from a file that was imported into the workspace. */
const RatingsParams = z.strictObject({
  kind: z.literal('ratings'),
  dataset: z.string().min(1).max(200).describe('name of an imported ratings table'),
  ...attraction,
})

/** A generated world in which users like the items of their own type. */
export const TypedLatentParams = z.strictObject({
  kind: z.literal('typedLatent'),
  users: z.int().min(2).max(1_000_000).default(500).describe('users in the generated table'),
  items: z.int().min(2).max(1_000_000).default(2000).describe('items in the catalogue'),
  types: z.int().min(1).max(1000).default(8).describe('number of hidden user and item types'),
  likeSame: z.number().min(0).max(1).default(0.9).describe('P(like) when the types are equal'),
  likeOther: z.number().min(0).max(1).default(0.1).describe('P(like) when they differ'),
  ratingsPerUser: z
    .int()
    .min(2)
    .max(100_000)
    .default(400)
    .describe('items that each user has rated, drawn uniformly'),
  worldSeed: z
    .int()
    .min(0)
    .max(2 ** 32)
    .default(1)
    .describe('seed of the world itself, apart from the run’s'),
  ...attraction,
})
export type TypedLatentParams = z.output<typeof TypedLatentParams>

/** A generated world of low rank, as sparse as real ratings. */
const LowRankParams = z.strictObject({
  kind: z.literal('lowRank'),
  users: z.int().min(2).max(1_000_000).default(500).describe('users in the generated table'),
  items: z.int().min(2).max(1_000_000).default(10_000).describe('items in the catalogue'),
  ratingsPerUser: z
    .int()
    .min(2)
    .max(100_000)
    .default(240)
    .describe('items that each user has rated, drawn in proportion to their popularity'),
  worldSeed: z
    .int()
    .min(0)
    .max(2 ** 32)
    .default(1)
    .describe('seed of the world itself, apart from the run’s'),
  ...attraction,
})
export type LowRankParams = z.output<typeof LowRankParams>

/** Worlds that do not depend on a log of served lists. */
export const SimulatedWorld = z.discriminatedUnion('kind', [
  RatingsParams,
  TypedLatentParams,
  LowRankParams,
  NewsParams,
  SessionsParams,
])
export type SimulatedWorld = z.output<typeof SimulatedWorld>

export const EnvironmentSpec = z.discriminatedUnion('kind', [
  RatingsParams,
  TypedLatentParams,
  LowRankParams,
  NewsParams,
  SessionsParams,
  LoggedImpressionsParams,
  GradedQueriesParams,
  LoggedBanditParams,
])
export type EnvironmentSpec = z.output<typeof EnvironmentSpec>
