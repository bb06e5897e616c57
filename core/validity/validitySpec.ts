import { z } from 'zod'
import { SimulatedWorld } from '#core/environment/params'
import { ItemToItemWorld } from '#core/largeAction/worldParams'

export const ExaminedWorld = z.discriminatedUnion('kind', [SimulatedWorld, ItemToItemWorld])
export type ExaminedWorld = z.output<typeof ExaminedWorld>

/** Which world is to be examined, and how closely. */
export const ValiditySpec = z.strictObject({
  environment: ExaminedWorld,
  requests: z
    .int()
    .min(50)
    .max(100_000)
    .default(2000)
    .describe('lists that each policy shows, per seed; items, where one is shown at a time'),
  seeds: z
    .int()
    .min(2)
    .max(50)
    .default(3)
    .describe('seeds of the sign tests (at least 3 to publish)'),
  users: z.int().min(2).max(100_000).default(200).describe('users that come, in worlds of lists'),
  listLength: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('k, items of a list, in worlds of lists'),
  poolSize: z
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .describe('candidates per request, in worlds of lists'),
})
export type ValiditySpec = z.output<typeof ValiditySpec>
