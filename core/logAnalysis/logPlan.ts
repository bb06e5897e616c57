import { z } from 'zod'
import { AnalysisSpec } from '#core/experimentSpec'
import { mostRankers } from '#core/ranker/params'
import { InterleaverSpec } from '#core/servingParams'

/** Which clicks of a log count for the team that owns the item. */
const AttributionRule = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('click') }),
  z.strictObject({
    event: z.literal('dwell'),
    seconds: z
      .number()
      .min(0)
      .max(86_400)
      .default(30)
      .describe('a click counts when the item was looked at for at least as long'),
  }),
  z.strictObject({ event: z.literal('order') }),
])

/** A named reason to leave lists or users out; each is one counted step of the analysis. */
export const LogFilter = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('period'),
    from: z
      .number()
      .nullable()
      .default(null)
      .describe('unix seconds of the first list that counts'),
    to: z.number().nullable().default(null).describe('unix seconds of the last list that counts'),
  }),
  z.strictObject({ rule: z.literal('repeated') }),
  z.strictObject({ rule: z.literal('teamMismatch') }),
  z.strictObject({
    rule: z.literal('bots'),
    listsPerHour: z
      .int()
      .min(1)
      .default(300)
      .describe('a user with more lists in one clock hour is taken for a program'),
    clickShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('so is one who clicks at least this share of the shown items …'),
    minimumLists: z.int().min(1).default(20).describe('… over at least so many lists'),
  }),
  z.strictObject({
    rule: z.literal('heavyUsers'),
    lists: z.int().min(1).describe('users with more lists are left out whole'),
  }),
])
export type LogFilter = z.output<typeof LogFilter>

/** How a log is read: fixed before its clicks are looked at, and locked with the result. */
export const LogPlan = z.strictObject({
  version: z.literal(1).default(1),
  name: z.string().trim().min(1).max(120).default('Log analysis').describe('name in lists'),
  hypothesis: z
    .string()
    .max(2000)
    .default('')
    .describe('what is expected, written before the look'),
  design: z
    .enum(['interleaving', 'split'])
    .default('interleaving')
    .describe('interleaving: every list mixes the rankers; split: each user sees one ranker alone'),
  sides: z
    .array(
      z.strictObject({
        team: z.string().min(1).max(200).describe('as the log writes it'),
        label: z.string().trim().min(1).max(40).optional().describe('as sentences shall call it'),
      }),
    )
    .max(mostRankers)
    .refine((sides) => new Set(sides.map(({ team }) => team)).size === sides.length, {
      message: 'two sides are the same team',
    })
    .default([])
    .describe('teams to compare, the ranker to beat first; empty: all, in order of their names'),
  interleaver: InterleaverSpec.prefault({ kind: 'teamDraft' }),
  rankingLength: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .default(null)
    .describe('items in each source ranking; null: as many as were shown'),
  attribution: AttributionRule.prefault({ event: 'click' }),
  window: z
    .number()
    .positive()
    .max(31_536_000)
    .nullable()
    .default(null)
    .describe('seconds after its list within which a click counts, inclusive; null: any time'),
  filters: z
    .array(LogFilter)
    .max(8)
    .default([
      { rule: 'repeated' },
      { rule: 'bots', listsPerHour: 300, clickShare: 0.9, minimumLists: 20 },
    ])
    .describe('steps in this order, those on lists before those on users'),
  segments: z
    .array(z.string().min(1).max(200))
    .max(8)
    .default([])
    .describe('columns of the log whose values are compared; their family is corrected'),
  shares: z
    .array(z.number().gt(0).lt(1))
    .max(mostRankers)
    .default([])
    .describe('planned shares of the users of a split, in the order of the sides; empty: equal'),
  plannedUsers: z
    .int()
    .min(2)
    .nullable()
    .default(null)
    .describe('users after which a test with a fixed horizon takes its one look; null: all'),
  analysis: AnalysisSpec.prefault({}),
})
export type LogPlan = z.output<typeof LogPlan>
