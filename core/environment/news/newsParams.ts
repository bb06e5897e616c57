import { z } from 'zod'

/**
 * World C: news with drifting tastes, boredom, freshness and returns. The 4.1 h life is the paper's
 * (DRN, WWW 2018); the other constants are choices.
 */
export const NewsParams = z.strictObject({
  kind: z.literal('news'),
  users: z.int().min(2).max(100_000).default(500).describe('users of the service'),
  days: z
    .number()
    .min(0.1)
    .max(365)
    .default(14)
    .describe('horizon of simulated time: requests after it are not served'),
  logDays: z
    .number()
    .min(0)
    .max(60)
    .default(3)
    .describe(
      'days before the run in which random lists were shown; this log is what learners are pre-trained on',
    ),
  newsPerHour: z
    .number()
    .positive()
    .max(1000)
    .default(12)
    .describe(
      'Poisson rate of new items; 12 an hour let the newest 50 span one freshness life of 4.1 h, as 60 do where candidates are of any age',
    ),
  candidates: z
    .enum(['newest', 'anyAge'])
    .default('newest')
    .describe(
      'newest: the latest items of those that have not expired · anyAge: a random draw of them, so that many news an hour leave old and new to choose from (a choice)',
    ),
  topics: z.int().min(2).max(100).default(20).describe('K, topics of the news'),
  providers: z.int().min(1).max(100).default(10).describe('news providers, uniform'),
  dimensions: z.int().min(2).max(64).default(16).describe('length of content and taste vectors'),
  contentSpread: z
    .number()
    .min(0)
    .max(2)
    .default(0.3)
    .describe('sd per coordinate of content around its topic’s mean'),
  qualityMean: z
    .number()
    .min(-5)
    .max(5)
    .default(0)
    .describe('mean of the items’ quality, in logits'),
  qualitySpread: z
    .number()
    .min(0)
    .max(3)
    .default(0.5)
    .describe('sd of the items’ quality, in logits'),
  freshnessHours: z
    .number()
    .positive()
    .max(1000)
    .default(4.1)
    .describe(
      'life of an item: its odds of a click fall by e in this time (DRN: 4.1 h from publication to the last click)',
    ),
  expiryHours: z
    .number()
    .positive()
    .max(10_000)
    .default(24)
    .describe('age at which an item is no candidate any more'),
  tasteWeight: z
    .number()
    .min(0)
    .max(20)
    .default(3)
    .describe('factor of θ·x in the logit of a click; 0 = everybody likes the same'),
  tasteDrift: z
    .number()
    .min(0)
    .max(2)
    .default(0.05)
    .describe('daily drift of tastes: θ ← normalise(θ + this · N(0, I)); 0 switches it off'),
  tasteJump: z
    .number()
    .min(0)
    .max(1)
    .default(0.02)
    .describe('daily probability that a taste jumps to a topic’s mean'),
  topicDrift: z
    .number()
    .min(0)
    .max(2)
    .default(0.2)
    .describe('daily drift of the topics’ popularity, sd of its logarithm'),
  boredom: z
    .number()
    .min(0)
    .max(10)
    .default(0.3)
    .describe(
      'logits that a topic loses for each shown item of a topic clicked in the same list; 0 switches it off',
    ),
  boredomHours: z.number().positive().max(1000).default(6).describe('half-life of boredom'),
  returnEffect: z
    .number()
    .min(-5)
    .max(5)
    .default(1)
    .describe('daily gap = 24 h · exp(−this · satisfaction); 0 unties returns from satisfaction'),
  baitShare: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      'share of the providers whose items are clicked but satisfy nobody; 0: every click satisfies (a choice of ours: with 0 the list that is clicked most also brings most users back)',
    ),
  baitLift: z
    .number()
    .min(0)
    .max(5)
    .default(0.5)
    .describe('logits that their items gain on a click; of no effect where baitShare is 0'),
  inSession: z
    .number()
    .min(0)
    .max(0.99)
    .default(0.6)
    .describe('probability that the next request comes within the session (mean 3 minutes)'),
  targetCtr: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.02)
    .describe('clicks per item of random lists, reached by the offset c; 0 takes `offset` instead'),
  offset: z
    .number()
    .min(-20)
    .max(20)
    .default(4)
    .describe('c, subtracted from the logit of a click where targetCtr is 0'),
  worldSeed: z
    .int()
    .min(0)
    .max(2 ** 32)
    .default(1)
    .describe('seed of news and tastes, apart from the run’s'),
})
export type NewsParams = z.output<typeof NewsParams>
