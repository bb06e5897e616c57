/** A number that never stands alone: its interval, its n, and the reason when it is not estimable. */
export interface Estimate {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly reason?: string
}

export const verdictStates = [
  'invalid',
  'insufficient',
  'practicallyEqual',
  'aBetter',
  'bBetter',
  'undecided',
] as const
export type VerdictState = (typeof verdictStates)[number]

export interface Verdict {
  readonly state: VerdictState
  /** Health check that blocks (invalid) or what is missing (insufficient). */
  readonly reason: string | null
  /** Rough number of further users at the current rate; null when it can not be estimated. */
  readonly usersStillNeeded: number | null
  /** Practically equal, and 0 excluded as well. */
  readonly differenceExists: boolean
}

export type HealthCheckId =
  'firstPickFairness' | 'positionTeam' | 'noVoteByCoin' | 'dilution' | 'heavyUsers' | 'duplicates'

export interface HealthCheck {
  readonly id: HealthCheckId
  readonly level: 'ok' | 'warn' | 'block'
  readonly value: number | null // p value, share or count, as `kind` says
  readonly kind: 'p' | 'share' | 'count'
  readonly limit: number
  readonly n: number
}

export const armIds = [
  'served',
  'q',
  'explore',
  'random',
  'popularity',
  'staticBest',
  'untrained',
  'oracle',
] as const
export type ArmId = (typeof armIds)[number]

/** One policy on the run's requests; expected clicks come from the simulator's click model. */
export interface Arm {
  readonly id: ArmId
  readonly ctr: Estimate // expected clicks per shown item, user-clustered 95 % interval
  readonly ndcg: Estimate | null
  readonly precision: Estimate | null
}

/** What a finished (or running) run says; plain data, no NaN: `null` with a reason instead. */
export interface RunSummary {
  readonly engineVersion: string
  readonly backend: string
  readonly impressions: number
  readonly users: number // closed
  readonly usersVoting: number // closed with at least one vote
  readonly outcomes: {
    readonly a: number
    readonly b: number
    readonly tie: number
    readonly noVote: number
    readonly identical: number
  }
  readonly clicks: number
  readonly delta: Estimate // user level, the locked engine; decides
  readonly logE: number | null
  /** Number of closed users at which 0 first left the interval for good; null while inside. */
  readonly decidedAtUser: number | null
  readonly otherEngines: readonly { readonly id: string; readonly estimate: Estimate }[]
  readonly deltaImpression: Estimate // user-clustered interval
  readonly designEffect: number | null
  readonly signTest: {
    readonly p: number | null
    readonly winsA: number
    readonly winsB: number
    readonly unit: 'user'
  }
  readonly verdict: Verdict
  readonly health: readonly HealthCheck[]
  readonly arms: readonly Arm[]
  readonly explorationCost: Estimate // expected clicks lost, over the whole run
  readonly updates: {
    readonly won: number
    readonly lost: number
    readonly tied: number
    readonly void: number
    readonly major: number
    readonly guard: number
  }
  readonly normRatio: number
  readonly meanOverlap: number | null
  readonly effectiveItems: number | null
  /** SHA-256 of every impression, point and this summary, rounded to 12 significant digits. */
  readonly digest: string
}
