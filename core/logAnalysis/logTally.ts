import type { LogFacts, LogPiece } from '#core/dataset/kinds/interleaving'
import { ArmClicks } from '#core/run/armClicks'
import { outcomeCodes } from '#core/run/batch'
import type { Comparison } from '#core/run/comparison'
import type { Evidence } from '#core/run/findings'
import { FreePicks, pickRule, type PickRule } from '#core/run/freePicks'
import type { HealthEvidence } from '#core/run/health'
import { challengerColumns, pointMetrics, type PointMetric } from '#core/run/point'
import { VoteTally, type ComparisonPlan } from '#core/run/voteTally'
import type { JudgedLog } from './judgeLog.ts'
import type { LogPlan } from './logPlan.ts'

/** Shown items and their clicks at one position, per side. */
export interface PositionClicks {
  readonly shown: Float64Array // [sides × positions]
  readonly clicks: Float64Array // [sides × positions]
  readonly positions: number
}

/** Lists with what the judgement made of their rows. */
interface JudgedPiece {
  readonly piece: LogPiece
  readonly teams: Int8Array // [rows], side by the plan's order
  readonly credited: Uint8Array // [rows], 1 where a click counts
}

/**
 * The statistics of the lists that stay in, in the order of the log: the same sums per user as of a
 * run, so that memory grows with users and not with rows.
 */
export class LogTally implements Evidence, HealthEvidence {
  readonly counts = {
    impressions: 0,
    users: 0,
    clicks: 0,
    identical: 0,
    duplicates: 0,
    differentSlots: 0,
    slots: 0,
  }
  readonly votes: readonly VoteTally[]
  readonly split: ArmClicks | null
  readonly comparisons: readonly Comparison[]
  readonly positions: PositionClicks
  /** Users by the side that led their first list, where one did. */
  readonly firstLed: Float64Array // [sides]
  /** [voted, no-vote] per side that led. */
  readonly #led: Float64Array // [sides × 2]
  readonly exposures: Float64Array // [items]
  decidedAtUser = -1
  readonly #log: LogFacts
  readonly #judged: JudgedLog
  readonly #picks: FreePicks
  readonly #seen: Uint8Array // [users]
  #windowClicks = 0
  #windowSlots = 0

  /** @param kept lists that stay in; @param armOf side of each user, in a split */
  constructor(
    log: LogFacts,
    judged: JudgedLog,
    plan: LogPlan,
    armOf: Uint8Array | null,
    comparison: ComparisonPlan,
  ) {
    const sides = judged.lists.sides.length
    const positions = judged.slots.reduce((most, slots) => Math.max(most, slots), 0)
    this.#log = log
    this.#judged = judged
    this.votes = Array.from({ length: sides - 1 }, () => new VoteTally(comparison, log.users))
    this.split = armOf && new ArmClicks(comparison, armOf, sides, positions)
    this.comparisons = this.split?.comparisons ?? this.votes
    this.positions = {
      shown: new Float64Array(sides * positions),
      clicks: new Float64Array(sides * positions),
      positions,
    }
    this.#picks = new FreePicks(freePickRule(log, plan, sides), sides, positions)
    this.firstLed = new Float64Array(sides)
    this.#led = new Float64Array(2 * sides)
    this.exposures = new Float64Array(log.items)
    this.#seen = new Uint8Array(log.users)
  }

  /** @param at place of the list in its piece */
  add({ piece, teams: team, credited }: JudgedPiece, at: number): void {
    const { counts } = this
    const { first, item } = piece
    const { outcome, vote, attributed, differentSlots, identical } = this.#judged
    const impression = piece.from + at
    const [from, to] = [first[at]!, first[at + 1]!]
    const user = this.#log.user[impression]!
    const challengers = this.votes.length
    counts.impressions++
    counts.clicks += attributed[impression]!
    counts.identical += identical[impression]!
    if (differentSlots) {
      counts.differentSlots += differentSlots[impression]!
      counts.slots += to - from
    }
    for (let c = 0; c < challengers; c++) {
      const index = impression * challengers + c
      this.votes[c]!.add(user, outcomeCodes[outcome[index]!]!, vote[index]!)
    }
    this.split?.add(user, attributed[impression]!)
    const { positions, shown, clicks: clicked } = this.positions
    for (let row = from; row < to; row++) {
      this.exposures[item[row]!]!++
      if (item.subarray(from, row).includes(item[row]!)) counts.duplicates++
      if (team[row]! < 0) continue
      const cell = team[row]! * positions + row - from
      shown[cell]!++
      clicked[cell]! += credited[row]!
    }
    const teams = team.subarray(from, to)
    this.#picks.add(teams)
    const leader = teams.find((side) => side >= 0)
    if (leader !== undefined) {
      const isNoVote = outcomeCodes[outcome[impression * challengers]!] === 'noVote'
      this.#led[2 * leader + (isNoVote ? 1 : 0)]!++
      if (this.#seen[user] === 0) this.firstLed[leader]!++
    }
    this.#seen[user] = 1
    this.#windowClicks += attributed[impression]!
    this.#windowSlots += to - from
  }

  /** The user's last list has been judged: the score enters, once, in this order. */
  closeUser(user: number): void {
    this.counts.users++
    for (const votes of this.votes) votes.closeUser(user)
    this.split?.closeUser(user)
  }

  finish(): void {
    for (const votes of this.votes) votes.finish()
    this.split?.finish()
  }

  /** The point of the lists since the last call; what a log can not tell is NaN. */
  point(seconds: number): Float64Array {
    const { counts } = this
    const votes = this.votes[0]!.counts
    const comparison = this.comparisons[0]!
    const interval = comparison.interval()
    if (this.decidedAtUser < 0 && interval && (interval.low > 0 || interval.high < 0)) {
      this.decidedAtUser = counts.users
    }
    const values: Partial<Record<PointMetric, number>> = {
      ...challengerColumns(this.comparisons),
      impressions: counts.impressions,
      seconds,
      users: counts.users,
      winsA: votes.a,
      winsB: votes.b,
      ties: votes.tie,
      noVotes: votes.noVote,
      identical: counts.identical,
      logE: comparison.logE() ?? Number.NaN,
      ctr: this.#windowClicks / this.#windowSlots,
      effectiveItems: this.effectiveItems() ?? Number.NaN,
    }
    this.#windowClicks = 0
    this.#windowSlots = 0
    return Float64Array.from(pointMetrics, (name) => values[name] ?? Number.NaN)
  }

  freePicks(): number[][] {
    return this.#picks.table()
  }

  votedByFirst(): number[][] {
    return this.votes
      .map((_, side) => side)
      .concat(this.votes.length)
      .map((side) => [this.#led[2 * side]!, this.#led[2 * side + 1]!])
  }

  /** exp(entropy) of the shares of exposure; null before the first list. */
  effectiveItems(): number | null {
    const total = this.exposures.reduce((sum, n) => sum + n, 0)
    if (total === 0) return null
    let entropy = 0
    for (const n of this.exposures) if (n > 0) entropy -= (n / total) * Math.log(n / total)
    return Math.exp(entropy)
  }
}

/** Where teams are recomputed, the uncertain ones are picks too. */
function freePickRule(log: LogFacts, { interleaver }: LogPlan, sides: number): PickRule {
  const isRecomputed = !log.has.team && interleaver.kind === 'teamDraft'
  return isRecomputed && interleaver.sharedDocs === 'drawer'
    ? 'roundStartsOfAllSlots'
    : pickRule(interleaver, sides)
}
