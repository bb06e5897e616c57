import type { LogReader } from '#core/dataset/kinds/interleaving'
import { configuredInterleaver } from '#core/interleaver/index'
import type { Draw, Vote } from '#core/interleaver/interleaver'
import type { InterleaverSpec } from '#core/servingParams'
import {
  creditedRows,
  noEvents,
  requireAttributable,
  type AttributionCounts,
} from './attribution.ts'
import { loggedLists, type LoggedList, type LoggedLists } from './loggedLists.ts'
import type { LogPlan } from './logPlan.ts'
import { outcomeCodes } from '#core/run/batch'
import { RepeatedLists } from './repeatedLists.ts'

/** What became of every list of a log, as columns. */
export interface JudgedLog {
  readonly lists: LoggedLists
  readonly clicks: AttributionCounts
  /** [impressions × challengers], by `outcomeCodes`; all no-votes in a split. */
  readonly outcome: Uint8Array
  readonly vote: Float64Array // [impressions × challengers], NaN for a no-vote
  readonly attributed: Uint8Array // [impressions], slots whose clicks count
  readonly slots: Uint16Array // [impressions], shown items
  /** [impressions], side of the first slot by the plan's order, −1 = neutral or not known. */
  readonly top: Int8Array
  readonly repeated: Uint8Array // [impressions], 1 where the user had the same list in that second
  readonly mismatch: Uint8Array // [impressions], 1 where the method can not have made the list
  /** Impressions whose teams could be checked against the source rankings. */
  readonly checked: number
  /** [impressions], slots at which the source lists differ, 255 for more; null without ranks. */
  readonly differentSlots: Uint8Array | null
  readonly identical: Uint8Array // [impressions]; 0 where ranks were not logged
}

/**
 * Judges every list by the plan's method and attribution rule, by the same table of outcomes as a
 * run of our own (interleaving.md §1.1).
 *
 * @returns through the generator; it yields how many lists are judged
 * @throws LogError when the plan does not fit the log
 */
export async function* judgeLog(log: LogReader, plan: LogPlan): AsyncGenerator<number, JudgedLog> {
  const lists = loggedLists(log, plan)
  requireAttributable(log, plan)
  const challengers = lists.sides.length - 1
  const { impressions } = log
  const judge = judgeOf(plan, lists.sides.length)
  const repeats = new RepeatedLists(log.users)
  const judged = {
    lists,
    outcome: new Uint8Array(impressions * challengers).fill(outcomeCodes.indexOf('noVote')),
    vote: new Float64Array(impressions * challengers).fill(Number.NaN),
    attributed: new Uint8Array(impressions),
    slots: new Uint16Array(impressions),
    top: new Int8Array(impressions).fill(-1),
    repeated: new Uint8Array(impressions),
    mismatch: new Uint8Array(impressions),
    differentSlots: lists.ranked ? new Uint8Array(impressions) : null,
    identical: new Uint8Array(impressions),
  }
  const clicks = { ...noEvents }
  let checked = 0
  for await (const piece of log.pieces()) {
    yield piece.from
    const counts = creditedRows(piece, plan, clicks)
    for (let at = 0; at < piece.count; at++) {
      const i = piece.from + at
      const [from, to] = [piece.first[at]!, piece.first[at + 1]!]
      const list = lists.read(piece, at)
      judged.slots[i] = to - from
      judged.top[i] = list.teams[0] ?? -1
      judged.repeated[i] = repeats.add(log.user[i]!, log.time[i]!, list.items) ? 1 : 0
      if (list.consistent !== null) {
        checked++
        judged.mismatch[i] = list.consistent ? 0 : 1
      }
      const clicked = counts.subarray(from, to)
      judged.attributed[i] = clicked.reduce((sum, click) => sum + click, 0)
      if (list.rankings && judged.differentSlots) {
        const different = differingSlots(list)
        judged.differentSlots[i] = Math.min(255, different)
        judged.identical[i] = different === 0 ? 1 : 0
      }
      if (plan.design === 'split') continue
      judge(list, clicked).forEach(({ outcome, voteValue, delta }, c) => {
        judged.outcome[i * challengers + c] = outcomeCodes.indexOf(outcome)
        judged.vote[i * challengers + c] = voteValue ?? (outcome === 'noVote' ? Number.NaN : delta)
      })
    }
  }
  return { ...judged, clicks, checked }
}

type Judgement = readonly Pick<Vote, 'outcome' | 'voteValue' | 'delta'>[]

function judgeOf(
  { interleaver }: LogPlan,
  sides: number,
): (list: LoggedList, clicked: Uint8Array) => Judgement {
  const { kind, ...params } = interleaver
  const method = configuredInterleaver(kind, methodParams(interleaver, params, sides))
  // without source ranks no two lists can be found equal: each stands for one of its own
  const unknown = Array.from({ length: sides }, (_, side) => [-1 - side])
  return ({ items, teams, rankings }, clicked) => {
    const identical = rankings !== null && rankings.every((list) => sameTop(list, rankings[0]!))
    const draw: Draw = {
      list: items,
      teams: kind === 'optimized' ? null : teams,
      tail: [],
      identical,
      truncated: false,
      duplicatesRemoved: [],
    }
    return method.credit(draw, rankings ?? unknown, clicked).votes
    function sameTop(a: readonly number[], b: readonly number[]): boolean {
      return items.every((_, rank) => a[rank] === b[rank])
    }
  }
}

/** Three or more rankers always take turns, as in a run. */
const methodParams = ({ kind }: InterleaverSpec, params: object, sides: number): object =>
  kind === 'probabilistic' && sides > 2 ? { ...params, sampling: 'noReplace' } : params

/** Ranks within the shown length at which the source lists are not known to agree. */
function differingSlots({ items, rankings }: LoggedList): number {
  let different = 0
  for (let rank = 0; rank < items.length; rank++) {
    if (rankings!.some((list) => list[rank] !== rankings![0]![rank])) different++
  }
  return different
}
