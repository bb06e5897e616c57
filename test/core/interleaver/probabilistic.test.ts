import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configuredInterleaver } from '#core/interleaver/index'
import type { Draw, Id } from '#core/interleaver/interleaver'
import { listLikelihood } from '#core/interleaver/probabilistic'

const shown = (list: readonly Id[]): Draw => ({
  list,
  teams: null,
  tail: list.map(() => false),
  identical: false,
  truncated: false,
  duplicatesRemoved: [],
})

/** All assignments of rankers to slots that the sampling allows, with their posterior weights. */
function assignments(
  list: readonly number[],
  rankings: readonly (readonly number[])[],
  tau: number,
  noReplace: boolean,
): { teams: number[]; p: number }[] {
  const n = rankings.length
  const found: { teams: number[]; p: number }[] = []
  const grow = (teams: number[], p: number): void => {
    const slot = teams.length
    if (slot === list.length) return void found.push({ teams, p })
    const round = noReplace ? teams.slice(slot - (slot % n)) : []
    for (const [ranker, ranking] of rankings.entries()) {
      if (round.includes(ranker)) continue
      const weight = (item: number) => (ranking.indexOf(item) + 1) ** -tau
      const left = ranking.filter((item) => !list.slice(0, slot).includes(item))
      const total = left.reduce((sum, item) => sum + weight(item), 0)
      const share = left.includes(list[slot]!) ? weight(list[slot]!) / total : 0
      grow([...teams, ranker], p * share)
    }
  }
  grow([], 1)
  const total = found.reduce((sum, { p }) => sum + p, 0)
  return found.map(({ teams, p }) => ({ teams, p: p / total }))
}

const permutation = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 })

describe('probabilistic credit', () => {
  it.each(['replace', 'noReplace'] as const)(
    'equals enumeration over assignments: %s',
    (sampling) => {
      fc.assert(
        fc.property(
          fc.array(permutation, { minLength: 2, maxLength: 4 }),
          permutation,
          fc.integer({ min: 1, max: 31 }),
          fc.constantFrom(0, 1, 3),
          (rankings, list, mask, tau) => {
            const clicked = list.map((_, slot) => ((mask >> slot) & 1) === 1)
            const method = configuredInterleaver('probabilistic', { sampling, tau })
            const credit = method.credit(shown(list), rankings, clicked)
            const clicksOf = (teams: number[], ranker: number) =>
              teams.filter((team, slot) => team === ranker && clicked[slot]).length
            const all = assignments(list, rankings, tau, sampling === 'noReplace')
            const n = rankings.length
            for (let x = 0; x < n; x++) {
              const mean = all.reduce((sum, { teams, p }) => sum + p * clicksOf(teams, x), 0)
              expect(credit.credit[x]).toBeCloseTo(mean, 10)
              for (let y = 0; y < n; y++) {
                if (x === y || JSON.stringify(rankings[x]) === JSON.stringify(rankings[y])) continue
                const sign = all.reduce(
                  (sum, { teams, p }) =>
                    sum + p * Math.sign(clicksOf(teams, x) - clicksOf(teams, y)),
                  0,
                )
                const pair = credit.preference ? credit.preference[x]![y]! : null
                if (pair !== null) expect(pair).toBeCloseTo(sign, 10)
                else if (x === 0) expect(2 * credit.voteValue! - 1).toBeCloseTo(sign, 10)
              }
            }
          },
        ),
        { numRuns: 40 },
      )
    },
  )

  it('has likelihoods that agree with the law of the sampler', () => {
    const rankings = [
      [1, 2, 3, 4],
      [2, 4, 1, 3],
      [3, 1, 4, 2],
    ]
    for (const sampling of ['replace', 'noReplace'] as const) {
      const method = configuredInterleaver('probabilistic', { sampling })
      for (const { list, p } of method.distribution(rankings, 4)) {
        expect(listLikelihood(list, rankings, { sampling, tau: 3 })).toBeCloseTo(p, 12)
      }
    }
  })

  it('scores many rankers by rounds that are shorter than their number', () => {
    const rankings = Array.from({ length: 50 }, (_, shift) =>
      Array.from({ length: 60 }, (_, i) => (i + shift) % 60),
    )
    const method = configuredInterleaver('probabilistic')
    const list = [0, 5, 10, 15, 20]
    const credit = method.credit(shown(list), rankings, [true, false, true, false, false])
    expect(credit.credit.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2, 10)
    expect(credit.votes).toHaveLength(49)
    expect(credit.preference).toBeNull()
    // ranker 30 puts both clicked items 30 and 40 ranks below its first
    expect(credit.votes[29]!.outcome).toBe('a')
    expect(credit.votes[29]!.voteValue).toBeLessThan(1)
  })

  it('refuses lists that can not come from the rankings, and rounds too large to be exact', () => {
    const method = configuredInterleaver('probabilistic')
    expect(() => method.credit(shown([9]), [[1], [2]], [true])).toThrow('can not come from')
    const many = Array.from({ length: 14 }, (_, shift) =>
      Array.from({ length: 14 }, (_, i) => (i + shift) % 14),
    )
    const clicked = many.map(() => true)
    expect(() => method.credit(shown(many[0]!), many, clicked)).toThrow("sampling 'replace'")
  })

  it('counts clicks by provenance on request', () => {
    const method = configuredInterleaver('probabilistic', { credit: 'provenance' })
    const draw = { ...shown([2, 1, 3]), teams: [0, 1, 1] }
    const rankings = [
      [1, 2, 3],
      [2, 3, 1],
    ]
    expect(method.credit(draw, rankings, [true, false, false])).toMatchObject({
      credit: [1, 0],
      outcome: 'a',
      voteValue: 1,
    })
  })
})
