import type { z } from 'zod'
import type { ComputeOps } from '#core/compute/ops'
import type { SpecIssue } from '#core/contract/specs'
import type { LoggedData } from '#core/dataset/loggedData'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { DatasetMeta } from '#core/jobContract'
import type { VectorCache } from '#core/itemSpace/vectorCache'
import type { ModelsByHash, SavedModel } from '#core/model/savedModel'
import type { RankerSpec } from '#core/ranker/params'

/**
 * A computation that takes long, is a pure function of (spec, seed) and says more the longer it
 * goes on: it can be paused and killed, and goes on from its last point to the same report.
 */
export interface Study<Spec, Report> {
  /** Of what an analyst fills in; with defaults and descriptions, from which the form is made. */
  readonly spec: z.ZodType<Spec>
  /** In place of the schema alone, where it can not tell everything; see `checkStudy`. */
  check?(raw: unknown): StudyCheck<Spec>
  /** How it is called in lists. */
  name(spec: Spec): string
  /** Points that are expected (see `StudyStep`). */
  total(spec: Spec): number
  /** The dataset that it reads; null for none. */
  dataset(spec: Spec): WantedDataset | null
  /** Rankers that it ranks with, some of which may be models of the workspace. */
  rankers?(spec: Spec): readonly RankerSpec[]
  /** What tells one model from the next in a list, of the last report; null where unknown. */
  metrics?(report: Report): Readonly<Record<string, number | null>>
  /**
   * Tensors are freed when the generator ends or is returned.
   * @throws RangeError for a spec that can not be carried out, naming the field
   */
  run(input: StudyInput<Spec>): AsyncGenerator<StudyStep<Report>>
}

/** A dataset of the workspace, and the field of the spec that names it. */
interface WantedDataset {
  readonly path: string
  readonly kind: DatasetMeta['kind']
  readonly name: string
}

export type StudyCheck<Spec> =
  | { readonly spec: Spec; readonly issues: readonly [] }
  | { readonly spec: null; readonly issues: readonly SpecIssue[] }

export interface StudyInput<Spec> {
  readonly spec: Spec
  readonly seed: number
  readonly ops: ComputeOps
  readonly backend: string // as it shall stand in the report
  readonly data: StudyData
  /** For what measures time itself; everything else must not look at it. */
  readonly machine?: StudyMachine
  /** What `checkpoint` gave at the last stored point; null at the start. */
  readonly checkpoint: unknown
}

interface StudyMachine {
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Processor, system and runtime, in words. */
  readonly words: string
}

/** What `dataset` named, read by the job process, at most one of the two; and models. */
export interface StudyData {
  readonly ratings: RatingsTable | null
  readonly logged?: LoggedData | null
  /** That `rankers` name. */
  readonly models?: ModelsByHash
  /** Of the dataset; what it gives is what would be learnt again, so that no result depends on it. */
  readonly vectors?: VectorCache | null
}

/** The functions of a step may be called until the generator is asked for the next one. */
export type StudyStep<Report> =
  | {
      readonly type: 'progress'
      readonly stage: string
      readonly share: number // of the stage, 0 … 1
      /** Where a pause may go on from; without it from the last point. */
      readonly checkpoint?: () => unknown
    }
  | {
      readonly type: 'point'
      readonly done: number // of `total`, in units of the study
      readonly total: number
      readonly report: () => Report // plain JSON: no NaN, null with a reason instead
      readonly checkpoint: () => unknown // plain objects, numbers, strings and typed arrays
    }
  | {
      readonly type: 'finished'
      readonly report: Report
      readonly models?: readonly SavedModel[] // kept by the workspace
    }

/** A generator whose code is loaded when it runs: a host that only reads specs needs none of it. */
export const deferred = <Spec, Report>(
  load: () => Promise<Study<Spec, Report>['run']>,
): Study<Spec, Report>['run'] =>
  async function* (input) {
    const run = await load()
    yield* run(input)
  }
