import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solveLinearProgram } from '#core/interleaver/simplex'

describe('simplex', () => {
  it('solves a program with a known corner', () => {
    // max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 (Hillier & Lieberman): (2, 6), 36
    const solution = solveLinearProgram({
      costs: [[-3, -5, 0, 0, 0]],
      rows: [
        [1, 0, 1, 0, 0],
        [0, 2, 0, 1, 0],
        [3, 2, 0, 0, 1],
      ],
      rhs: [4, 12, 18],
    })
    expect(solution).toMatchObject({ kind: 'optimal', objectives: [-36] })
    if (solution.kind === 'optimal') expect([...solution.x.subarray(0, 2)]).toEqual([2, 6])
  })

  it("ends on Beale's example, where the steepest column alone cycles", () => {
    const solution = solveLinearProgram({
      costs: [[-0.75, 150, -0.02, 6, 0, 0, 0]],
      rows: [
        [0.25, -60, -0.04, 9, 1, 0, 0],
        [0.5, -90, -0.02, 3, 0, 1, 0],
        [0, 0, 1, 0, 0, 0, 1],
      ],
      rhs: [0, 0, 1],
    })
    expect(solution.kind === 'optimal' && solution.objectives[0]).toBeCloseTo(-0.05, 12)
  })

  it('tells infeasible, unbounded and redundant programs apart', () => {
    const two = [
      [1, 1],
      [1, 1],
    ]
    expect(solveLinearProgram({ costs: [[1, 1]], rows: two, rhs: [1, 2] }).kind).toBe('infeasible')
    expect(solveLinearProgram({ costs: [[-1, 0]], rows: [[1, -1]], rhs: [0] }).kind).toBe(
      'unbounded',
    )
    const solution = solveLinearProgram({ costs: [[1, 2]], rows: two, rhs: [1, 1] })
    expect(solution).toMatchObject({ kind: 'optimal', objectives: [1] })
  })

  it('minimises a second cost among the optima of the first', () => {
    const corner = (second: readonly number[]) =>
      solveLinearProgram({ costs: [[1, 1, 2], second], rows: [[1, 1, 1]], rhs: [1] })
    expect(corner([0, 1, -9])).toMatchObject({ objectives: [1, 0] })
    expect(corner([1, 0, -9])).toMatchObject({ objectives: [1, 0] })
  })

  it('meets the equations and is not beaten by a known feasible point', () => {
    const entry = fc.integer({ min: -5, max: 5 })
    const programs = fc.record({
      rows: fc.array(fc.array(entry, { minLength: 5, maxLength: 5 }), {
        minLength: 1,
        maxLength: 3,
      }),
      point: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 5 }),
      cost: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
    })
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)
    fc.assert(
      fc.property(programs, ({ rows, point, cost }) => {
        const rhs = rows.map((row) => dot(row, point))
        const solution = solveLinearProgram({ costs: [cost], rows, rhs })
        if (solution.kind !== 'optimal') throw new Error(solution.kind)
        for (const [i, row] of rows.entries()) expect(dot(row, solution.x)).toBeCloseTo(rhs[i]!, 7)
        expect(Math.min(...solution.x)).toBeGreaterThanOrEqual(0)
        expect(solution.objectives[0]).toBeLessThanOrEqual(dot(cost, point) + 1e-7)
      }),
    )
  })
})
