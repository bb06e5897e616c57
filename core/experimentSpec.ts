import { z } from 'zod'
import { AgentSpec } from './agent/params.ts'
import { EnvironmentSpec } from './environment/params.ts'
import { ExplorerSpec } from './explorer/params.ts'
import { mostRankers, RankerSpec } from './ranker/params.ts'
import { ClickSpec, InterleaverSpec } from './servingParams.ts'

/** Who comes, how often, and what a request looks like. */
export const TrafficSpec = z.strictObject({
  users: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(500)
    .describe('users that enter the experiment; each is one unit of the verdict'),
  impressionsPerUser: z
    .number()
    .min(1)
    .max(10_000)
    .default(20)
    .describe('mean number of lists a user sees before leaving (geometric, at least 1)'),
  concurrentUsers: z
    .int()
    .min(1)
    .max(100_000)
    .default(40)
    .describe('users that are active at the same time; the others wait or have left'),
  secondsBetweenRequests: z
    .number()
    .positive()
    .max(86_400)
    .default(4)
    .describe('mean gap between two requests of any users, in seconds of simulated time'),
  listLength: z.int().min(1).max(100).default(10).describe('k, the items shown in one list'),
  poolSize: z
    .int()
    .min(1)
    .max(100_000)
    .default(200)
    .describe(
      'candidates per request, drawn uniformly from the items the user has not clicked yet',
    ),
})
export type TrafficSpec = z.output<typeof TrafficSpec>

/** Fixed before launch and locked with it: what will be concluded, and how. */
export const AnalysisSpec = z.strictObject({
  unit: z.literal('user').default('user').describe('every user counts once'),
  engine: z
    .enum(['betting', 'betaBinomial', 'asymptotic', 'fixedUserT'])
    .default('betting')
    .describe(
      'betting: valid at any number of looks (Waudby-Smith & Ramdas); fixedUserT: one look at the end; a split takes asymptotic for any number of looks or fixedUserT for Welch’s test at the end',
    ),
  errorRate: z
    .number()
    .min(0.001)
    .max(0.2)
    .default(0.05)
    .describe('probability of a wrong direction that is accepted'),
  equivalence: z
    .number()
    .min(0)
    .max(0.25)
    .default(0.01)
    .describe(
      'r: |Δ| up to r counts as practically equal; 0 switches the region off; in a split r is in clicks per list, for methods that score without a bound in units of the score',
    ),
  scoreBound: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe(
      'M: the largest |mean score| of a user that the betting engine may meet, for methods that score without a bound; a score beyond makes the run invalid; 0 sets none',
    ),
  minimumEffect: z
    .number()
    .min(0)
    .max(0.49)
    .default(0)
    .describe(
      'smallest |Δ| worth finding, beside or instead of the region: the users that it needs are shown before launch; 0 names none',
    ),
  power: z
    .number()
    .min(0.5)
    .max(0.99)
    .default(0.8)
    .describe('probability of finding the smallest effect, for the users that are needed'),
  correction: z
    .enum(['auto', 'eBh', 'bh', 'by', 'holm', 'bonferroni', 'holmSidak', 'hommel'])
    .default('auto')
    .describe(
      'how the comparisons with all challengers, which are one family, are corrected; auto: e-BH for sequences, Benjamini & Hochberg for a single look',
    ),
  guardrails: z
    .strictObject({
      ctrFloor: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe(
          'share of the expected clicks on A’s lists that the served lists must keep; 0 switches it off',
        ),
      diversityFloor: z
        .number()
        .min(0)
        .max(1_000_000)
        .default(0)
        .describe('effective items (exp of the entropy of exposures) that must be shown; 0: off'),
      latencyCeiling: z
        .number()
        .min(0)
        .max(60_000)
        .default(0)
        .describe(
          'milliseconds that serving one list may take on this machine; watched while the run is served, no part of its result; 0: off',
        ),
    })
    .prefault({})
    .describe('what must not get worse; outside the family, a breach is shown beside the verdict'),
})
export type AnalysisSpec = z.output<typeof AnalysisSpec>

export const specVersion = 1

/** What an analyst fills in. With a seed it is a run, and a run is a pure function of the two. */
export const ExperimentSpec = z.strictObject({
  version: z.literal(specVersion).default(specVersion),
  name: z.string().trim().min(1).max(120).describe('how the experiment is called in lists'),
  hypothesis: z.string().max(2000).default('').describe('what is expected, written before launch'),
  design: z
    .enum(['explore', 'duel', 'split'])
    .default('explore')
    .describe(
      'explore: the current network Q against the explore network drawn for each duel; duel: the rankers below in one interleaved list; split: users hashed to one ranker each, the classic A/B test',
    ),
  rankers: z
    .array(RankerSpec)
    .max(mostRankers)
    .default([])
    .describe(
      'who is compared in a duel or a split, 2 to 6; the first is A, every other one challenges it; empty for explore',
    ),
  environment: EnvironmentSpec,
  traffic: TrafficSpec.prefault({}),
  click: ClickSpec.prefault({ kind: 'positionBased' }),
  interleaver: InterleaverSpec.prefault({ kind: 'probabilistic' }),
  agent: AgentSpec.prefault({ kind: 'drn' }),
  explorer: ExplorerSpec.prefault({ kind: 'dbgd' }),
  analysis: AnalysisSpec.prefault({}),
})
export type ExperimentSpec = z.output<typeof ExperimentSpec>
export type ExperimentSpecInput = z.input<typeof ExperimentSpec>

export const Seed = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .describe('integer that every random stream of the run starts from')
