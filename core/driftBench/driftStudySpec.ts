import { z } from 'zod'
import { claimRules, type ClaimId } from './claims.ts'

const claimIds = Object.keys(claimRules) as [ClaimId, ...ClaimId[]]

/** A question to the drift bench: which claims are checked, and on how many seeds. */
export const DriftStudySpec = z.strictObject({
  claims: z
    .array(z.enum(claimIds))
    .min(1)
    .default([...claimIds])
    .describe('what is checked; the agents that it needs are run'),
  everyAgent: z
    .boolean()
    .default(false)
    .describe('runs all agents of the bench, also those that no claim needs'),
  seeds: z
    .int()
    .min(2)
    .max(50)
    .default(5)
    .describe('paired seeds, from 1 on unless the run’s seed says otherwise'),
  requests: z
    .int()
    .min(200)
    .max(100_000)
    .default(4000)
    .describe('requests per world; the jump comes at half time'),
  pretrainSteps: z
    .int()
    .min(0)
    .max(100_000)
    .default(3000)
    .describe('batches of 32 logged clicks before the first request'),
})
export type DriftStudySpec = z.output<typeof DriftStudySpec>
