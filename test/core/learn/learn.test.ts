import { describe, expect, it } from 'vitest'
import { biasTable, type BiasQuantity } from '#core/learn/biasTable'
import { listLaws } from '#core/learn/listLaws'
import { peekingLesson } from '#core/learn/peekingLesson'
import { workedExamples } from '#core/learn/workedExamples'
import { workedVotes } from '#core/learn/workedVotes'

describe('the bias table', () => {
  it('has the exact values of the specification', () => {
    // interleaving.md §5
    const exact: Readonly<Record<BiasQuantity, readonly number[]>> = {
      balanced: [-1 / 3, -1 / 2, -1, -1],
      teamDraft: [0, 0, 0, 0],
      probabilistic: [0, 0, -239989 / 1265040, -0.0935459736],
      probabilisticSign: [-5519 / 52710, -0.1735407824, -0.1892896667, 0.0328904158],
      pairwisePreference: [0, 0, -2, -2],
      pairwisePreferenceSign: [-1 / 6, -5 / 32, -1 / 2, -1 / 4],
      optimized: [0, 0, -1 / 6, -1 / 12],
      sampleOnlyScored: [-1 / 3, -1 / 2, -1, -1],
    }
    for (const { quantity, bias, fidelity } of biasTable().rows) {
      const found = [...bias, ...fidelity]
      exact[quantity].forEach((value, i) =>
        expect([quantity, found[i]]).toEqual([quantity, expect.closeTo(value, 9)]),
      )
    }
  })
})

describe('the laws of lists', () => {
  it('add up to 1, whatever the lists have in common, and say what was left out', () => {
    for (const [a, b] of [
      [
        ['1', '2'],
        ['2', '3'],
      ],
      [['x'], ['x']],
      [
        ['1', '2', '3', '4', '5'],
        ['a', 'b', 'c', 'd', 'e'],
      ],
    ] as const) {
      for (const { rows, size } of listLaws(a, b, 4)) {
        const sum = rows.reduce((total, { p }) => total + p, 0)
        if (rows.length === size) expect(sum).toBeCloseTo(1, 12)
        else expect(sum).toBeLessThan(1)
        expect(rows.map(({ p }) => p)).toEqual(rows.map(({ p }) => p).toSorted((x, y) => y - x))
      }
    }
  })
})

describe('worked votes', () => {
  it('are those of the specification for 61–39–40', () => {
    const of = workedVotes({ winsA: 61, winsB: 39, ties: 40 })
    expect(of.delta).toBeCloseTo(0.0785714286, 9)
    expect(of.exactP).toBeCloseTo(0.0352002002, 9)
    expect(of.midP).toBeCloseTo(0.0280894679, 9)
    expect(of.trinomialP).toBeCloseTo(0.0313519386, 9)
    expect(of.wilson!.low).toBeCloseTo(0.5120301705, 9)
    expect(of.clopperPearson!.high).toBeCloseTo(0.7059895851, 9)
    expect(Math.log(of.eValue!)).toBeCloseTo(0.3310295321, 9)
    expect(of.sequence!.low).toBeCloseTo(0.4507006918, 8)
  })

  it('without a decisive vote are null, not NaN', () => {
    const of = workedVotes({ winsA: 0, winsB: 0, ties: 5 })
    expect(of).toMatchObject({ delta: 0, exactP: null, z: null, eValue: null, sequence: null })
    expect(workedVotes({ winsA: 0, winsB: 0, ties: 0 }).delta).toBeNull()
  })
})

describe('the lesson about peeking', () => {
  it('shows a repeated test far above its level and the sequence within it', () => {
    const { naive, betting, alpha, runs } = peekingLesson()
    expect(naive.at(-1)).toBeGreaterThan(0.25)
    expect(betting.at(-1)).toBeLessThanOrEqual(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs))
    expect(naive).toEqual(naive.toSorted((a, b) => a - b)) // what was named stays named
  })
})

describe('the worked examples', () => {
  /** By symbol, from pencil and paper where that is possible. */
  const byHand: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    betting: { x̄: 0.5 },
    clustered: { p: 0.65 },
    eBh: { k: 2, 'm/(kδ)': 4 / (2 * 0.05) },
    sensitivity: { R: 16 / 2000 / (4 / 20_000) },
    ips: { IPS: 2.5 / 4, SNIPS: 2.5 / 4, 'IPS, w ≤ 1': 1.5 / 4 },
    diversity: { 'exp(−Σ p ln p)': 2 ** 1.75 },
    ndcg: {
      'nDCG@4': (7 + 3 / 2 + 1 / Math.log2(5)) / (7 + 7 / Math.log2(3) + 3 / 2 + 1 / Math.log2(5)),
    },
  }

  it('come out as by hand', () => {
    for (const [id, figures] of Object.entries(byHand)) {
      const found = new Map(workedExamples[id as keyof typeof workedExamples]().found)
      for (const [symbol, value] of Object.entries(figures)) {
        expect([id, symbol, found.get(symbol)]).toEqual([id, symbol, expect.closeTo(value, 9)])
      }
    }
  })

  it('have finite numbers and intervals that are no points', () => {
    for (const example of Object.values(workedExamples)) {
      for (const [symbol, value] of example().found) {
        if (typeof value === 'number')
          expect([symbol, Number.isFinite(value)]).toEqual([symbol, true])
        else if (typeof value === 'object' && 'low' in value) {
          expect(value.high).toBeGreaterThan(value.low)
        }
      }
    }
  })
})
