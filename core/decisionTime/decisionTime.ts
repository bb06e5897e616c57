import { z } from 'zod'
import { deferred, type Study } from '#core/study/study'
import type { DecisionTimeReport } from './decisionTimeReport.ts'

const DecisionTimeSpec = z.strictObject({
  most: z
    .int()
    .min(1000)
    .max(1_000_000)
    .default(100_000)
    .describe('largest catalogue that is timed, in items'),
})
export type DecisionTimeSpec = z.output<typeof DecisionTimeSpec>

/** Catalogues of 1,000 items and more, two to a power of ten. */
export const sizesUpTo = (most: number): readonly number[] =>
  [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6].filter((items) => items <= most)

/** Ways that are timed: as many points. Written down, so that reading a spec loads none of them. */
const ways = 8

/**
 * Microseconds per decision on this machine, by the size of the catalogue. Unlike every other study it
 * measures time: a repetition gives other figures and another digest.
 */
export const decisionTime: Study<DecisionTimeSpec, DecisionTimeReport> = {
  spec: DecisionTimeSpec,
  name: ({ most }) => `decision time up to ${most} items`,
  total: () => ways,
  dataset: () => null,
  run: deferred(async () => (await import('./measureDecisions.ts')).measureDecisions),
}
