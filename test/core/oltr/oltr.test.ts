import { describe, expect, it } from 'vitest'
import type { QueryLog } from '#core/dataset/kinds/queries'
import { configuredInterleaver } from '#core/interleaver/index'
import { multileaveDraft } from '#core/interleaver/multileaveDraft'
import { duelSlots } from '#core/interleaver/teamDraftDuel'
import { oltrMethods, type OltrMethodId } from '#core/oltr/index'
import { documentSpan } from '#core/oltr/documentSpan'
import { LazyDirections } from '#core/oltr/lazyDirections'
import { linearRanker, queriesOf, type Query } from '#core/oltr/linearRanking'
import { runOltr } from '#core/oltr/runOltr'
import { normal, permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'

/** Queries whose grades follow a hidden linear scorer; a column that no document has stays 0. */
function linearLog(seed: number, queries = 30, documents = 12): QueryLog {
  const width = 6
  const rng = streams(seed)('log', 0)
  const truth = [1, -1, 0.5, 0, 0, 0]
  const total = queries * documents
  const features = Float32Array.from({ length: total * width }, (_, i) =>
    i % width === 5 ? 0 : rng.u(),
  )
  const grade = Float32Array.from({ length: total }, (_, d) => {
    const score = truth.reduce((sum, w, f) => sum + w * features[d * width + f]!, 0)
    return Math.min(4, Math.max(0, Math.floor(2.5 * (score + 0.4 + 0.1 * normal(rng)))))
  })
  return {
    queries,
    documents: total,
    queryIds: Array.from({ length: queries }, (_, q) => String(q)),
    documentIds: null,
    first: Int32Array.from({ length: queries + 1 }, (_, q) => q * documents),
    grade,
    width,
    featureNames: Array.from({ length: width }, (_, f) => String(f)),
    features,
  }
}
const [train, test] = [linearLog(1), linearLog(2)]

describe('linear ranking', () => {
  it('scores and ranks as the whole rows would', () => {
    const w = Float64Array.of(0.3, -0.2, 0.9, 0, 0.1, 7)
    const ranker = linearRanker(6)
    queriesOf(train, 10).forEach((query, q) => {
      expect(Array.from(query.columns)).toEqual([0, 1, 2, 3, 4])
      const scores = new Float64Array(12)
      ranker.score(query, w, scores)
      const from = train.first[q]!
      for (let d = 0; d < query.count; d++) {
        let sum = 0
        for (let f = 0; f < 6; f++) sum += w[f]! * train.features[(from + d) * 6 + f]!
        expect(scores[d]).toBeCloseTo(sum, 12)
      }
      const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b)
      expect(Array.from(ranker.rank(scores, 12, 12))).toEqual(order)
      expect(Array.from(ranker.rank(scores, 12, 5))).toEqual(order.slice(0, 5))
    })
  })
})

/** Documents with every other feature; the third is the first again, the fourth lies in their span. */
function wideQuery(width: number, documents = 6): Query {
  const rng = streams(4)('documents', 0)
  const columns = Int32Array.from({ length: width >> 1 }, (_, c) => 2 * c)
  const rows = Array.from({ length: documents }, () => Array.from(columns, () => rng.u()))
  rows[2] = rows[0]!
  rows[3] = rows[0]!.map((x, c) => x - 2 * rows[1]![c]!)
  const features = Float64Array.from(rows.flat())
  return { count: documents, grade: new Float32Array(documents), columns, features, ideal: 0 }
}

describe('the span of the documents', () => {
  it('holds them in as few orthonormal axes as they need', () => {
    const query = wideQuery(40)
    const { rank, documents, axes } = documentSpan(query)
    expect(rank).toBe(4)
    const axis = (j: number) => axes!.features.subarray(j * 20, (j + 1) * 20)
    for (let i = 0; i < rank; i++) {
      for (let j = 0; j < rank; j++) {
        const product = axis(i).reduce((sum, x, c) => sum + x * axis(j)[c]!, 0)
        expect(product).toBeCloseTo(i === j ? 1 : 0, 13)
      }
    }
    for (let at = 0; at < query.features.length; at++) {
      const [d, c] = [Math.floor(at / 20), at % 20]
      let sum = 0
      for (let j = 0; j < rank; j++) sum += documents.features[d * rank + j]! * axis(j)[c]!
      expect(sum).toBeCloseTo(query.features[at]!, 13)
    }
    expect(documents.features.subarray(8, 12)).toEqual(documents.features.subarray(0, 4))
    // too many documents for the features: the features themselves
    expect(documentSpan(wideQuery(20)).axes).toBeNull()
  })
})

