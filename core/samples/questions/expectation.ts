import type { RunSummary } from '#core/run/summary'
import { seedInterval, type SeedInterval } from '#core/stats/seedInterval'

/** What a run is asked for. */
export type QuestionMeasure =
  /** Expected clicks per item of the lists that were served. */
  | 'served'
  /** Those of the learnt network's own list, per those of the best static list on the same requests. */
  | 'overStatic'
  /** ‖W‖ at the end, per that at the first request. */
  | 'normGrowth'
  /** Requests of a user after the first, per day. */
  | 'returns'

/** A statement about the mean over seeds of one run, or of its ratio to another on the same seed. */
export interface Expectation {
  readonly run: string // its name
  readonly measure: QuestionMeasure
  readonly than: string | null // run that it is divided by
  readonly shape:
    | { readonly kind: 'above' | 'below'; readonly bound: number }
    /** Within `bound` of 1. */
    | { readonly kind: 'near'; readonly bound: number }
}

/** `confirmed`, `refuted`: the whole 95 % interval lies on the stated or on the other side. */
export type Judgement = 'confirmed' | 'undecided' | 'refuted'

export interface JudgedExpectation {
  readonly value: SeedInterval
  readonly judgement: Judgement
}

/** What a question came to when it was last played. */
export interface Played {
  /** Of the runs and statements as they were then; see `playedHash`. */
  readonly hash: string
  readonly seeds: number
  readonly parts: readonly JudgedExpectation[]
}

/** @param valuesOf one value per seed, in the same order for every run */
export function judge(
  { run, measure, than, shape }: Expectation,
  valuesOf: (run: string, measure: QuestionMeasure) => readonly number[],
): JudgedExpectation {
  const own = valuesOf(run, measure)
  const other = than === null ? null : valuesOf(than, measure)
  const value = seedInterval(other ? own.map((x, seed) => x / other[seed]!) : own)
  const [low, high] = [value.mean - value.half, value.mean + value.half]
  const [from, to] =
    shape.kind === 'above'
      ? [shape.bound, Infinity]
      : shape.kind === 'below'
        ? [-Infinity, shape.bound]
        : [1 - shape.bound, 1 + shape.bound]
  const judgement =
    low > from && high < to ? 'confirmed' : high < from || low > to ? 'refuted' : 'undecided'
  return { value, judgement }
}

/** Of a question: confirmed only where every statement is, refuted where one is. */
export function overall(parts: readonly { readonly judgement: Judgement }[]): Judgement {
  const some = (judgement: Judgement) => parts.some((part) => part.judgement === judgement)
  return some('refuted') ? 'refuted' : some('undecided') ? 'undecided' : 'confirmed'
}

/** @throws RangeError where the run has no such number */
export function measured(summary: RunSummary, measure: QuestionMeasure): number {
  const ctr = (id: string) => summary.arms.find((arm) => arm.id === id)?.ctr.value
  const value = {
    served: () => ctr('served'),
    overStatic: () => Number(ctr('q')) / Number(ctr('staticBest')),
    normGrowth: () => summary.normRatio,
    returns: () => summary.behaviour?.returnsPerDay.value,
  }[measure]()
  if (value === undefined || value === null || Number.isNaN(value)) {
    throw new RangeError(`the run has no ${measure}`)
  }
  return value
}
