import type { z } from 'zod'
import { decisionTime } from '#core/decisionTime/decisionTime'
import { training } from '#core/largeAction/training'
import { calibration } from './calibration.ts'
import { drift } from './drift.ts'
import { logAnalysis } from './logAnalysis.ts'
import { replay } from './replay.ts'
import type { Study, StudyStep } from './study.ts'
import { validity } from './validity.ts'

/** Every kind of study: queue, storage, API and command line follow from its entry. */
export const studies = {
  calibration,
  training,
  logAnalysis,
  replay,
  validity,
  decisionTime,
  drift,
} satisfies Record<string, Study<unknown, unknown>>

export type StudyKind = keyof typeof studies
export type StudySpec<K extends StudyKind> = z.output<(typeof studies)[K]['spec']>
export type StudyReport<K extends StudyKind> =
  ReturnType<(typeof studies)[K]['run']> extends AsyncGenerator<StudyStep<infer Report>>
    ? Report
    : never

export const studyKinds = Object.keys(studies) as readonly StudyKind[]

/** A kind by its name, where the type of its spec does not matter. */
export const studyOf = (kind: StudyKind): Study<unknown, unknown> => studies[kind]
