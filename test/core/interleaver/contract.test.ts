import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configuredInterleaver, interleavers, type InterleaverId } from '#core/interleaver/index'
import type { Credit, Draw, Id } from '#core/interleaver/interleaver'
import { mulberry32 } from '#core/random/mulberry32'

const ids = Object.keys(interleavers) as InterleaverId[]

/** Parameter sets under which the contract must hold, the defaults first. */
const VARIANTS: Readonly<Record<InterleaverId, readonly object[]>> = {
  balanced: [{}],
  debiasedBalanced: [{}, { theta: 'uniform' }, { theta: [1, 0.7, 0.5, 0.3, 0.2, 0.1] }],
  teamDraft: [
    {},
    { sharedDocs: 'prefix_neutral' },
    { sharedDocs: 'same_rank_neutral' },
    { sharedDocs: 'same_pick_neutral' },
  ],
  probabilistic: [{}, { sampling: 'noReplace' }, { sampling: 'replace' }, { credit: 'provenance' }],
  optimized: [{}, { credit: 'negative' }, { maxLists: 2 }],
  pairwisePreference: [{}],
  sampleOnlyScored: [{}, { tau: 0 }],
}

const variants = ids.flatMap((id) => VARIANTS[id].map((params) => [id, params] as const))

/** Rankings with repeated ids and empty ones among them. */
function rankingsFor(id: InterleaverId, items: number, longest: number) {
  return fc.array(fc.array(fc.nat(items - 1), { maxLength: longest }), {
    minLength: 2,
    maxLength: interleavers[id].maxRankers ?? 4,
  })
}

function policy() {
  return fc.constantFrom('strict', 'fill')
}

function clicksOn(draw: Draw, mask: number): boolean[] {
  return draw.list.map((_, slot) => ((mask >> slot) & 1) === 1)
}

function finite(credit: Credit): boolean {
  return [credit, ...credit.votes].every(
    ({ delta, voteValue }) =>
      Number.isFinite(delta) && (voteValue === null || (voteValue >= 0 && voteValue <= 1)),
  )
}

