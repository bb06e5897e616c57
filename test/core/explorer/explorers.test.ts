import { describe, expect, it } from 'vitest'
import { arraySpace, type WeightArrays } from '#core/explorer/arraySpace'
import { addCredit } from '#core/explorer/credit'
import { centredRanks } from '#core/explorer/es'
import { weightExplorer, weightExplorers, type WeightExplorerSpec } from '#core/explorer/index'
import { DbgdParams, EsParams, GeneticParams, MgdParams } from '#core/explorer/params'
import { configuredInterleaver } from '#core/interleaver/index'
import { streams } from '#core/random/philox'

const start = (): WeightArrays => [Float64Array.of(1, -2, 0, 0.5), Float64Array.of(3, 0)]
const space = arraySpace(start(), ['first', 'second'])

/** A round of a strategy, its sides credited by `credit`. */
function round(spec: WeightExplorerSpec, credit: readonly number[], index = 0) {
  const explorer = weightExplorer(spec)
  const w = start()
  const own = Array.from({ length: explorer.sides }, () => space.create())
  const sides = explorer.ownSideA ? own : [w, ...own.slice(1)]
  const stream = streams(5)
  explorer.draw(space, w, sides, (side) => stream(`side ${side}`, index))
  const drawn = sides.map((side) => space.values(side))
  const settled = explorer.settle(space, w, sides, credit, 10)
  return { w, drawn, settled }
}

const specs = {
  dbgd: DbgdParams.parse({ kind: 'dbgd' }),
  mgd: MgdParams.parse({ kind: 'mgd', directions: 3 }),
  es: EsParams.parse({ kind: 'es', pairs: 2 }),
  genetic: GeneticParams.parse({ kind: 'genetic', offspring: 3 }),
} satisfies Record<keyof typeof weightExplorers, WeightExplorerSpec>

describe.each(Object.values(specs))('$kind', (spec) => {
  const { sides } = weightExplorer(spec)

  it('leaves W bit for bit as it is when all sides have the same credit', () => {
    const { w, settled } = round(spec, Array<number>(sides).fill(4))
    expect(w).toEqual(start())
    expect(settled).toEqual({ result: 'tie', stepNorm: 0, guarded: false })
  })

  it('moves W, by what it reports, when a challenger wins', () => {
    const credit = Array.from({ length: sides }, (_, side) => (side === 1 ? 5 : 0))
    const { w, settled } = round(spec, credit)
    expect(settled.result).toBe('applied')
    const squares = w.flatMap((values, t) => [...values].map((v, i) => (v - start()[t]![i]!) ** 2))
    expect(settled.stepNorm).toBeCloseTo(
      Math.sqrt(squares.reduce((sum, square) => sum + square, 0)),
      12,
    )
    expect(settled.stepNorm).toBeGreaterThan(0)
  })

  it('draws the same sides from the same streams, and others in the next round', () => {
    const credit = Array<number>(sides).fill(0)
    expect(round(spec, credit).drawn).toEqual(round(spec, credit).drawn)
    expect(round(spec, credit, 1).drawn).not.toEqual(round(spec, credit).drawn)
  })
})

describe('mgd', () => {
  it('with one direction is DBGD to the bit', () => {
    const one = round(MgdParams.parse({ kind: 'mgd', directions: 1 }), [1, 2])
    expect(one.w).toEqual(round(specs.dbgd, [1, 2]).w)
  })

  it('steps by η towards the mean of the winners', () => {
    const { w, drawn } = round(specs.mgd, [2, 3, 1, 4])
    w.forEach((values, t) =>
      values.forEach((value, i) => {
        const from = start()[t]![i]!
        const mean = (drawn[1]![t]![i]! + drawn[3]![t]![i]!) / 2
        expect(value).toBeCloseTo(from + 0.05 * (mean - from), 12)
      }),
    )
  })
})

describe('genetic', () => {
  it('goes on with the best child, or with the parent when none is better', () => {
    const { w, drawn } = round(specs.genetic, [2, 3, 1, 4])
    expect(w).toEqual(drawn[3])
    expect(round(specs.genetic, [4, 3, 1, 4]).w).toEqual(start())
    expect(round(specs.genetic, [4, 3, 1, 2]).settled.result).toBe('refused')
  })
})

