import { clickPairs } from '#core/bandit/pairwiseDifferentiable'
import { duelingUpdate } from '#core/bandit/duelingGradientDescent'
import type { QueryLog } from '#core/dataset/kinds/queries'
import { clickingUser } from '#core/oltr/clickingUser'
import { listNdcg } from '#core/oltr/heldOutNdcg'
import { oltrMethods, type OltrMethodId } from '#core/oltr/index'
import { addDifference, linearRanker, queriesOf } from '#core/oltr/linearRanking'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { BenchRow, PreparedRow } from '../benchRow.ts'

const [queries, documents, width, k] = [200, 15, 301, 10]
const impressions = 100
/** As in LightGBM's lambdarank example once features are stretched within a query. */
const [usedColumns, density] = [0.41, 0.65]
const [gamma, learningRate] = [0.01, 0.1]
const winners = [0, 2]

/** Linear online learners to rank, from the query to the moved weights, navigational users. */
export function oltrRows(): BenchRow[] {
  const row = (
    method: Exclude<OltrMethodId, 'pairwise'>,
    id: string,
    as: 'reference' | 'vectorised',
    target: number,
  ): BenchRow => ({
    id: `oltr-${id}${as === 'vectorised' ? '-vectorised' : ''}`,
    what: `${id}: ${impressions} impressions of ${documents} documents and ${width} features, list of ${k}; the peer is ${as === 'reference' ? 'the reference’s algorithm, slot by slot' : 'as fast as numpy lets it be'}`,
    peer: 'numpy learners',
    clock: 'cpu',
    target,
    stretch: as === 'reference' ? 0.1 : null,
    prepare: () => prepared(method, as === 'reference' ? `reference ${method}` : method),
  })
  return [
    row('tdDbgd', 'td-dbgd', 'reference', 0.1),
    row('tdMgd', 'td-mgd', 'reference', 0.1),
    row('pdgd', 'pdgd', 'reference', 0.1),
    row('tdDbgd', 'td-dbgd', 'vectorised', 0.33),
    row('tdMgd', 'td-mgd', 'vectorised', 0.67),
    row('pDbgd', 'p-dbgd', 'vectorised', 0.1),
    row('pdgd', 'pdgd', 'vectorised', 0.33),
  ]
}

function prepared(method: OltrMethodId, peerWork: string): PreparedRow {
  const log = madeLog()
  const ready = queriesOf(log, k)
  const stream = streams(2018)
  const weightRng = stream('weights', 0)
  const weights = Float32Array.from({ length: width }, () => normal(weightRng) / 10)
  const directionRng = stream('directions', 0)
  const directions = Array.from({ length: 9 }, () =>
    Float32Array.from({ length: width }, () => normal(directionRng) / Math.sqrt(width)),
  )
  const clickRng = stream('clicks', 0)
  const clicked = Float32Array.from({ length: queries * k }, () => (clickRng.u() < 0.3 ? 1 : 0))
  const learner = oltrMethods[method].create({ width, k, mostDocuments: documents })
  const user = clickingUser('navigational', 'every_rank', 5, k)
  const [arrivals, rng] = [stream('queries', 0), stream('learner', 0)]
  const ranker = linearRanker(width)
  const scores = new Float64Array(documents)
  const serve = (times: number): number => {
    let online = 0
    for (let i = 0; i < times; i++) {
      const query = ready[arrivals.int(queries)]!
      online += listNdcg(query, learner.serve(query, user, rng), k)
    }
    return online
  }
  // a query is prepared when it is served first: that is no part of serving it again
  serve(20 * queries)
  /** What one step makes of given weights, the list that they rank and given clicks. */
  const stepOf = (q: number): number[] => {
    const query = ready[q]!
    const own = Float64Array.from(weights)
    ranker.score(query, own, scores)
    const list = Array.from(ranker.rank(scores, query.count, k))
    if (method !== 'pdgd') {
      const won = winners.map((i) => Float64Array.from(directions[i]!))
      const moved = duelingUpdate({ w: own, gamma }, won, 1).w
      return [...list, ...moved.subarray(0, 8)]
    }
    const clicks = list.map((_, slot) => slot).filter((slot) => clicked[q * k + slot] === 1)
    for (const { preferred, other, weight } of clickPairs(scores, list, clicks)) {
      addDifference(own, query, preferred, other, learningRate * weight)
    }
    return [...list, ...own.subarray(0, 8)]
  }
  return {
    work: { name: peerWork, sizes: { impressions } },
    inputs: {
      features: { shape: [log.documents, width], values: log.features },
      grades: { shape: [log.documents], values: log.grade },
      first: { shape: [queries + 1], values: Float32Array.from(log.first) },
      w: { shape: [width], values: weights },
      directions: {
        shape: [directions.length, width],
        values: Float32Array.from(directions.flatMap((direction) => Array.from(direction))),
      },
      clicked: { shape: [queries, k], values: clicked },
    },
    run: () => serve(impressions),
    check: () => ready.flatMap((_, q) => stepOf(q)),
    tolerance: 1e-9,
    dispose: () => undefined,
  }
}

/** Graded documents of queries, the features of each query in columns of its own. */
function madeLog(): QueryLog {
  const rng = streams(2018)('log', 0)
  const total = queries * documents
  const features = new Float32Array(total * width)
  for (let q = 0; q < queries; q++) {
    const used = Array.from({ length: width }, () => rng.u() < usedColumns)
    for (let at = q * documents * width; at < (q + 1) * documents * width; at++) {
      if (used[at % width]! && rng.u() < density) features[at] = rng.u()
    }
  }
  return {
    queries,
    documents: total,
    queryIds: Array.from({ length: queries }, (_, q) => String(q)),
    documentIds: null,
    first: Int32Array.from({ length: queries + 1 }, (_, q) => q * documents),
    grade: Float32Array.from({ length: total }, () => rng.int(5)),
    width,
    featureNames: Array.from({ length: width }, (_, f) => String(f)),
    features,
  }
}