describe('directions', () => {
  it.each([
    ['of few documents', wideQuery(500)],
    ['of many documents', wideQuery(500, 300)],
  ])(
    'have length 1, the scores that they were said to have and the moments of normals, %s',
    (_, query) => {
      const directions = 20
      const drawn = new LazyDirections(directions, 500)
      const scores = new Float64Array(query.count)
      const moments = [0, 0, 0, 0]
      let [far, n, along] = [0, 0, 0]
      const draw = (i: number): Float64Array[] => {
        drawn.draw(query, streams(3)('directions', i))
        return Array.from({ length: directions }, (_unused, i) => drawn.mean([i]).slice())
      }
      for (let i = 0; i < 20; i++) {
        for (const [at, u] of draw(i).entries()) {
          drawn.score(at, scores)
          for (let d = 0; d < Math.min(6, query.count); d++) {
            let sum = 0
            query.columns.forEach((f, c) => (sum += u[f]! * query.features[d * 250 + c]!))
            expect(sum).toBeCloseTo(scores[d]!, 12)
          }
          along += scores[0]! ** 2
          expect(u.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12)
          for (const x of u) {
            const z = x * Math.sqrt(500)
            moments.forEach((_unused, m) => (moments[m]! += z ** (m + 1)))
            if (Math.abs(z) > 3) far++
            n++
          }
        }
      }
      // 200,000 draws: standard errors .002, .003, .009, .022; of the tail .0001
      expect(moments.map((sum) => sum / n)[0]).toBeCloseTo(0, 1.7)
      expect(moments[1]! / n).toBeCloseTo(1, 6)
      expect(Math.abs(moments[2]! / n)).toBeLessThan(0.04)
      expect(Math.abs(moments[3]! / n - 3)).toBeLessThan(0.09)
      expect(Math.abs(far / n - 0.0027)).toBeLessThan(0.0005)
      // u·x has variance |x|²/500; 400 draws: standard error .07
      const square = query.features.subarray(0, 250).reduce((sum, x) => sum + x * x, 0)
      expect(Math.abs(((along / 400) * 500) / square - 1)).toBeLessThan(0.28)
      expect(draw(7)).toEqual(draw(7))
    },
  )

  it('average to the mean of the chosen ones', () => {
    const query = wideQuery(40)
    const drawn = new LazyDirections(3, 40)
    drawn.draw(query, streams(3)('directions', 0))
    const mean = drawn.mean([0, 2]).slice()
    drawn.draw(query, streams(3)('directions', 0))
    const [first, last] = [drawn.mean([0]).slice(), drawn.mean([2])]
    for (let f = 0; f < 40; f++) expect(mean[f]).toBeCloseTo((first[f]! + last[f]!) / 2, 14)
  })
})

describe('the draft without allocation', () => {
  it('is the team draft with a neutral common prefix, draw by draw', () => {
    const method = configuredInterleaver('teamDraft', { sharedDocs: 'prefix_neutral' })
    const draft = multileaveDraft(5)
    const slots = duelSlots(10)
    for (let i = 0; i < 300; i++) {
      const rng = streams(5)('rankings', i)
      const common = permutation(rng, 14)
      // rankings that agree in a prefix, as small steps make them
      const same = rng.int(5)
      const rankings = Array.from({ length: 2 + (i % 4) }, () => {
        const rest = permutation(rng, 14 - same).map((place) => common[same + place]!)
        return Int32Array.from([...common.subarray(0, same), ...rest])
      })
      const expected = method.interleave(rankings, 10, streams(6)('draw', i))
      const served = draft(rankings, 10, slots, streams(6)('draw', i))
      expect(Array.from(slots.items.subarray(0, served))).toEqual(Array.from(expected.list))
      expect(Array.from(slots.teams.subarray(0, served))).toEqual(expected.teams)
    }
  })
})

describe.each(Object.keys(oltrMethods) as OltrMethodId[])('%s', (method) => {
  const run = (seed: number) =>
    runOltr({
      train,
      test,
      method,
      clicks: 'navigational',
      stop: 'every_rank',
      impressions: 3000,
      looks: [1, 3000],
      seed,
    })

  it('learns from clicks to rank documents it never showed, with three seeds', () => {
    const gains = [1, 2, 3].map((seed) => {
      const [first, last] = run(seed).heldOut
      return last! - first!
    })
    const mean = gains.reduce((sum, gain) => sum + gain / 3, 0)
    const se = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2 / 2, 0) / 3)
    expect(mean).toBeGreaterThan(0.1)
    expect(mean).toBeGreaterThan(3 * se)
  })

  it('is the same for the same seed', () => {
    expect(run(4)).toEqual(run(4))
  })
})
