import { configuredInterleaver } from '#core/interleaver/index'
import type { Draw, Outcome } from '#core/interleaver/interleaver'
import type { ConfiguredInterleaver } from '#core/interleaver/configure'
import { sameTop } from '#core/interleaver/prepare'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { draftDuel, draftVote, duelSlots } from '#core/interleaver/teamDraftDuel'
import type { Rng } from '#core/random/rng'
import type { InterleaverSpec } from '#core/servingParams'

/** Makes the list that a user is shown from the lists of all sides, and judges its clicks. */
export interface ServedList {
  /** The list made last; the same buffers for every list. */
  readonly items: Int32Array
  readonly teams: Int8Array // side that an item counts for, −1 for none
  /** The judgement made last: one entry per challenger of side 0. */
  readonly outcomes: Outcome[]
  readonly votes: Float64Array // in [0, 1], or scores without a bound; NaN for a no-vote
  /** Credit of the first two sides for the clicks judged last: their items' clicks, or shares. */
  readonly credit: Float64Array // [2]
  /**
   * @param lists one per side, item ids best first; unchanged until the list is judged
   * @returns slots filled
   */
  make(lists: readonly Int32Array[], length: number, user: number, rng: Rng): number
  /** Whether random clicks on the list made last would favour nobody, as its law promises. */
  isBalanced(): boolean
  /** Judges the list made last. @param clicked one entry per slot filled */
  judge(clicked: Uint8Array): void
}

/**
 * An interleaved list of `sides` rankers.
 * @param capacity longest list
 */
export function interleavedList(
  spec: InterleaverSpec,
  sides: number,
  capacity: number,
): ServedList {
  if (sides === 2) {
    if (spec.kind === 'teamDraft' && spec.sharedDocs === 'drawer') return teamDraftList(capacity)
    if (spec.kind === 'probabilistic' && spec.sampling !== 'noReplace') {
      return probabilisticList(spec.tau, capacity)
    }
  }
  const hasCoin = spec.kind === 'balanced' || spec.kind === 'debiasedBalanced'
  return generalList(configured(spec, sides), sides, capacity, hasCoin)
}

/** The whole list of the user's own side, for a split; nobody votes. */
export function wholeList(armOf: Uint8Array, sides: number, capacity: number): ServedList {
  const buffers = listBuffers(sides, capacity)
  const { items, teams, outcomes, votes } = buffers
  outcomes.fill('noVote')
  votes.fill(Number.NaN)
  return {
    ...buffers,
    make(lists, length, user) {
      const arm = armOf[user]!
      const list = lists[arm]!
      const served = Math.min(length, list.length)
      for (let slot = 0; slot < served; slot++) items[slot] = list[slot]!
      teams.fill(arm, 0, served)
      return served
    },
    judge: () => undefined,
  }
}

const values = { a: 1, b: 0, tie: 0.5, noVote: Number.NaN } as const

function listBuffers(sides: number, capacity: number) {
  return {
    ...duelSlots(capacity),
    outcomes: Array<Outcome>(sides - 1).fill('noVote'),
    votes: new Float64Array(sides - 1).fill(Number.NaN),
    credit: new Float64Array(2),
    isBalanced: () => true,
  }
}

function configured(spec: InterleaverSpec, sides: number): ConfiguredInterleaver {
  const { kind, ...params } = spec
  // independent draws leave a ranker out of a short list too often once there are three or more
  const rounds = kind === 'probabilistic' && sides > 2 ? { sampling: 'noReplace' } : {}
  return configuredInterleaver(kind, { ...params, ...rounds })
}

/**
 * Any registered method, for any number of sides.
 * @param hasCoin one coin decides whose best item comes first, and the list has no teams
 */
function generalList(
  method: ConfiguredInterleaver,
  sides: number,
  capacity: number,
  hasCoin: boolean,
): ServedList {
  const buffers = listBuffers(sides, capacity)
  const { items, teams, outcomes, votes, credit } = buffers
  let draw: Draw | null
  let rankings: readonly Int32Array[]
  return {
    ...buffers,
    make(lists, length, _user, rng) {
      rankings = lists
      draw = null
      if (length === 0) return 0 // a user who has seen everything
      const made = method.interleave(rankings, length, rng)
      draw = made
      made.list.forEach((item, slot) => {
        items[slot] = Number(item)
        teams[slot] = made.teams?.[slot] ?? -1
      })
      if (hasCoin) teams[0] = ledBy(items[0]!, rankings)
      return made.list.length
    },
    isBalanced: () => draw?.minTotalBias === undefined,
    judge(clicked) {
      if (!draw) {
        outcomes.fill('noVote')
        votes.fill(Number.NaN)
        credit.fill(0)
        return
      }
      const judged = method.credit(draw, rankings, clicked.subarray(0, draw.list.length))
      judged.votes.forEach((vote, i) => {
        outcomes[i] = vote.outcome
        votes[i] = vote.voteValue ?? (vote.outcome === 'noVote' ? Number.NaN : vote.delta)
      })
      if (draw.teams) addTeamClicks(teams, draw.list.length, clicked, credit)
      else credit.set(judged.credit.slice(0, 2))
    },
  }
}

/** The side whose best item leads the list; −1 where the lists begin alike, and no coin shows. */
function ledBy(item: number, [a, b]: readonly Int32Array[]): number {
  return a![0] === b![0] ? -1 : item === a![0] ? 0 : 1
}

function addTeamClicks(
  teams: Int8Array,
  served: number,
  clicked: Uint8Array,
  out: Float64Array,
): void {
  out.fill(0)
  for (let slot = 0; slot < served; slot++) {
    const team = teams[slot]!
    if (clicked[slot] === 1 && team >= 0 && team < out.length) out[team]!++
  }
}

function teamDraftList(capacity: number): ServedList {
  const buffers = listBuffers(2, capacity)
  const { teams, outcomes, votes, credit } = buffers
  let served = 0
  let identical = false
  return {
    ...buffers,
    make(lists, length, _user, rng) {
      const [a, b] = [lists[0]!, lists[1]!]
      served = draftDuel(a, b, length, buffers, rng)
      identical = sameTop(a, b, served)
      return served
    },
    judge(clicked) {
      const outcome = draftVote(teams, served, identical, clicked)
      outcomes[0] = outcome
      votes[0] = values[outcome]
      addTeamClicks(teams, served, clicked, credit)
    },
  }
}

function probabilisticList(tau: number, capacity: number): ServedList {
  const buffers = listBuffers(2, capacity)
  const { items, teams, outcomes, votes, credit } = buffers
  const duel = probabilisticDuel(tau, capacity, capacity)
  let a: Int32Array
  let b: Int32Array
  let served = 0
  const settle = (outcome: Outcome, vote: number): void => {
    outcomes[0] = outcome
    votes[0] = vote
  }
  return {
    ...buffers,
    make(lists, length, _user, rng) {
      a = lists[0]!
      b = lists[1]!
      served = duel.interleave(a, b, length, buffers, rng)
      return served
    },
    judge(clicked) {
      addTeamClicks(teams, served, clicked, credit)
      let clicks = 0
      for (let slot = 0; slot < served; slot++) clicks += clicked[slot]!
      if (clicks === 0) {
        settle('noVote', Number.NaN)
        return
      }
      const sign = sameTop(a, b, served) ? 0 : duel.expectedSign(a, b, items, served, clicked)
      if (Math.abs(sign) <= 1e-12) settle('tie', 0.5)
      else settle(sign > 0 ? 'a' : 'b', 0.5 + 0.5 * sign)
    },
  }
}
