import { aboveStatic } from './aboveStatic.ts'
import { activeness } from './activeness.ts'
import { bait } from './bait.ts'
import { duelLength } from './duelLength.ts'
import { equalTraffic } from './equalTraffic.ts'
import { exploringPays } from './exploringPays.ts'
import { future } from './future.ts'
import { majorUndoes } from './majorUndoes.ts'
import { minorAlone } from './minorAlone.ts'
import { minorRules } from './minorRules.ts'
import type { Question } from './question.ts'

/** Played-out questions; each starts all of its runs with one click. */
export const questions = {
  exploringPays,
  minorAlone,
  minorRules,
  equalTraffic,
  duelLength,
  majorUndoes,
  future,
  activeness,
  bait,
  aboveStatic,
} as const satisfies Record<string, Question>

export type QuestionId = keyof typeof questions
