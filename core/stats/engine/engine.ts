import type { Interval } from '../interval.ts'

/** What a plan locks before launch, as far as the engine needs it. */
export interface EnginePlan {
  /** Error rate in (0, 1). */
  readonly alpha: number
  /** Planned number of users: the one look of a fixed test, and where the asymptotic one is tightest. */
  readonly horizon: number
  /** What the mean is under “no preference”; ½ when left out. */
  readonly centre?: number
  /** What the mean can be; [0, 1] when left out. Infinite ends are for scores without a bound. */
  readonly range?: Interval
  /** Beta(a, b) mixture of the beta-binomial engine; [1, 1] when left out. */
  readonly prior?: readonly [number, number]
}

/** Plain numbers and columns, as a checkpoint stores them. */
export type EngineState = Readonly<Record<string, number | Float64Array>>

/**
 * Inference about the mean of users' scores, fed in closing order. Δ = mean − centre. Scores are in
 * [0, 1] with centre ½, unless the plan gives another range, which only the engines of the central
 * limit take.
 */
export interface SequentialEngine {
  /** Scores so far. */
  readonly n: number
  add(x: number): void
  /** Enrolment is over, so a test with a fixed horizon takes its look now; the others do nothing. */
  finish(): void
  /** Of the mean, intersected over all n so far; null where none exists (no variance, too few). */
  interval(): Interval | null
  /** ln e-value against the centre; null for an engine without one. */
  logE(): number | null
  /** Against the centre: always-valid for the sequences, of the one look for the fixed test. */
  pValue(): number | null
  /** All there is; an engine made from it continues bit by bit as this one would. */
  state(): EngineState
}

/** One entry of the registry. */
export interface EngineKind {
  readonly paper: string
  /** Whether the interval may be looked at as often as one likes. */
  readonly anytime: boolean
  create(plan: EnginePlan, state?: EngineState): SequentialEngine
}

/** A number of a stored state, or its value at the start. */
export function numberIn(state: EngineState, name: string, start: number): number {
  const value = state[name] ?? start
  if (typeof value !== 'number') throw new TypeError(`engine state: ${name} is not a number`)
  return value
}

/** A column of a stored state, or an empty one. */
export function columnIn(state: EngineState, name: string): Float64Array {
  const value = state[name] ?? new Float64Array(0)
  if (typeof value === 'number') throw new TypeError(`engine state: ${name} is not a column`)
  return value
}
