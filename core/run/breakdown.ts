import { Activeness } from '#core/agent/activeness'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { ImpressionChunk } from './batch.ts'
import { deltaBootstrap, type DeltaBootstrap } from './deltaBootstrap.ts'
import {
  countItems,
  exposureFigures,
  exposureWindow,
  type ExposureFigures,
} from './exposureFigures.ts'
import { measureOf } from './measure.ts'
import { rangeInference, type RangeFindings } from './rangeInference.ts'
import { userSegments, type UserSegments } from './userSegments.ts'
import type { ClosedUser } from './userSubset.ts'
import { windowInference, type DeltaWindows, type TimedUser } from './windowInference.ts'

/** Requests of a user that count as the cold start, each on its own. */
const coldSteps = 5

/** Every user of a run as columns, in the order of arrival. */
interface UserColumns {
  readonly user: Int32Array
  readonly impressions: Uint32Array
  readonly clicks: Uint32Array
  readonly outcomes: Uint32Array // [users × 4], by `outcomeCodes`
  readonly meanVote: Float64Array // NaN without a vote
  /** What the user adds to Δ: (mean vote − centre) / users with a vote; NaN without one. */
  readonly share: Float64Array
  readonly activeness: Float64Array // S right after the last request
  readonly firstSeconds: Float64Array
  readonly lastSeconds: Float64Array
}

/** What a slot did, by the side that it counts for: A, B, neither. */
export interface PlaceRow {
  readonly shown: readonly [a: number, b: number, neither: number]
  readonly clicked: readonly [a: number, b: number, neither: number]
}

/** Position × team of the impressions so far. */
export interface RunPlaces {
  readonly impressions: number
  readonly places: readonly PlaceRow[]
}

/** What the stored impressions of a run say beyond its points. */
export interface Breakdown extends RunPlaces {
  readonly users: UserColumns
  /** Lists and clicks by a user's first, second, … request; the last entry holds all later ones. */
  readonly steps: readonly { readonly lists: number; readonly clicks: number }[]
  readonly exposure: {
    readonly served: ExposureFigures
    readonly recent: ExposureFigures // of the served lists
    readonly recentA: ExposureFigures
    readonly recentB: ExposureFigures
    readonly window: number // impressions
    /** The users whom the most shown items of late have reached, in the order of `recent.most`. */
    readonly reached: readonly Int32Array[]
    /** Effective items of each whole window. */
    readonly trend: ExposureTrend
  }
  /** Null where users are compared by scores without a bound, or by arms. */
  readonly segments: UserSegments | null
  /** How Δ moved, of the users as they left; null where they have no votes, as above. */
  readonly windows: DeltaWindows | null
  /** Δ of users drawn again and again from those with a vote; null where there are too few. */
  readonly bootstrap: DeltaBootstrap | null
}

/** What a range says, or why it says nothing. */
export type RangeAnswer =
  | { readonly findings: RangeFindings; readonly reason: null }
  | {
      readonly findings: null
      readonly reason: 'split' | 'score' | 'noImpressions' | 'emptyRange' | 'unfinished'
    }

/** Effective items, window by window. */
interface ExposureTrend {
  readonly end: readonly number[] // impressions served at the end of the window
  readonly served: readonly number[]
  readonly listA: readonly number[]
  readonly listB: readonly number[]
}

