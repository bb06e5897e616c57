import { z } from 'zod'
import { runStates } from '../contract/runs.ts'
import { ExperimentSpec, Seed } from '../experimentSpec.ts'
import { pointIndex, pointWidth } from '../run/point.ts'
import { armIds, healthCheckIds, sideArms, verdictStates } from '../run/summary.ts'
import { explainIssues } from '../specCheck/explainIssues.ts'
import { canonicalJson } from '../specHash.ts'
import { migrateSpec } from '../specCheck/migrateSpec.ts'

const count = z.int().min(0)
const maybe = z.number().nullable()
const words = z.string().nullable()
const estimate = z.looseObject({
  value: maybe,
  low: maybe,
  high: maybe,
  n: z.number(),
  reason: z.string().optional(),
})
const outcomes = { a: count, b: count, tie: count, noVote: count }
const verdict = z.looseObject({
  state: z.enum(verdictStates),
  reason: words,
  usersStillNeeded: maybe,
  differenceExists: z.boolean(),
})
const engines = z.array(z.looseObject({ id: z.string(), estimate }))
const signTest = z.looseObject({ p: maybe, winsA: count, winsB: count })

const Contest = z.looseObject({
  design: z.enum(['duel', 'split']),
  sides: z.array(z.looseObject({ kind: z.string(), label: words })),
  challengers: z.array(
    z.looseObject({
      side: count,
      outcomes: z.looseObject(outcomes).nullable(),
      delta: estimate,
      logE: maybe,
      otherEngines: engines,
      signTest: signTest.nullable(),
      verdict,
    }),
  ),
  family: z.looseObject({
    method: z.string(),
    size: count,
    errorRate: z.number(),
    rejected: z.array(z.boolean()),
  }),
  clicksPerList: z.array(estimate).nullable(),
})

/** What reports read of a summary; the rest is as its run has written it. */
const Summary = z.looseObject({
  engineVersion: z.string(),
  backend: z.string(),
  impressions: count,
  users: count,
  usersVoting: count,
  outcomes: z.looseObject({ ...outcomes, identical: count }),
  clicks: count,
  delta: estimate,
  logE: maybe,
  decidedAtUser: maybe,
  otherEngines: engines,
  deltaImpression: estimate,
  designEffect: maybe,
  signTest,
  verdict,
  method: z.looseObject({ kind: z.string(), unbiased: z.boolean() }).optional(),
  guardrails: z
    .array(z.looseObject({ id: z.string(), estimate, limit: z.number(), state: z.string() }))
    .optional(),
  health: z.array(
    z.looseObject({
      id: z.enum(healthCheckIds),
      level: z.enum(['ok', 'warn', 'block']),
      value: maybe,
      kind: z.enum(['p', 'share', 'count']),
      limit: z.number(),
      n: z.number(),
    }),
  ),
  arms: z.array(
    z.looseObject({
      id: z.enum([...armIds, ...sideArms]),
      ctr: estimate,
      ndcg: estimate.nullable(),
      precision: estimate.nullable(),
    }),
  ),
  explorationCost: estimate,
  updates: z.looseObject({
    won: count,
    lost: count,
    tied: count,
    void: count,
    major: count,
    guard: count,
  }),
  meanOverlap: maybe,
  effectiveItems: maybe,
  normRatio: maybe,
  contest: Contest.optional(),
  digest: z.string(),
})

const Dataset = z.looseObject({
  name: z.string(),
  kind: z.enum(['ratings', 'interleaving', 'impressions', 'bandit', 'queries']),
  hash: z.string(),
  source: z.string(),
  users: count,
  items: count,
  rows: count,
  bytes: count,
})

const Run = z.looseObject({
  id: z.int(),
  commandLine: z.string(),
  name: z.string(),
  seed: Seed,
  state: z.enum(runStates),
  reason: words,
  done: count,
  total: count,
  createdAt: z.string(),
  finishedAt: words,
  tags: z.array(z.string()),
  spec: z
    .unknown()
    .transform((raw) => migrateSpec(raw).spec)
    .pipe(ExperimentSpec),
  specHash: z.string(),
  backend: z
    .looseObject({
      name: z.string(),
      ops: z.string(),
      rejected: z.array(z.looseObject({ name: z.string(), reason: z.string() })),
      versions: z.record(z.string(), z.string()),
    })
    .nullable(),
  dataset: Dataset.nullable(),
  summary: Summary.nullable(),
})

const Updates = z.array(
  z.looseObject({
    kind: z.enum(['minor', 'major', 'guard']),
    impression: count,
    result: z.enum(['applied', 'refused', 'tie', 'void', 'trained', 'rescaled']),
    creditA: z.number(),
    creditB: z.number(),
    stepNorm: maybe,
    normRatio: maybe,
    loss: maybe,
    entropy: maybe.optional(),
  }),
)

const Segments = z.looseObject({
  rows: z.array(
    z.looseObject({ id: z.string(), delta: estimate, simultaneous: estimate, p: maybe }),
  ),
  family: z.looseObject({ method: z.string(), size: count, errorRate: z.number() }),
})

const shapes = { run: Run, updates: Updates, segments: Segments } as const

/** @throws RangeError naming the entry, the field and its value */
export function expectShape(part: keyof typeof shapes, entry: string, raw: unknown): void {
  const schema = shapes[part]
  const found = schema.safeParse(raw).error?.issues.slice(0, 1) ?? []
  const [issue] = explainIssues(found, { schema, raw, defaults: undefined })
  if (!issue) return
  throw new RangeError(`the bundle's "${entry}" is damaged: ${issue.message}; export the run again`)
}

/** A spec that `expectShape` has let through, of an older form as well, with every field; a whole one as it is. */
export function readSpec(raw: ExperimentSpec): ExperimentSpec {
  const spec = Run.shape.spec.parse(raw)
  return canonicalJson(spec) === canonicalJson(raw) ? raw : spec
}

/** @throws RangeError unless the table holds whole points that follow one another */
export function expectPoints(points: Float64Array, entry: string): void {
  const impressions = (row: number) => points[row * pointWidth + pointIndex.impressions]!
  for (let row = 0; row < points.length / pointWidth; row++) {
    const isNext = row === 0 ? impressions(0) >= 0 : impressions(row) > impressions(row - 1)
    if (isNext && points.length % pointWidth === 0) continue
    throw new RangeError(
      `the bundle's "${entry}" is damaged at point ${row + 1}; export the run again`,
    )
  }
}