describe('es', () => {
  it('draws antithetic halves, and shares ranks among equals', () => {
    const { drawn } = round(specs.es, [0, 0, 0, 0])
    for (const plus of [0, 2]) {
      start().forEach((values, t) =>
        values.forEach((value, i) =>
          expect((drawn[plus]![t]![i]! + drawn[plus + 1]![t]![i]!) / 2).toBeCloseTo(value, 12),
        ),
      )
    }
    expect(centredRanks([3, 1, 3, 7])).toEqual([0, -0.5, 0, 0.5])
  })

  it('estimates the gradient of a quadratic without bias and climbs to its top', () => {
    // F(w) = −‖w − w*‖², whose antithetic estimate is exact in the mean at any σ (Nesterov & Spokoiny)
    const top = Float64Array.of(0.5, -1, 2)
    const value = (w: WeightArrays) =>
      -top.reduce((sum, best, i) => sum + (w[0]![i]! - best) ** 2, 0)
    const plane = arraySpace([Float64Array.of(1, 1, 1)], ['w'])
    const spec = EsParams.parse({ kind: 'es', sigma: 0.3, eta: 0.02, shaping: 'raw' })
    const explorer = weightExplorer(spec)
    const stream = streams(6)
    const w: WeightArrays = [Float64Array.of(1, 1, 1)]
    const sides = [plane.create(), plane.create()]
    const step = (round: number) => {
      explorer.draw(plane, w, sides, (side) => stream(`es ${side}`, round))
      explorer.settle(plane, w, sides, sides.map(value), 1)
    }
    const mean = new Float64Array(3)
    const rounds = 6000
    for (let round = 0; round < rounds; round++) {
      w[0]!.fill(1)
      step(round)
      w[0]!.forEach((x, i) => (mean[i]! += (x - 1) / rounds))
    }
    // a layer's RMS is 1 here, so that a step is η · (F₊ − F₋)/(2σ) · ε · 2
    top.forEach((best, i) => expect(mean[i]! / 0.02 / 2).toBeCloseTo(2 * (best - 1), 0))
    for (let round = 0; round < 2000; round++) step(rounds + round)
    top.forEach((best, i) => expect(w[0]![i]!).toBeCloseTo(best, 0))
  })
})

describe('credit', () => {
  const lists = [Int32Array.of(1, 2, 3, 4), Int32Array.of(3, 1, 5, 2)]
  const shown = Int32Array.of(3, 1, 2)
  const teams = Int8Array.of(1, 0, 0)
  const impression = (clicked: readonly number[]) => ({ lists, shown, teams, clicked, length: 3 })
  const credited = (rule: 'count' | 'rate' | 'marginal', clicked: readonly number[]) => {
    const out = new Float64Array(2)
    addCredit(rule, impression(clicked), 3, out)
    return [...out]
  }

  it('counts clicks, or clicks per slot', () => {
    expect(credited('count', [1, 1, 0])).toEqual([1, 1])
    expect(credited('rate', [1, 1, 0])).toEqual([0.5, 1])
    expect(credited('rate', [0, 1, 1])).toEqual([1, 0])
  })

  it('expects, as the exact credit of probabilistic interleaving does', () => {
    const method = configuredInterleaver('probabilistic', { sampling: 'replace' })
    const draw = method.interleave(lists, 3, streams(2)('draw', 0))
    for (const clicked of [
      [1, 0, 0],
      [0, 1, 1],
      [1, 1, 1],
    ]) {
      const own = new Float64Array(2)
      const teams = draw.teams ?? [0, 0, 0]
      addCredit(
        'marginal',
        { lists, shown: draw.list as number[], teams, clicked, length: 3 },
        3,
        own,
      )
      const exact = method.credit(draw, lists, clicked).credit
      expect(own[0]).toBeCloseTo(exact[0]!, 12)
      expect(own[1]).toBeCloseTo(exact[1]!, 12)
    }
  })
})
