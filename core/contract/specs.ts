import { z } from 'zod'
import { ExperimentSpec } from '../experimentSpec.ts'
import type { PlanNeeds } from '../planNeeds.ts'
import type { PlanPreview } from '../preview/planPreview.ts'
import { call } from '../rpc/contract.ts'
import type { Expectation, JudgedExpectation, Judgement } from '../samples/questions/expectation.ts'
import type { QuestionId } from '../samples/questions/index.ts'
import type { WorldSample } from '../validity/sampleWorld.ts'
import type { ValidityCheck } from '../validity/validityReport.ts'
import { none } from './ids.ts'

/** Runs that answer a question of the DRN paper's readers, side by side. */
export interface QuestionRow {
  readonly id: QuestionId
  readonly seed: number
  readonly runs: readonly ExperimentSpec[]
  readonly expected: readonly Expectation[]
  /** What came out when it was last played; one part per statement of `expected`. */
  readonly played: {
    readonly seeds: number
    readonly judgement: Judgement
    readonly parts: readonly JudgedExpectation[]
  }
}

export interface SampleRow {
  readonly id: string
  readonly spec: ExperimentSpec
  readonly seed: number
}

export const specRules = [
  'poolBelowList',
  'ratingsAboveItems',
  'ratingsAboveHalf',
  'typesAboveItems',
  'rankersInExplore',
  'tooFewRankers',
  'splitEngine',
  'methodRankers',
  'scoreSigns',
  'scoreBound',
  'correctionAnytime',
  'correctionEBh',
  'fixedWeights',
  'marginalSlots',
  'teamCredit',
  'tooManySides',
  'centreWithoutV',
  'clicksWithoutGrades',
  'needsRatings',
  'vectorsOfItems',
  'vectorsOfRatings',
  'scaleReversed',
  'scaleOfTypes',
  'horizonAboveItems',
  'itemsBelowLists',
] as const

type SpecRule = (typeof specRules)[number]

export interface SpecIssue {
  readonly path: string // 'explorer.alpha'
  readonly message: string
  readonly value: unknown
  readonly fix: unknown // a value that would be accepted, when one is known
  /** What several fields break together; its words are `issues.<rule>` of the page. */
  readonly rule?: SpecRule
}

/** Specs: samples, questions, checks and previews. */
export const specCalls = {
  'samples.list': call(none, z.custom<SampleRow[]>()),
  'questions.list': call(none, z.custom<QuestionRow[]>()),
  /** JSON Schema of an ExperimentSpec, for the form. */
  'spec.schema': call(none, z.custom<Record<string, unknown>>()),
  /** Fills in defaults and migrates old versions; every problem names its field. */
  'spec.check': call(
    z.strictObject({ spec: z.unknown() }),
    z.custom<{
      spec: ExperimentSpec | null
      issues: SpecIssue[]
      total: number | null
      /** Who will come: no more than the world or the dataset has. */
      users: number | null
      needs: PlanNeeds | null
    }>(),
  ),
  /** What a plan shows first; null for a spec that has issues, and for worlds that are made of a log. */
  'spec.preview': call(
    z.strictObject({ spec: z.unknown() }),
    z.custom<{ preview: PlanPreview | null; reason: 'invalid' | 'logged' | null }>(),
  ),
  /** A generated world as its settings make it; null for a spec that has issues, and for other worlds. */
  'worlds.sample': call(z.strictObject({ spec: z.unknown() }), z.custom<WorldSample | null>()),
  'worlds.signs': call(z.strictObject({ spec: z.unknown() }), z.custom<ValidityCheck[] | null>()),
} as const
