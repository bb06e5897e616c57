import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configuredInterleaver } from '#core/interleaver/index'
import { sameTop } from '#core/interleaver/prepare'
import { pairwiseDuel } from '#core/interleaver/pairwiseDuel'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { draftDuel, draftVote, duelSlots } from '#core/interleaver/teamDraftDuel'
import { streams } from '#core/random/philox'

const ranking = fc
  .shuffledSubarray([...Array(12).keys()], { minLength: 1 })
  .map((items) => Int32Array.from(items, (item) => item * 83_333)) // ids up to a million
const length = fc.integer({ min: 1, max: 8 })

const duel = fc.tuple(ranking, ranking, length, fc.nat(255), fc.nat(1e6))

function flags(served: number, mask: number): Uint8Array {
  return Uint8Array.from({ length: served }, (_, slot) => (mask >> slot) & 1)
}

describe('allocation-light duels', () => {
  it('draft and vote as teamDraft does, draw for draw', () => {
    const method = configuredInterleaver('teamDraft')
    const out = duelSlots(8)
    fc.assert(
      fc.property(duel, ([a, b, length, mask, seed]) => {
        const draw = method.interleave([a, b], length, streams(seed)('draft', 0))
        const served = draftDuel(a, b, length, out, streams(seed)('draft', 0))
        expect([...out.items.subarray(0, served)]).toEqual(draw.list)
        expect([...out.teams.subarray(0, served)]).toEqual(draw.teams)
        const clicked = flags(served, mask)
        const { outcome } = method.credit(draw, [a, b], clicked)
        expect(draftVote(out.teams, served, sameTop(a, b, served), clicked)).toBe(outcome)
      }),
      { numRuns: 300 },
    )
  })

  it('draw and score as pairwisePreference does, draw for draw, for any number of rankers', () => {
    const method = configuredInterleaver('pairwisePreference')
    const kernel = pairwiseDuel(4, 12)
    const items = new Int32Array(12)
    const rankings = fc.array(ranking, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(rankings, length, fc.nat(255), fc.nat(1e6), (lists, length, mask, seed) => {
        const draw = method.interleave(lists, length, streams(seed)('draw', 0))
        const served = kernel.interleave(lists, length, items, streams(seed)('draw', 0))
        expect([...items.subarray(0, served)]).toEqual(draw.list)
        const clicked = flags(served, mask)
        const credit = new Float64Array(lists.length)
        kernel.credit(lists, items, served, clicked, credit)
        const expected = method.credit(draw, lists, clicked).credit
        expected.forEach((value, ranker) => expect(credit[ranker]).toBeCloseTo(value, 12))
      }),
      { numRuns: 300 },
    )
  })

  it('draw and score as probabilistic does, draw for draw', () => {
    const method = configuredInterleaver('probabilistic')
    const kernel = probabilisticDuel(3, 12, 8)
    const out = duelSlots(8)
    fc.assert(
      fc.property(duel, ([a, b, length, mask, seed]) => {
        const draw = method.interleave([a, b], length, streams(seed)('draw', 0))
        const served = kernel.interleave(a, b, length, out, streams(seed)('draw', 0))
        expect([...out.items.subarray(0, served)]).toEqual(draw.list)
        expect([...out.teams.subarray(0, served)]).toEqual(draw.teams)
        const clicked = flags(served, mask)
        const { voteValue } = method.credit(draw, [a, b], clicked)
        const sign = kernel.expectedSign(a, b, out.items, served, clicked)
        if (sameTop(a, b, served)) expect(voteValue ?? 0.5).toBe(0.5)
        else expect(0.5 + 0.5 * sign).toBeCloseTo(voteValue ?? 0.5, 12)
      }),
      { numRuns: 300 },
    )
  })
})
