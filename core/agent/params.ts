import { z } from 'zod'

const majorEveryDuels = z
  .int()
  .min(0)
  .max(1_000_000)
  .default(4)
  .describe('duels between two major updates; 0 switches them off')

const majorSeconds = z
  .number()
  .min(0)
  .max(31_536_000)
  .default(0)
  .describe(
    'simulated seconds between two major updates, instead of a number of duels; 0 counts duels (the paper: “like one hour”, 3600)',
  )

const majorDuringDuel = z
  .enum(['void', 'carry'])
  .default('void')
  .describe(
    'a major update by time in an open duel · void: the duel decides nothing, Q~ is drawn anew · carry: it goes on with Q~ ← new W + ΔW (both are choices; the paper is silent)',
  )

const pretrainSteps = z
  .int()
  .min(0)
  .max(1_000_000)
  .default(1500)
  .describe('gradient steps on the visible ratings before the first request')

const batch = z.int().min(1).max(4096).default(128).describe('transitions per gradient step')

const replayImpressions = z
  .int()
  .min(16)
  .max(1_000_000)
  .default(2000)
  .describe('impressions that experience replay keeps')

const majorSteps = z
  .int()
  .min(1)
  .max(10_000)
  .default(20)
  .describe('gradient steps of one major update')

const openTail = z
  .enum(['drop', 'terminal'])
  .default('drop')
  .describe(
    'lists whose user never returns · drop: not replayed, but counted · terminal: replayed without a future (a choice, the paper is silent)',
  )

/** Zheng et al., "DRN", WWW 2018: the dueling Q-network and its major update. */
export const DrnParams = z.strictObject({
  kind: z.literal('drn'),
  dueling: z
    .boolean()
    .default(true)
    .describe(
      'Q = V + A (Wang et al., ICML 2016, as DRN §4.3); off: one network gives Q of state and item (DQN, Mnih et al., Nature 2015)',
    ),
  head: z
    .enum(['hidden1', 'hidden2', 'dot'])
    .default('hidden1')
    .describe(
      'form of A, or of Q itself without dueling: one or two hidden ReLU layers over state and item, or a dot product of two towers',
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
  batch,
  replayImpressions,
  majorEveryDuels,
  majorSeconds,
  majorDuringDuel,
  majorSteps,
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
  openTail,
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
      'A ← A − mean of A over the request’s candidates (Wang et al., ICML 2016); off in DRN, changes no ranking, asks for dueling',
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
  pretrainSteps,
})
export type DrnParams = z.output<typeof DrnParams>

/** Of learners that take every list once: they learn after every round of M impressions. */
const everyRound = {
  majorEveryDuels: majorEveryDuels
    .default(1)
    .describe('rounds of M impressions between two updates; 0 switches them off'),
  majorSeconds,
  majorDuringDuel,
  pretrainSteps: pretrainSteps.default(300),
}

const gamma = z
  .number()
  .min(0)
  .max(0.999)
  .default(0)
  .describe('γ, discount of the user’s next request; 0 looks at this list alone')

/** A linear model by stochastic gradient descent; with an explorer and rate 0, linear DBGD. */
export const LinearParams = z.strictObject({
  kind: z.literal('linear'),
  learningRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.002)
    .describe(
      'step size of each shown item’s squared error; 0: only the explorer moves the weights, which is linear DBGD',
    ),
  ...everyRound,
})
export type LinearParams = z.output<typeof LinearParams>

/** McMahan et al., KDD 2013. */
export const FtrlParams = z.strictObject({
  kind: z.literal('ftrl'),
  alpha: z.number().positive().max(10).default(0.05).describe('α, step size per coordinate'),
  beta: z.number().positive().max(100).default(1).describe('β, dampens the first steps'),
  l1: z.number().min(0).max(1000).default(0.1).describe('L1: how much makes a weight exactly 0'),
  l2: z.number().min(0).max(1000).default(1).describe('L2 of the proximal step'),
  ...everyRound,
})
export type FtrlParams = z.output<typeof FtrlParams>

/** Li et al., WWW 2010. */
export const LinUcbParams = z.strictObject({
  kind: z.literal('linUcb'),
  bonus: z
    .number()
    .min(0)
    .max(10)
    .default(0.2)
    .describe('c, weight of the confidence bonus (.2 in the drift bench)'),
  decay: z
    .number()
    .positive()
    .max(1)
    .default(0.999)
    .describe('of old evidence at every list, for tastes that drift; 1 keeps it all'),
  ridge: z.number().positive().max(1000).default(1).describe('λ of the prior A = λI'),
  ...everyRound,
})
export type LinUcbParams = z.output<typeof LinUcbParams>

