import { z } from 'zod'

/** Zheng et al., "DRN", WWW 2018: the dueling Q-network and its major update. */
export const DrnParams = z.strictObject({
  kind: z.literal('drn'),
  head: z
    .enum(['hidden1', 'hidden2', 'dot'])
    .default('hidden1')
    .describe(
      'advantage branch: one or two hidden ReLU layers over state and item, or a dot product of two towers',
    ),
  hidden: z
    .int()
    .min(1)
    .max(512)
    .default(64)
    .describe('width of the hidden layers (the paper’s sizes are not published)'),
  gamma: z
    .number()
    .min(0)
    .max(0.999)
    .default(0.4)
    .describe('γ, discount of the next request’s value; 0 is the paper’s DN'),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(0.003)
    .describe('step size of Adam in the major update'),
  batch: z.int().min(1).max(4096).default(128).describe('transitions per gradient step'),
  replayImpressions: z
    .int()
    .min(16)
    .max(1_000_000)
    .default(2000)
    .describe('impressions that experience replay keeps'),
  majorEveryDuels: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(4)
    .describe('duels between two major updates; 0 switches them off'),
  majorSeconds: z
    .number()
    .min(0)
    .max(31_536_000)
    .default(0)
    .describe(
      'simulated seconds between two major updates, instead of a number of duels; 0 counts duels (the paper: “like one hour”, 3600)',
    ),
  majorDuringDuel: z
    .enum(['void', 'carry'])
    .default('void')
    .describe(
      'a major update by time in an open duel · void: the duel decides nothing, Q~ is drawn anew · carry: it goes on with Q~ ← new W + ΔW (both are choices; the paper is silent)',
    ),
  majorSteps: z.int().min(1).max(10_000).default(20).describe('gradient steps of one major update'),
  targetCopyEvery: z
    .int()
    .min(1)
    .max(100_000)
    .default(50)
    .describe('gradient steps between copies W′ ← W'),
  doubleQ: z
    .boolean()
    .default(true)
    .describe('the online network chooses, the target network values (double DQN)'),
  pretrainSteps: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1500)
    .describe('gradient steps on the visible ratings before the first request'),
})
export type DrnParams = z.output<typeof DrnParams>

export const AgentSpec = z.discriminatedUnion('kind', [DrnParams])
export type AgentSpec = z.output<typeof AgentSpec>
