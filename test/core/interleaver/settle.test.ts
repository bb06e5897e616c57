import { describe, expect, it } from 'vitest'
import { configuredInterleaver } from '#core/interleaver/index'
import { examination, debiasedBalanced } from '#core/interleaver/debiasedBalanced'
import { dilution, impressionDilution } from '#core/interleaver/dilution'
import { mulberry32 } from '#core/random/mulberry32'
import { FedRng } from '../../support/fedRng.ts'

describe('the tail of a filled list', () => {
  const lists = [
    [1, 2],
    [3, 4, 5, 6],
  ]

  it('begins when a ranking has run out, and gives no credit unless asked', () => {
    const method = configuredInterleaver('teamDraft', { lengthPolicy: 'fill' })
    const draw = method.interleave(lists, 6, new FedRng([0, 0]))
    expect(draw.list).toEqual([1, 3, 2, 4, 5, 6])
    expect(draw.teams).toEqual([0, 1, 0, 1, 1, 1])
    expect(draw.tail).toEqual([false, false, false, true, true, true])
    const onTail = [false, false, false, true, true, false]
    expect(method.credit(draw, lists, onTail)).toMatchObject({
      outcome: 'noVote',
      reason: 'tail_only',
      credit: [0, 0],
    })
    const both = [true, false, false, true, true, false]
    expect(method.credit(draw, lists, both)).toMatchObject({ outcome: 'a', credit: [1, 0] })
    const generous = configuredInterleaver('teamDraft', { lengthPolicy: 'fill', creditTail: true })
    expect(generous.credit(draw, lists, both)).toMatchObject({ outcome: 'b', credit: [1, 2] })
  })

  it('leaves tail items out of inferred pairs', () => {
    const method = configuredInterleaver('pairwisePreference', { lengthPolicy: 'fill' })
    const draw = {
      ...method.interleave(lists, 6, mulberry32(1)),
      list: [1, 3, 2, 4, 5, 6],
      tail: [false, false, false, true, true, true],
    }
    const clicked = [false, false, true, true, false, false]
    const { credit } = method.credit(draw, lists, clicked)
    // only 2 over 3 remains: 1 was placed before 2 could be
    expect(Math.sign(credit[0]!)).toBe(1)
    expect(credit[1]).toBe(-credit[0]!)
  })
})

describe('votes of more than two rankers', () => {
  it('are ties for a pair whose rankings agree, whoever drew the item', () => {
    const method = configuredInterleaver('teamDraft')
    const rankings = [
      [1, 2, 3],
      [1, 2, 3],
      [3, 2, 1],
    ]
    const draw = method.interleave(rankings, 3, new FedRng([0, 0]))
    expect(draw).toMatchObject({ list: [1, 2, 3], teams: [0, 1, 2], identical: false })
    const credit = method.credit(draw, rankings, [true, false, false])
    expect(credit.credit).toEqual([1, 0, 0])
    expect(credit.votes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['tie', 'identical_lists'],
      ['a', 'credit'],
    ])
    expect(credit.preference).toEqual([
      [0, 0, 1],
      [0, 0, 0],
      [-1, 0, 0],
    ])
  })
})

describe('team draft', () => {
  it('keeps teams within one pick of each other', () => {
    const method = configuredInterleaver('teamDraft')
    const rng = mulberry32(11)
    for (let run = 0; run < 200; run++) {
      const rankings = [0, 1, 2].map(() => Array.from({ length: 9 }, () => rng.int(12)))
      const { teams } = method.interleave(rankings, 1 + rng.int(6), rng)
      const sizes = [0, 1, 2].map((team) => teams!.filter((t) => t === team).length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }
  })
})

describe('debiased balanced', () => {
  it('can not see order with uniform examination of equal sets', () => {
    const params = debiasedBalanced.params.parse({ theta: 'uniform' })
    const rankings = [
      [1, 2, 3],
      [3, 1, 2],
    ]
    const draw = debiasedBalanced.interleave(rankings, 3, params, mulberry32(1))
    for (let mask = 1; mask < 8; mask++) {
      const clicked = draw.list.map((_, slot) => ((mask >> slot) & 1) === 1)
      expect(debiasedBalanced.credit(draw, rankings, clicked, params).delta).toBe(0)
    }
  })

  it('needs an examination for every rank', () => {
    const params = debiasedBalanced.params.parse({ theta: [1, 0.5] })
    expect(() =>
      examination(
        [
          [1, 2, 3],
          [3, 2, 1],
        ],
        3,
        params,
      ),
    ).toThrow('theta has 2 ranks')
  })
})

describe('dilution', () => {
  it('has no rate without impressions or slots', () => {
    expect(dilution([])).toEqual({ competitiveImpressionRate: null, competitiveSlotRate: null })
    expect(dilution([impressionDilution([], [1], 3)])).toEqual({
      competitiveImpressionRate: 0,
      competitiveSlotRate: null,
    })
  })
})
