import { duelingUpdate, type DuelingState } from '#core/bandit/duelingGradientDescent'
import { SphereDirections } from '#core/bandit/sphereDirections'
import { multileaveDraft } from '#core/interleaver/multileaveDraft'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { duelSlots } from '#core/interleaver/teamDraftDuel'
import type { Rng } from '#core/random/rng'
import { linearRanker, type Query } from './linearRanking.ts'
import { decay, type OltrLearner, type OltrMethod, type OltrSetting } from './oltrLearner.ts'

/** Shows a merged list and says which of the candidates (1, 2, …) beat ranker 0. */
interface Contest {
  /** Ranks of each ranking that it asks for. */
  readonly depth: number
  play(
    rankings: readonly Int32Array[],
    rng: Rng,
    clicksOn: (list: Int32Array, clicked: Uint8Array) => number,
  ): { readonly list: Int32Array; readonly winners: readonly number[] }
}

const delta = 1
const stepSize = 0.01
/** Of sums of shares that are equal in exact arithmetic. */
const rounding = 1e-12

/** w against n random directions in one list; w moves towards the mean of those that beat it. */
function dueling(
  { width, mostDocuments }: OltrSetting,
  directions: number,
  contest: Contest,
): OltrLearner {
  let state: DuelingState = { w: new Float64Array(width), gamma: stepSize }
  const scores = new Float64Array(mostDocuments)
  const candidate = new Float64Array(mostDocuments)
  const drawn = new SphereDirections(directions, width)
  const ranker = linearRanker(width)
  /** By w + δu: the scores of w and δ times those of u. */
  const rankCandidate = (query: Query, u: Float64Array) => {
    ranker.score(query, u, candidate)
    for (let d = 0; d < query.count; d++) candidate[d] = scores[d]! + delta * candidate[d]!
    return ranker.rank(candidate, query.count, contest.depth)
  }
  return {
    get w() {
      return state.w
    },
    serve(query, user, rng) {
      drawn.draw(rng)
      ranker.score(query, state.w, scores)
      const rankings = [ranker.rank(scores, query.count, contest.depth)]
      for (const u of drawn.all) rankings.push(rankCandidate(query, u))
      const { list, winners } = contest.play(rankings, rng, (shown, clicked) =>
        user(query, shown, rng, clicked),
      )
      const directionsOfWinners = winners.map((candidate) => drawn.all[candidate - 1]!)
      state = duelingUpdate(state, directionsOfWinners, decay)
      return list
    },
  }
}

/** Team draft with a neutral common prefix, as the reference implementation drafts. */
function drafted({ k }: OltrSetting, directions: number): Contest {
  const draft = multileaveDraft(directions + 1)
  const slots = duelSlots(k)
  const clicked = new Uint8Array(k)
  const credit = new Int32Array(directions + 1)
  return {
    depth: k,
    play(rankings, rng, clicksOn) {
      const list = slots.items.subarray(0, draft(rankings, k, slots, rng))
      clicksOn(list, clicked)
      credit.fill(0)
      for (let slot = 0; slot < list.length; slot++) {
        if (clicked[slot] === 1 && slots.teams[slot]! >= 0) credit[slots.teams[slot]!]!++
      }
      const winners: number[] = []
      for (let ranker = 1; ranker < credit.length; ranker++) {
        if (credit[ranker]! > credit[0]!) winners.push(ranker)
      }
      return { list, winners }
    },
  }
}

/**
 * Probabilistic interleaving of the whole rankings; the candidate wins by the exact posterior.
 * @param tieByCoin whether a coin decides where the posterior is even, as it does where a number of
 *   assignments is sampled instead: then w also moves in directions of which nothing is known
 */
function probabilistic({ k, mostDocuments }: OltrSetting, tieByCoin: boolean): Contest {
  const duel = probabilisticDuel(3, mostDocuments, k)
  const slots = duelSlots(k)
  const clicked = new Uint8Array(k)
  return {
    depth: mostDocuments,
    play(rankings, rng, clicksOn) {
      const [a, b] = [rankings[0]!, rankings[1]!]
      const list = slots.items.subarray(0, duel.interleave(a, b, k, slots, rng))
      const clicks = clicksOn(list, clicked)
      const sign = duel.expectedSign(a, b, slots.items, list.length, clicked)
      const even = clicks > 0 && Math.abs(sign) < rounding
      const wins = even && tieByCoin ? rng.u() < 0.5 : sign < -rounding
      return { list, winners: wins ? [1] : [] }
    },
  }
}

export const tdDbgd: OltrMethod = {
  paper: 'Yue & Joachims, ICML 2009, with team draft interleaving',
  create: (setting) => dueling(setting, 1, drafted(setting, 1)),
}

export const pDbgd: OltrMethod = {
  paper: 'Yue & Joachims, ICML 2009, with probabilistic interleaving (Hofmann et al., CIKM 2011)',
  create: (setting) => dueling(setting, 1, probabilistic(setting, false)),
}

/** As the reference implementation, which samples 10,000 assignments. */
export const pDbgdSampled: OltrMethod = {
  paper: pDbgd.paper,
  create: (setting) => dueling(setting, 1, probabilistic(setting, true)),
}

export const tdMgd: OltrMethod = {
  paper: 'Schuth, Oosterhuis, Whiteson & de Rijke, WSDM 2016, nine directions in a team draft',
  create: (setting) => dueling(setting, 9, drafted(setting, 9)),
}
