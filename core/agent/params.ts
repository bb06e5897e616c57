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
    .describe('γ, discount of the next request’s value (published: .4); 0 is the paper’s DN'),
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
  majorInit: z
    .enum(['continue', 'scratch'])
    .default('continue')
    .describe(
      'continue: each major update goes on from the current weights (DRN) · scratch: it starts from fresh ones, to see what that costs',
    ),
  beta: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      'β of r = click + β · activeness at the return (published: .05; 0 leaves clicks alone)',
    ),
  openTail: z
    .enum(['drop', 'terminal'])
    .default('drop')
    .describe(
      'lists whose user never returns · drop: not replayed, but counted · terminal: replayed without a future (a choice, the paper is silent)',
    ),
  sampling: z
    .enum(['uniform', 'recency', 'prioritised'])
    .default('uniform')
    .describe(
      'replay · uniform: as DQN (Mnih et al., Nature 2015) · recency: newer lists more often · prioritised: by TD error, with importance weights (Schaul et al., ICLR 2016)',
    ),
  recencyHalfLife: z
    .number()
    .min(1)
    .max(1_000_000)
    .default(500)
    .describe('impressions after which a list is drawn half as often (a choice)'),
  priorityExponent: z
    .number()
    .min(0)
    .max(1)
    .default(0.6)
    .describe('exponent of the TD error in prioritised replay (Schaul et al., table 3)'),
  priorityCorrection: z
    .number()
    .min(0)
    .max(1)
    .default(0.4)
    .describe('exponent of the importance weights (Schaul et al., table 3, start value)'),
  loss: z
    .enum(['squared', 'huber'])
    .default('squared')
    .describe('squared: as DRN · huber: linear beyond `huberDelta` (Mnih et al., Nature 2015)'),
  huberDelta: z
    .number()
    .positive()
    .max(100)
    .default(1)
    .describe('error from which the Huber loss is linear'),
  gradientClip: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe('largest norm of a gradient; 0 = unlimited (Wang et al., ICML 2016, use 10)'),
  centreAdvantage: z
    .boolean()
    .default(false)
    .describe(
      'A ← A − mean of A over the request’s candidates (Wang et al., ICML 2016); off in DRN, changes no ranking',
    ),
  targetTau: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      'soft target update W′ ← W′ + τ (W − W′) after each step (Lillicrap et al., ICLR 2016: .001); 0 copies by period',
    ),
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
