import type { ExposureFigures } from './exposureFigures.ts'
import type { ReplayFindings } from '#core/agent/qCalibration'
import type { RankerKind } from '#core/ranker/params'
import type { InterleaverSpec } from '#core/servingParams'
import type { CorrectionId } from '#core/stats/correction'

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

export const healthCheckIds = [
  'firstPickFairness',
  'positionTeam',
  'noVoteByCoin',
  'dilution',
  'heavyUsers',
  'duplicates',
  'sampleRatio',
  'firstListLead',
  'teamMismatch',
  'repeatedLists',
  'automaticUsers',
  'orphanClicks',
  'unmeasuredClicks',
  'scoreBound',
  'balancedLaw',
] as const
export type HealthCheckId = (typeof healthCheckIds)[number]

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
  'greedyMf',
  'untrained',
  'oracle',
] as const
export type ArmId = (typeof armIds)[number]

/** The arm of each side by its place: a duel's first two rankers stand where Q and Q~ do. */
export const sideArms = ['q', 'explore', 'side2', 'side3', 'side4', 'side5'] as const
export type SideArm = (typeof sideArms)[number]

/** One policy on the run's requests; expected clicks come from the simulator's click model. */
export interface Arm {
  readonly id: ArmId | SideArm
  readonly ctr: Estimate // expected clicks per shown item, user-clustered 95 % interval
  readonly ndcg: Estimate | null
  readonly precision: Estimate | null
}

/** A side by what the spec or the log calls it. */
export interface Side {
  readonly kind: RankerKind | 'logged'
  readonly label: string | null
}

/** What the run says of one side against side 0. */
export interface Challenger {
  readonly side: number // 1 …
  /** Null in a split, where no list is shared and nobody votes. */
  readonly outcomes: {
    readonly a: number
    readonly b: number
    readonly tie: number
    readonly noVote: number
  } | null
  readonly delta: Estimate // the locked engine; > 0 speaks for side 0
  readonly logE: number | null
  readonly otherEngines: readonly { readonly id: string; readonly estimate: Estimate }[]
  readonly signTest: Findings['signTest'] | null
  /** Names a direction only where the family's correction rejects Δ = 0 as well. */
  readonly verdict: Verdict
}

/** The comparisons that are corrected together: side 0 against every challenger. */
export interface Family {
  readonly method: CorrectionId
  readonly size: number
  readonly errorRate: number // of false discoveries, or family-wise, as the method bounds
  readonly rejected: readonly boolean[] // per challenger
}

/** What the designs `duel` and `split` add to a summary. */
export interface Contest {
  readonly design: 'duel' | 'split'
  readonly sides: readonly Side[]
  readonly challengers: readonly Challenger[]
  readonly family: Family
  /** Mean clicks per list of each side's own users; null in a duel. */
  readonly clicksPerList: readonly Estimate[] | null
}

/** What must not get worse, as the plan set it. */
export interface Guardrail {
  readonly id: 'ctrFloor' | 'diversityFloor'
  readonly estimate: Estimate
  readonly limit: number
  /** open: the interval holds the limit, or nothing is known yet. */
  readonly state: 'holds' | 'open' | 'breached'
}

/** What a reader has to know of the interleaving method. */
export interface MethodNotes {
  readonly kind: InterleaverSpec['kind']
  /** Of a score, Δ is a mean difference of scores without a bound. */
  readonly measure: 'vote' | 'score'
  /** Whether random clicks prefer nobody. */
  readonly unbiased: boolean
}

/** What the votes say, of a run or of a log; plain data, no NaN: `null` with a reason instead. */
export interface Findings {
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
  /** Of a method that is not both: unbiased, with votes in [0, 1]. */
  readonly method?: MethodNotes
  /** Absent where the plan sets none. */
  readonly guardrails?: readonly Guardrail[]
  readonly health: readonly HealthCheck[]
  readonly meanOverlap: number | null
  readonly effectiveItems: number | null
  /**
   * Of named sides; absent in `explore`. `delta`, `signTest` and `verdict` above are then those
   * of the first challenger; in a split Δ is a difference of clicks per list.
   */
  readonly contest?: Contest
}

/** What users did beside clicking; intervals are clustered by user. */
export interface BehaviourSummary {
  readonly returnsPerDay: Estimate // requests after the first, per day between first and last
  readonly activeness: Estimate // S right after a request (DRN §4.4)
  readonly activenessHistogram: readonly number[] // requests by tenths of S
  readonly clickedSimilarity: Estimate // ILS: mean cosine of the items a user clicked
  readonly usersWithOneClick: number // left out of it
  readonly clickAgeHours: Estimate // of clicked items, where items have an age
}

/** What the reference policies would have shown of late, had their lists been served. */
export interface ReferenceExposure {
  readonly items: number // of the catalogue
  readonly window: number // impressions
  readonly arms: readonly { readonly id: ArmId; readonly figures: ExposureFigures }[]
}

/** What a finished (or running) run says. */
export interface RunSummary extends Findings {
  readonly engineVersion: string
  readonly backend: string
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
  /** Returns, activeness and what clicked items have in common; older runs have none. */
  readonly behaviour?: BehaviourSummary
  /** Of the learner's replay; absent where nobody learns. */
  readonly learning?: ReplayFindings
  /** Of a world that is set to a level of clicks: the offset and what random lists get by it. */
  readonly calibration?: { readonly offset: number; readonly ctr: number }
  readonly normRatio: number
  /** No part of the digest; older runs have none. */
  readonly exposure?: ReferenceExposure
  /** SHA-256 of every impression, point and this summary, rounded to 12 significant digits. */
  readonly digest: string
}