/** Oosterhuis & de Rijke, CIKM 2018. */
export const PdgdParams = z.strictObject({
  kind: z.literal('pdgd'),
  learningRate: z
    .number()
    .positive()
    .max(10)
    .default(0.1)
    .describe('step size of the pairs of a list (.1 in public code)'),
  ...everyRound,
})
export type PdgdParams = z.output<typeof PdgdParams>

/** Watkins & Dayan, 1992; Rummery & Niranjan, 1994. */
export const QLearningParams = z.strictObject({
  kind: z.literal('qLearning'),
  target: z
    .enum(['qLearning', 'sarsa'])
    .default('qLearning')
    .describe(
      'qLearning: the best next candidate · sarsa: the mean of the list that is shown next',
    ),
  features: z
    .enum(['cells', 'pair'])
    .default('pair')
    .describe(
      'cells: a table over clusters of states and items · pair: linear in features of both (function approximation)',
    ),
  stateBits: z
    .int()
    .min(0)
    .max(6)
    .default(4)
    .describe('of a table: 2^bits clusters of states; for more cells take the kind drn'),
  itemBits: z.int().min(0).max(7).default(6).describe('of a table: 2^bits clusters of items'),
  alpha: z.number().positive().max(1).default(0.02).describe('α, step size'),
  gamma: gamma.default(0.4).describe('γ, discount of the user’s next request'),
  pretrainRate: z
    .number()
    .positive()
    .max(1)
    .default(0.005)
    .describe('step size on the visible ratings before the first request'),
  ...everyRound,
})
export type QLearningParams = z.output<typeof QLearningParams>

/** Williams, 1992; Mnih et al., 2016; Schulman et al., 2017. */
export const PolicyParams = z.strictObject({
  kind: z.literal('policy'),
  method: z
    .enum(['reinforce', 'a2c', 'ppo'])
    .default('ppo')
    .describe(
      'reinforce: return less a running mean · a2c: advantage under a learnt V · ppo: the same, clipped, over several epochs',
    ),
  hidden: z.int().min(1).max(512).default(32).describe('width of the hidden layers'),
  learningRate: z.number().positive().max(1).default(0.001).describe('step size of Adam'),
  gamma,
  lambda: z.number().min(0).max(1).default(0.95).describe('λ of generalised advantages (a2c, ppo)'),
  clip: z.number().positive().max(1).default(0.2).describe('of π/π_old about 1 (ppo)'),
  epochs: z.int().min(1).max(50).default(4).describe('passes over the lists of an update (ppo)'),
  entropyBonus: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('weight of the entropy of each slot’s choice'),
  batch: z.int().min(1).max(1024).default(32).describe('lists per gradient step'),
  ...everyRound,
})
export type PolicyParams = z.output<typeof PolicyParams>

/** Haarnoja et al., 2018; in its discrete form Christodoulou, 2019. */
export const SacParams = z.strictObject({
  kind: z.literal('sac'),
  hidden: z.int().min(1).max(512).default(32).describe('width of the hidden layers of each twin'),
  gamma: gamma.default(0.4),
  learningRate: z.number().positive().max(1).default(0.003).describe('step size of Adam'),
  temperature: z
    .number()
    .positive()
    .max(100)
    .default(0.05)
    .describe('α of π = softmax(Q/α), in units of Q; where it starts if it is tuned'),
  temperatureRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('step of ln α towards the target entropy at each gradient step; 0 keeps α'),
  entropyFraction: z
    .number()
    .positive()
    .max(1)
    .default(0.5)
    .describe(
      'target entropy = .98 · ln(candidates) · this; 1 is the paper’s, nearly random lists',
    ),
  targetTau: z
    .number()
    .positive()
    .max(1)
    .default(0.005)
    .describe('soft target update Q′ ← Q′ + τ (Q − Q′) after each step (the papers: .005)'),
  batch,
  replayImpressions,
  majorSteps,
  openTail,
  majorEveryDuels,
  majorSeconds,
  majorDuringDuel,
  pretrainSteps: pretrainSteps.default(300),
})
export type SacParams = z.output<typeof SacParams>

export const AgentSpec = z.discriminatedUnion('kind', [
  DrnParams,
  LinearParams,
  FtrlParams,
  LinUcbParams,
  PdgdParams,
  QLearningParams,
  PolicyParams,
  SacParams,
])
export type AgentSpec = z.output<typeof AgentSpec>
export type AgentKind = AgentSpec['kind']
