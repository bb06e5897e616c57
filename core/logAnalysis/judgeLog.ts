import type { InterleavingLog } from '#core/dataset/kinds/interleaving'
import { configuredInterleaver } from '#core/interleaver/index'
import type { Draw, Vote } from '#core/interleaver/interleaver'
import type { InterleaverSpec } from '#core/servingParams'
import { attributedClicks, type AttributedClicks } from './attribution.ts'
import { loggedLists, type LoggedList } from './loggedLists.ts'
import type { LogPlan } from './logPlan.ts'
import { outcomeCodes } from '#core/run/batch'

/** What became of every list of a log, as columns. */
export interface JudgedLog {
  readonly sides: readonly LogPlan['sides'][number][]
  readonly clicks: AttributedClicks
  /** [impressions × challengers], by `outcomeCodes`; all no-votes in a split. */
  readonly outcome: Uint8Array
  readonly vote: Float64Array // [impressions × challengers], NaN for a no-vote
  readonly attributed: Uint8Array // [impressions], slots whose clicks count
  /** Side of every slot by the plan's order, −1 = neutral or not known; [rows]. */
  readonly team: Int8Array
  readonly mismatch: Uint8Array // [impressions], 1 where the method can not have made the list
  /** Impressions whose teams could be checked against the source rankings. */
  readonly checked: number
  /** [impressions], slots at which the source lists differ, 255 for more; null without ranks. */
  readonly differentSlots: Uint8Array | null
  readonly identical: Uint8Array // [impressions]; 0 where ranks were not logged
}

/** Lists between two reports of progress. */
const stride = 20_000

/**
 * Judges every list by the plan's method and attribution rule, by the same table of outcomes as a
 * run of our own (interleaving.md §1.1).
 *
 * @returns through the generator; it yields how many lists are judged
 * @throws LogError when the plan does not fit the log
 */
export function* judgeLog(log: InterleavingLog, plan: LogPlan): Generator<number, JudgedLog> {
  const lists = loggedLists(log, plan)
  const clicks = attributedClicks(log, plan.attribution)
  const challengers = lists.sides.length - 1
  const { impressions } = log
  const judge = judgeOf(plan, lists.sides.length)
  const hasRanks = lists.read(0).rankings !== null
  const judged = {
    sides: lists.sides,
    clicks,
    outcome: new Uint8Array(impressions * challengers).fill(outcomeCodes.indexOf('noVote')),
    vote: new Float64Array(impressions * challengers).fill(Number.NaN),
    attributed: new Uint8Array(impressions),
    team: new Int8Array(log.item.length),
    mismatch: new Uint8Array(impressions),
    differentSlots: hasRanks ? new Uint8Array(impressions) : null,
    identical: new Uint8Array(impressions),
  }
  let checked = 0
  for (let i = 0; i < impressions; i++) {
    if (i % stride === 0) yield i
    const [from, to] = [log.first[i]!, log.first[i + 1]!]
    const list = lists.read(i)
    judged.team.set(list.teams, from)
    if (list.consistent !== null) {
      checked++
      judged.mismatch[i] = list.consistent ? 0 : 1
    }
    const clicked = clicks.counts.subarray(from, to)
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
  return { ...judged, checked }
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
