import { clickPairs } from '#core/bandit/pairwiseDifferentiable'
import { samplePlackettLuce } from '#core/bandit/plackettLuce'
import { permutation } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { addDifference, linearRanker, type LinearRanker } from './linearRanking.ts'
import { decay, type OltrLearner, type OltrMethod, type OltrSetting } from './oltrLearner.ts'

const stepSize = 0.1

/** A pair of documents with the step that its gradient asks for. */
interface WeightedPair {
  readonly preferred: number
  readonly other: number
  readonly weight: number
}

function pairwiseLearner(
  { width, mostDocuments, k }: OltrSetting,
  listOf: (scores: Float64Array, k: number, rng: Rng, ranker: LinearRanker) => number[],
  pairsOf: (
    scores: Float64Array,
    list: readonly number[],
    clicks: readonly number[],
  ) => readonly WeightedPair[],
): OltrLearner {
  const w = new Float64Array(width)
  const all = new Float64Array(mostDocuments)
  const clicked = new Uint8Array(k)
  const ranker = linearRanker(width)
  let learningRate = stepSize
  return {
    w,
    serve(query, user, rng) {
      ranker.score(query, w, all)
      const scores = all.subarray(0, query.count)
      const list = listOf(scores, Math.min(k, query.count), rng, ranker)
      user(query, list, rng, clicked)
      const clicks: number[] = []
      for (let slot = 0; slot < list.length; slot++) if (clicked[slot] === 1) clicks.push(slot)
      const pairs = pairsOf(scores, list, clicks)
      for (const { preferred, other, weight } of pairs) {
        addDifference(w, query, preferred, other, learningRate * weight)
      }
      if (pairs.length > 0) learningRate *= decay
      return list
    },
  }
}

/** Lists sampled by Plackett–Luce, pairs weighted against the bias of positions. */
export const pdgd: OltrMethod = {
  paper: 'Oosterhuis & de Rijke, CIKM 2018',
  create: (setting) => pairwiseLearner(setting, samplePlackettLuce, clickPairs),
}

/** Every slot falls to a random document with probability .8, and all pairs count the same. */
export const pairwise: OltrMethod = {
  paper: 'Hofmann, Whiteson & de Rijke, Information Retrieval 16(1), 2013: pairwise with ε = .8',
  create: (setting) =>
    pairwiseLearner(setting, mixedList, (_scores, list, clicks) => {
      const clicked = new Set(clicks)
      const seen = clicks.length === 0 ? 0 : Math.max(...clicks) + 2
      return list
        .slice(0, seen)
        .flatMap((other, position) =>
          clicked.has(position)
            ? []
            : clicks.map((slot) => ({ preferred: list[slot]!, other, weight: 1 })),
        )
    }),
}

function mixedList(scores: Float64Array, k: number, rng: Rng, ranker: LinearRanker): number[] {
  const count = scores.length
  const sources = [ranker.rank(scores, count, count), permutation(rng, count)] as const
  const next = [0, 0]
  const used = new Uint8Array(count)
  const list: number[] = []
  while (list.length < k) {
    const source = rng.u() < 0.8 ? 1 : 0
    while (used[sources[source][next[source]!]!] === 1) next[source]!++
    const document = sources[source][next[source]!]!
    used[document] = 1
    list.push(document)
  }
  return list
}
