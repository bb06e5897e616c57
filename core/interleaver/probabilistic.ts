import { z } from 'zod'
import type { Id, Interleaver, Ranking } from './interleaver.ts'
import {
  differenceLaw,
  expectedCredit,
  likelihood,
  type Assignments,
  type DifferenceLaw,
} from './assignmentLaw.ts'
import { chanceOf, type Chance } from '#core/random/chance'
import { distinct, LengthParams, lawOf, prepare, rankMap, toDraw, type Merged } from './prepare.ts'
import { settle } from './settle.ts'
import { teamClicks } from './teamDraft.ts'

const ProbabilisticParams = z.object({
  tau: z
    .number()
    .min(0)
    .max(50) // beyond, the weights of far ranks underflow
    .default(3)
    .describe(
      'decay of the soft-max over ranks, p ∝ rank^-tau (Hofmann, Whiteson & de Rijke, CIKM 2011)',
    ),
  sampling: z
    .enum(['auto', 'replace', 'noReplace'])
    .default('auto')
    .describe(
      'replace: the ranker of each slot is drawn independently (CIKM 2011); noReplace: each round of n slots is a random order of the rankers (Schuth et al., SIGIR 2015); auto: replace for two rankers, noReplace for more',
    ),
  credit: z
    .enum(['marginal', 'provenance'])
    .default('marginal')
    .describe(
      'marginal: expected credit over all assignments that give the shown list (CIKM 2011); provenance: a click counts for the ranker that drew the item (DRN, WWW 2018)',
    ),
  ...LengthParams.shape,
})
type ProbabilisticParams = z.infer<typeof ProbabilisticParams>

/**
 * Rankers draw items from soft-max distributions over their ranks, so that every list is possible;
 * the credit of a click is shared by the posterior of who drew the item. Rankings are not cut at
 * the length of the list: pass top-k lists to interleave top-k lists.
 */
export const probabilistic: Interleaver<ProbabilisticParams> = {
  paper:
    'Hofmann, Whiteson & de Rijke, CIKM 2011; for more than two rankers Schuth et al., SIGIR 2015',
  params: ProbabilisticParams,
  maxRankers: null,
  unbiased: true,
  measure: 'vote',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy)
    const rounds = drawsRounds(params, rankings.length)
    const { lists } = prepared
    return toDraw(prepared, drawSlots(lists, prepared.length, params.tau, rounds, chanceOf(rng)))
  },
  credit(draw, rankings, clicked, params) {
    const n = rankings.length
    return settle(draw, rankings, clicked, params.creditTail, (slots) => {
      if (params.credit === 'provenance') return { credit: teamClicks(draw.teams, slots, n) }
      const law = assignments(draw.list, rankings, params, draw.tail)
      return {
        credit: expectedCredit(law, slots),
        preference: (x, y) => {
          const { more, fewer } = differenceLaw(law, slots, x, y)
          return more - fewer // the expected sign
        },
        allPairs: n <= MAX_ALL_PAIRS,
      }
    })
  },
  distribution(rankings, length, params) {
    const { lists, length: served } = prepare(rankings, length, params.lengthPolicy)
    const rounds = drawsRounds(params, rankings.length)
    return lawOf((chance) => ({
      list: drawSlots(lists, served, params.tau, rounds, chance).list,
      teams: null, // the credit does not depend on who drew what
    }))
  },
}

/** Comparing all pairs costs n² subset sums; beyond this many rankers only ranker 0 is compared. */
const MAX_ALL_PAIRS = 12

/**
 * The probability that a list is shown, exact; 0 for a list that can not be.
 *
 * @param shown distinct items
 * @param rankings as given to `interleave`, strict length
 */
export function listLikelihood(
  shown: readonly Id[],
  rankings: readonly Ranking[],
  params: Pick<ProbabilisticParams, 'tau' | 'sampling'>,
): number {
  return likelihood(assignments(shown, rankings, params, []))
}

