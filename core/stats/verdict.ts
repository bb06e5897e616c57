import type { Interval } from './interval.ts'
import { usersStillNeeded } from './usersStillNeeded.ts'

/** Everything that a verdict may depend on; all of it was fixed before launch or is measured. */
export interface VerdictInput {
  /** Health checks that block, by id; empty when none does. */
  readonly blocking: readonly string[]
  /** Whether the locked plan was changed while running. */
  readonly configChanged: boolean
  /** Closed users with at least one vote. */
  readonly users: number
  /** Mean score of the users − ½; null without users. */
  readonly delta: number | null
  /** Running-intersected interval of Δ; null where the engine has none. */
  readonly interval: Interval | null
  /** Why there is no interval although two users have voted; their scores do not vary by default. */
  readonly noInterval?: VerdictReason
  /** Half-width of an interval that excludes nothing; ½ when left out. */
  readonly widest?: number
  /** Half-width r of the equivalence region; 0 switches it off. */
  readonly equivalence: number
  /** Users after which a fixed-horizon test takes its look; null for the anytime engines. */
  readonly horizon: number | null
}

/** Reasons that are not the id of a health check. */
export type VerdictReason =
  | 'configChanged'
  | 'noVotes'
  | 'fewerThanTwoUsers'
  | 'noVariance'
  | 'fewerThanFiftyUsers'
  | 'beforeTheLook'
  | 'notEstimable'

interface Decided {
  readonly delta: number | null
  readonly low: number
  readonly high: number
  readonly users: number
  readonly reason: null
  readonly usersStillNeeded: null
}

/** The verdict with the numbers it stands on. */
export type Verdict =
  | {
      readonly state: 'invalid'
      /** Id of the first blocking health check, or `configChanged`. */
      readonly reason: string
      readonly usersStillNeeded: null
      readonly differenceExists: false
    }
  | {
      readonly state: 'insufficient'
      readonly users: number
      readonly reason: VerdictReason
      readonly usersStillNeeded: null
      readonly differenceExists: false
    }
  | (Decided & { readonly state: 'practicallyEqual'; readonly differenceExists: boolean })
  | (Decided & { readonly state: 'aBetter' | 'bBetter'; readonly differenceExists: true })
  | {
      readonly state: 'undecided'
      readonly delta: number | null
      readonly low: number
      readonly high: number
      readonly users: number
      /** Why the number of users is null. */
      readonly reason: 'notEstimable' | null
      readonly usersStillNeeded: number | null
      readonly differenceExists: false
    }

/**
 * What may be said, first match: invalid, insufficient, practically equal, A better, B better,
 * undecided. An interval that touches 0 is undecided, one that touches ±r is inside the region.
 */
export function verdict(input: VerdictInput): Verdict {
  const { users, delta, interval, equivalence } = input
  const none = { usersStillNeeded: null, differenceExists: false } as const
  const invalid = input.blocking[0] ?? (input.configChanged ? 'configChanged' : null)
  if (invalid !== null) return { state: 'invalid', reason: invalid, ...none }
  if (users < 2 || interval === null) {
    return { state: 'insufficient', users, reason: whatIsMissing(input), ...none }
  }
  const { low, high } = interval
  const found = { delta, low, high, users }
  const decided = { ...found, reason: null, usersStillNeeded: null } as const
  const excludesZero = low > 0 || high < 0
  if (equivalence > 0 && low >= -equivalence && high <= equivalence) {
    return { state: 'practicallyEqual', ...decided, differenceExists: excludesZero }
  }
  if (excludesZero) {
    return { state: low > 0 ? 'aBetter' : 'bBetter', ...decided, differenceExists: true }
  }
  const needed = usersStillNeeded(input)
  return {
    state: 'undecided',
    ...found,
    reason: needed === null ? 'notEstimable' : null,
    usersStillNeeded: needed,
    differenceExists: false,
  }
}

function whatIsMissing({ users, noInterval = 'noVariance' }: VerdictInput): VerdictReason {
  if (users === 0) return 'noVotes'
  return users === 1 ? 'fewerThanTwoUsers' : noInterval
}
