import { duelingUpdate, type DuelingState } from '#core/bandit/duelingGradientDescent'
import { multileaveDraft } from '#core/interleaver/multileaveDraft'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { duelSlots } from '#core/interleaver/teamDraftDuel'
import type { Rng } from '#core/random/rng'
import { LazyDirections } from './lazyDirections.ts'
import { linearRanker } from './linearRanking.ts'
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
  let spare: Float64Array = new Float64Array(width)
  let state: DuelingState = { w: new Float64Array(width), gamma: stepSize }
  const scores = new Float64Array(mostDocuments)
  const candidate = new Float64Array(mostDocuments)
  const drawn = new LazyDirections(directions, width)
  const ranker = linearRanker(width)
  return {
    get w() {
      return state.w
    },
    serve(query, user, rng) {
      drawn.draw(query, rng)
      ranker.score(query, state.w, scores)
      const rankings = [ranker.rank(scores, query.count, contest.depth)]
      for (let i = 0; i < directions; i++) {
        drawn.score(i, candidate)
        for (let d = 0; d < query.count; d++) candidate[d] = scores[d]! + delta * candidate[d]!
        rankings.push(ranker.rank(candidate, query.count, contest.depth))
      }
      const { list, winners } = contest.play(rankings, rng, (shown, clicked) =>
        user(query, shown, rng, clicked),
      )
      if (winners.length > 0) {
        const mean = drawn.mean(winners.map((ranking) => ranking - 1))
        const moved = duelingUpdate(state, [mean], decay, spare)
        spare = state.w
        state = moved
      }
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