describe.each(variants)('interleaver %s %o', (id, params) => {
  it('shows each item once, only ranked ones, and as many as the policy allows', () => {
    fc.assert(
      fc.property(
        rankingsFor(id, 8, 7),
        fc.integer({ min: 1, max: 6 }),
        policy(),
        fc.nat(),
        (rankings, length, lengthPolicy, seed) => {
          const method = configuredInterleaver(id, { ...params, lengthPolicy })
          const draw = method.interleave(rankings, length, mulberry32(seed))
          const sets = rankings.map((list) => new Set(list))
          const available =
            lengthPolicy === 'fill'
              ? new Set(rankings.flat()).size
              : Math.min(...sets.map((set) => set.size))
          expect(draw.list).toHaveLength(Math.min(length, available))
          expect(draw.truncated).toBe(available < length)
          expect(new Set(draw.list).size).toBe(draw.list.length)
          expect(draw.tail).toHaveLength(draw.list.length)
          for (const [slot, item] of draw.list.entries()) {
            const team = draw.teams?.[slot] ?? -1
            expect(team === -1 ? rankings.flat() : rankings[team]).toContain(item)
          }
          expect(draw.duplicatesRemoved).toEqual(
            rankings.map((list, i) => list.length - sets[i]!.size),
          )
          expect(method.interleave(rankings, length, mulberry32(seed))).toEqual(draw)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('credits any clicks with finite numbers, and no clicks with no vote', () => {
    fc.assert(
      fc.property(
        rankingsFor(id, 8, 7),
        fc.integer({ min: 1, max: 6 }),
        policy(),
        fc.boolean(),
        fc.nat(63),
        fc.nat(),
        (rankings, length, lengthPolicy, creditTail, mask, seed) => {
          const method = configuredInterleaver(id, { ...params, lengthPolicy, creditTail })
          const draw = method.interleave(rankings, length, mulberry32(seed))
          const clicked = clicksOn(draw, mask)
          const credit = method.credit(draw, rankings, clicked)
          expect(finite(credit), JSON.stringify(credit)).toBe(true)
          expect(credit.votes).toHaveLength(rankings.length - 1)
          const attributed = clicked.some(
            (click, slot) => click && (creditTail || !draw.tail[slot]),
          )
          for (const vote of credit.votes) {
            expect(vote.outcome === 'noVote').toBe(!attributed)
            if (vote.outcome === 'a') expect(vote.voteValue ?? 1).toBeGreaterThan(0.5)
            if (vote.outcome === 'b') expect(vote.voteValue ?? 0).toBeLessThan(0.5)
          }
          if (draw.list.length === 0) expect(credit.reason).toBe('empty_list')
          else if (attributed && draw.identical) expect(credit.reason).toBe('identical_lists')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('commutes with renaming the items', () => {
    fc.assert(
      fc.property(
        rankingsFor(id, 8, 7),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(63),
        fc.nat(),
        (rankings, length, mask, seed) => {
          const renamed = (item: Id) => `item ${7 - Number(item)}`
          const method = configuredInterleaver(id, params)
          const draw = method.interleave(rankings, length, mulberry32(seed))
          const names = rankings.map((list) => list.map(renamed))
          const named = method.interleave(names, length, mulberry32(seed))
          expect(named).toEqual({ ...draw, list: draw.list.map(renamed) })
          const clicked = clicksOn(draw, mask)
          expect(method.credit(named, names, clicked)).toEqual(
            method.credit(draw, rankings, clicked),
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  it('commutes with swapping two rankers', () => {
    const pair = fc.tuple(
      fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 2, maxLength: 4 }),
      fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 2, maxLength: 4 }),
    )
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 3 }), fc.nat(7), ([a, b], length, mask) => {
        const method = configuredInterleaver(id, { ...params, maxLists: undefined })
        const law = method.distribution([a, b], length)
        const swapped = new Map(
          method
            .distribution([b, a], length)
            .map(({ list, teams, p }) => [JSON.stringify([list, teams]), p]),
        )
        expect(swapped.size).toBe(law.length)
        let total = 0
        for (const { list, teams, p } of law) {
          const flipped = teams?.map((team) => (team < 0 ? team : 1 - team)) ?? null
          expect(swapped.get(JSON.stringify([list, flipped]))).toBeCloseTo(p, 12)
          total += p
          const draw: Draw = {
            ...method.interleave([a, b], length, mulberry32(1)),
            list,
            teams: teams ?? list.map((_, slot) => slot % 2),
          }
          const mirrored = { ...draw, teams: draw.teams!.map((t) => (t < 0 ? t : 1 - t)) }
          const clicked = clicksOn(draw, mask)
          const credit = method.credit(draw, [a, b], clicked)
          const mirror = method.credit(mirrored, [b, a], clicked)
          expect(mirror.delta).toBeCloseTo(-credit.delta, 9)
          expect(mirror.outcome).toBe(
            { a: 'b', b: 'a', tie: 'tie', noVote: 'noVote' }[credit.outcome],
          )
          if (credit.voteValue !== null) {
            expect(mirror.voteValue).toBeCloseTo(1 - credit.voteValue, 9)
          }
        }
        expect(total).toBeCloseTo(1, 12)
      }),
      { numRuns: 25 },
    )
  })

  it('is even-handed on identical rankings', () => {
    const method = configuredInterleaver(id, params)
    const rankings = [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]
    // whoever's credit is larger: a fair coin where the method tosses one at all
    let first = 0
    let second = 0
    const rng = mulberry32(5)
    for (let impression = 0; impression < 1000; impression++) {
      const draw = method.interleave(rankings, 3, rng)
      const credit = method.credit(draw, rankings, clicksOn(draw, 1 << rng.int(3)))
      expect(credit).toMatchObject({ outcome: 'tie', reason: 'identical_lists', delta: 0 })
      if (credit.credit[0]! > credit.credit[1]! + 1e-9) first++
      if (credit.credit[1]! > credit.credit[0]! + 1e-9) second++
    }
    const tosses = first + second
    // five standard deviations of a fair coin: outside with probability 6e-7
    expect(Math.abs(first - tosses / 2)).toBeLessThanOrEqual(2.5 * Math.sqrt(tosses))
    if (id === 'teamDraft' && !('sharedDocs' in params)) expect(tosses).toBe(1000)
  })

  it('gives a result with a reason for degenerate input', () => {
    const method = configuredInterleaver(id, params)
    for (const rankings of [
      [[], []],
      [[], [1, 2]],
      [[1, 2], []],
    ]) {
      const draw = method.interleave(rankings, 3, mulberry32(1))
      expect(draw).toMatchObject({ list: [], identical: false, truncated: true })
      expect(method.credit(draw, rankings, [])).toMatchObject({
        outcome: 'noVote',
        reason: 'empty_list',
        voteValue: null,
      })
      const law = method.distribution(rankings, 3)
      expect(law.map(({ list, p }) => ({ list, p }))).toEqual([{ list: [], p: 1 }])
    }
    const single = [[7], [7]]
    const draw = method.interleave(single, 1, mulberry32(1))
    expect(draw).toMatchObject({ list: [7], identical: true, truncated: false })
    expect(method.credit(draw, single, [false]).reason).toBe('no_click')
    expect(method.credit(draw, single, [true]).reason).toBe('identical_lists')
  })

  it('names what it can not take', () => {
    const method = configuredInterleaver(id, params)
    const rng = mulberry32(1)
    expect(() => method.interleave([[1]], 1, rng)).toThrow('1 rankings')
    expect(() => method.interleave([[1], [2]], 0, rng)).toThrow('length 0')
    expect(() => method.interleave([[1], [2]], 1.5, rng)).toThrow('length 1.5')
    const draw = method.interleave([[1], [2]], 1, rng)
    expect(() => method.credit(draw, [[1], [2]], [])).toThrow('0 click flags for a list of 1')
    if (interleavers[id].maxRankers === 2) {
      expect(() => method.interleave([[1], [2], [3]], 1, rng)).toThrow('3 rankings')
    }
    expect(() => configuredInterleaver(id, { lengthPolicy: 'stretch' })).toThrow('lengthPolicy')
  })
})
