import {
  candidateWeights,
  duelingUpdate,
  type DuelingState,
} from '#core/bandit/duelingGradientDescent'
import { unitSphere } from '#core/bandit/unitSphere'
import { configuredInterleaver } from '#core/interleaver/index'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { duelSlots } from '#core/interleaver/teamDraftDuel'
import type { Rng } from '#core/random/rng'
import { rankDocuments, scoreQuery, type Query } from './linearRanking.ts'
import { decay, type OltrLearner, type OltrMethod, type OltrSetting } from './oltrLearner.ts'

/** Shows a merged list and says which of the candidates (1, 2, …) beat ranker 0. */
type Contest = (
  rankings: readonly Int32Array[],
  rng: Rng,
  clicksOn: (list: readonly number[]) => number[],
) => { readonly list: readonly number[]; readonly winners: readonly number[] }

const delta = 1
const stepSize = 0.01

/** w against n random directions in one list; w moves towards the mean of those that beat it. */
function dueling(
  { width, mostDocuments }: OltrSetting,
  directions: number,
  contest: Contest,
): OltrLearner {
  let state: DuelingState = { w: new Float64Array(width), gamma: stepSize }
  const scores = new Float64Array(mostDocuments)
  const rank = (query: Query, w: Float64Array) => {
    scoreQuery(query, w, scores)
    return rankDocuments(scores, query.count)
  }
  return {
    get w() {
      return state.w
    },
    serve(query, user, rng) {
      const drawn = Array.from({ length: directions }, () => unitSphere(width, rng))
      const rankings = [
        rank(query, state.w),
        ...drawn.map((u) => rank(query, candidateWeights(state.w, u, delta))),
      ]
      const { list, winners } = contest(rankings, rng, (shown) => user(query, shown, rng))
      state = duelingUpdate(
        state,
        winners.map((candidate) => drawn[candidate - 1]!),
        decay,
      )
      return list
    },
  }
}

/** Team draft with a neutral common prefix, as the reference implementation drafts. */
function drafted({ k }: OltrSetting): Contest {
  const method = configuredInterleaver('teamDraft', { sharedDocs: 'prefix_neutral' })
  return (rankings, rng, clicksOn) => {
    const draw = method.interleave(rankings, k, rng)
    const list = draw.list as readonly number[]
    const credit = new Int32Array(rankings.length)
    for (const slot of clicksOn(list)) {
      const team = draw.teams![slot]!
      if (team >= 0) credit[team]!++
    }
    const winners = [...rankings.keys()].filter((ranker) => credit[ranker]! > credit[0]!)
    return { list, winners }
  }
}

/** Probabilistic interleaving of the whole rankings; the candidate wins by the exact posterior. */
function probabilistic({ k, mostDocuments }: OltrSetting): Contest {
  const duel = probabilisticDuel(3, mostDocuments, k)
  const slots = duelSlots(k)
  const clicked = new Uint8Array(k)
  return (rankings, rng, clicksOn) => {
    const [a, b] = [rankings[0]!, rankings[1]!]
    const served = duel.interleave(a, b, k, slots, rng)
    const list = Array.from(slots.items.subarray(0, served))
    clicked.fill(0)
    for (const slot of clicksOn(list)) clicked[slot] = 1
    const sign = duel.expectedSign(a, b, slots.items, served, clicked)
    return { list, winners: sign < 0 ? [1] : [] }
  }
}

export const tdDbgd: OltrMethod = {
  paper: 'Yue & Joachims, ICML 2009, with team draft interleaving',
  create: (setting) => dueling(setting, 1, drafted(setting)),
}

export const pDbgd: OltrMethod = {
  paper: 'Yue & Joachims, ICML 2009, with probabilistic interleaving (Hofmann et al., CIKM 2011)',
  create: (setting) => dueling(setting, 1, probabilistic(setting)),
}

export const tdMgd: OltrMethod = {
  paper: 'Schuth, Oosterhuis, Whiteson & de Rijke, WSDM 2016, nine directions in a team draft',
  create: (setting) => dueling(setting, 9, drafted(setting)),
}