/**
 * The posterior law of ranker 0's clicks against ranker 1's, given a shown list.
 *
 * @param slots clicked slots of `shown`
 */
export function pairLaw(
  shown: readonly Id[],
  rankings: readonly Ranking[],
  slots: readonly number[],
  params: Pick<ProbabilisticParams, 'tau' | 'sampling'>,
): DifferenceLaw {
  return differenceLaw(assignments(shown, rankings, params, []), slots, 0, 1)
}

/** Soft-max weights of the ranks 1 … length: rank^-tau, not normalised. */
export function rankWeights(length: number, tau: number): Float64Array {
  return Float64Array.from({ length }, (_, rank) => (rank + 1) ** -tau)
}

function drawsRounds({ sampling }: Pick<ProbabilisticParams, 'sampling'>, rankers: number) {
  return sampling === 'noReplace' || (sampling === 'auto' && rankers > 2)
}

/**
 * Per slot a ranker, then one of its remaining items. Once a ranking has run out (fill only), the
 * slots are drawn independently among the others, also when rounds are in use: the rounds before
 * then keep their law.
 */
function drawSlots(
  lists: readonly (readonly Id[])[],
  length: number,
  tau: number,
  rounds: boolean,
  chance: Chance,
): Merged & { readonly teams: readonly number[] } {
  const ranks = lists.map(rankMap)
  const weights = rankWeights(Math.max(...lists.map((list) => list.length)), tau)
  const remaining = lists.map((list) => [...list.keys()])
  const rankers = lists.map((_, ranker) => ranker)
  const list: Id[] = []
  const teams: number[] = []
  let round: number[] = []
  while (list.length < length) {
    const able = rankers.filter((ranker) => remaining[ranker]!.length > 0)
    if (!rounds || able.length < lists.length) round = able
    else if (round.length === 0) round = [...rankers]
    const ranker = round[chance.int(round.length)]!
    round = round.filter((other) => other !== ranker)
    const left = remaining[ranker]!
    const rank = left[chance.weighted(left.map((r) => weights[r]!))]!
    const item = lists[ranker]![rank]!
    list.push(item)
    teams.push(ranker)
    for (const [other, left] of remaining.entries()) {
      const place = left.indexOf(ranks[other]!.get(item) ?? -1)
      if (place >= 0) left.splice(place, 1)
    }
  }
  return { list, teams }
}

/**
 * The probability of each shown item under each ranker's soft-max, earlier items removed, and the
 * slots whose rankers were drawn as one round.
 */
function assignments(
  shown: readonly Id[],
  rankings: readonly Ranking[],
  params: Pick<ProbabilisticParams, 'tau' | 'sampling'>,
  tail: readonly boolean[],
): Assignments {
  const lists = rankings.map(distinct)
  const ranks = lists.map(rankMap)
  const weights = rankWeights(Math.max(...lists.map((list) => list.length)), params.tau)
  const shares: number[][] = shown.map(() => [])
  for (const [ranker, list] of lists.entries()) {
    const removed = new Uint8Array(list.length)
    for (const [slot, item] of shown.entries()) {
      const rank = ranks[ranker]!.get(item)
      if (rank === undefined) {
        shares[slot]!.push(0)
        continue
      }
      // summed afresh: subtracting the removed weights would cancel, as the first ranks hold most
      let total = 0
      for (let r = 0; r < list.length; r++) if (removed[r] === 0) total += weights[r]!
      shares[slot]!.push(weights[rank]! / total)
      removed[rank] = 1
    }
  }
  const firstTail = tail.indexOf(true)
  const untilTail = firstTail < 0 ? shown.length : firstTail
  const size = drawsRounds(params, lists.length) ? lists.length : 1
  const rounds: number[][] = []
  for (let slot = 0; slot < shown.length;) {
    const end = slot < untilTail ? Math.min(slot + size, untilTail) : slot + 1
    rounds.push(Array.from({ length: end - slot }, (_, i) => slot + i))
    slot = end
  }
  return { shares, rounds }
}