/** Folds the impressions of a run, in order. */
export class BreakdownFold {
  readonly #spec: ExperimentSpec
  readonly #rowOf = new Map<number, number>()
  readonly #rows: UserRow[] = []
  readonly #places: { shown: [number, number, number]; clicked: [number, number, number] }[] = []
  readonly #steps = Array.from({ length: coldSteps + 1 }, () => ({ lists: 0, clicks: 0 }))
  readonly #served = new Map<number, number>()
  readonly #window: number
  readonly #recent: RecentImpression[] = []
  readonly #trend: Record<keyof ExposureTrend, number[]> = {
    end: [],
    served: [],
    listA: [],
    listB: [],
  }
  /** Counts of the open window. */
  readonly #open = {
    served: new Map<number, number>(),
    listA: new Map<number, number>(),
    listB: new Map<number, number>(),
  }
  #impressions = 0
  #closed: readonly TimedUser[] | null = null

  constructor(spec: ExperimentSpec) {
    this.#spec = spec
    this.#window = exposureWindow(spec.traffic)
  }

  add(chunk: ImpressionChunk): void {
    const { count, k } = chunk
    for (let i = 0; i < count; i++) this.#addOne(chunk, i, i * k, (i + 1) * k)
    countItems(this.#served, chunk.shown)
    for (let i = 0; i < count; i++) {
      const of = (column: Int32Array) => column.subarray(i * k, (i + 1) * k)
      const [shown, listA, listB] = [of(chunk.shown), of(chunk.listA), of(chunk.listB)]
      this.#recent.push({ user: chunk.user[i]!, shown, listA, listB })
    }
    this.#recent.splice(0, Math.max(0, this.#recent.length - this.#window))
    this.#closed = null
  }

  #addOne(chunk: ImpressionChunk, i: number, from: number, to: number): void {
    this.#addToTrend(chunk, from, to)
    const row = this.#rowFor(chunk.user[i]!, chunk.seconds[i]!)
    let clicks = 0
    for (let slot = from; slot < to; slot++) {
      if (chunk.shown[slot]! < 0) break
      const place = (this.#places[slot - from] ??= { shown: [0, 0, 0], clicked: [0, 0, 0] })
      const team = chunk.team[slot]!
      const side = team === 0 || team === 1 ? team : 2
      place.shown[side]++
      if (chunk.clicked[slot] !== 1) continue
      place.clicked[side]++
      clicks++
    }
    row.impressions++
    row.clicks += clicks
    row.outcomes[chunk.outcome[i]!]!++
    row.activeness = row.law.request(0, chunk.seconds[i]!)
    row.last = chunk.seconds[i]!
    row.lastIndex = chunk.from + i
    const vote = chunk.vote[i]!
    if (!Number.isNaN(vote)) {
      row.votes++
      row.voteSum += vote
    }
    const step = this.#steps[Math.min(coldSteps, row.impressions - 1)]!
    step.lists++
    step.clicks += clicks
  }

  #addToTrend(chunk: ImpressionChunk, from: number, to: number): void {
    const { served, listA, listB } = this.#open
    countItems(served, chunk.shown.subarray(from, to))
    countItems(listA, chunk.listA.subarray(from, to))
    countItems(listB, chunk.listB.subarray(from, to))
    if (++this.#impressions % this.#window !== 0) return
    this.#trend.end.push(this.#impressions)
    for (const list of ['served', 'listA', 'listB'] as const) {
      this.#trend[list].push(exposureFigures(this.#open[list]).effective)
      this.#open[list].clear()
    }
  }

  #rowFor(user: number, seconds: number): UserRow {
    const known = this.#rowOf.get(user)
    if (known !== undefined) return this.#rows[known]!
    const row: UserRow = {
      user,
      impressions: 0,
      clicks: 0,
      outcomes: [0, 0, 0, 0],
      votes: 0,
      voteSum: 0,
      activeness: 0,
      law: new Activeness(1),
      first: seconds,
      last: seconds,
      lastIndex: 0,
    }
    this.#rowOf.set(user, this.#rows.length)
    this.#rows.push(row)
    return row
  }

  /** Index of the first impression that it does not know. */
  get next(): number {
    return this.#impressions
  }

  /** Why users can not be compared by their votes; null where they can. */
  get #noVotes(): 'split' | 'score' | 'noImpressions' | null {
    if (this.#spec.design === 'split') return 'split'
    if (measureOf(this.#spec).kind === 'score') return 'score'
    return this.#impressions === 0 ? 'noImpressions' : null
  }

  /**
   * What the users of one range say; see `rangeInference`.
   * @param range users that had left before it and by its end, of a finished run
   */
  range(range: readonly [number, number]): RangeAnswer {
    const reason = this.#noVotes
    if (reason) return { findings: null, reason }
    const findings = rangeInference(this.#leaving(), range, this.#spec.analysis)
    return findings ? { findings, reason: null } : { findings, reason: 'emptyRange' }
  }

  /** All users in the order of their last lists. */
  #leaving(): readonly TimedUser[] {
    this.#closed ??= this.#rows
      .toSorted((one, other) => one.lastIndex - other.lastIndex)
      .map((row) => ({ ...closedUser(row), last: row.lastIndex, seconds: row.last }))
    return this.#closed
  }

  places(): RunPlaces {
    return { impressions: this.#impressions, places: this.#places }
  }

  result(): Breakdown {
    const rows = this.#rows
    const measure = measureOf(this.#spec)
    const voting = rows.filter(({ votes }) => votes > 0).length
    const recentOf = (list: 'shown' | 'listA' | 'listB') => {
      const counts = new Map<number, number>()
      for (const impression of this.#recent) countItems(counts, impression[list])
      return exposureFigures(counts)
    }
    const recent = recentOf('shown')
    return {
      ...this.places(),
      users: {
        user: Int32Array.from(rows, ({ user }) => user),
        impressions: Uint32Array.from(rows, ({ impressions }) => impressions),
        clicks: Uint32Array.from(rows, ({ clicks }) => clicks),
        outcomes: Uint32Array.from(rows.flatMap(({ outcomes }) => outcomes)),
        meanVote: Float64Array.from(rows, meanVote),
        share: Float64Array.from(rows, (row) => (meanVote(row) - measure.centre) / voting),
        activeness: Float64Array.from(rows, ({ activeness }) => activeness),
        firstSeconds: Float64Array.from(rows, ({ first }) => first),
        lastSeconds: Float64Array.from(rows, ({ last }) => last),
      },
      steps: this.#steps,
      exposure: {
        served: exposureFigures(this.#served),
        recent,
        recentA: recentOf('listA'),
        recentB: recentOf('listB'),
        window: this.#recent.length,
        reached: recent.most.map(({ item }) => {
          const users = this.#recent.flatMap(({ user, shown }) =>
            shown.includes(item) ? user : [],
          )
          return Int32Array.from(new Set(users))
        }),
        trend: this.#trend,
      },
      windows: this.#noVotes ? null : windowInference(this.#leaving(), this.#spec.analysis),
      bootstrap: this.#noVotes ? null : deltaBootstrap(this.#leaving(), this.#spec.analysis),
      segments:
        this.#noVotes === 'split' || this.#noVotes === 'score'
          ? null
          : userSegments(
              rows.map((row) => ({
                ...closedUser(row),
                lists: row.impressions,
                last: row.lastIndex,
              })),
              this.#spec,
            ),
    }
  }
}

interface RecentImpression {
  readonly user: number
  readonly shown: Int32Array
  readonly listA: Int32Array
  readonly listB: Int32Array
}

interface UserRow {
  readonly user: number
  impressions: number
  clicks: number
  readonly outcomes: number[]
  votes: number
  voteSum: number
  activeness: number
  readonly law: Activeness
  readonly first: number
  last: number
  lastIndex: number
}

const meanVote = ({ votes, voteSum }: UserRow) => (votes > 0 ? voteSum / votes : Number.NaN)

function closedUser(row: UserRow): ClosedUser {
  const [winsA, winsB] = row.outcomes
  return { vote: meanVote(row), sign: (Math.sign(winsA! - winsB!) + 1) / 2 }
}
