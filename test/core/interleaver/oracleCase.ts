import { expect } from 'vitest'
import { z } from 'zod'

/** One case of an oracle file; inputs and expectations are parsed by the family's check. */
export const OracleCase = z.object({
  id: z.string(),
  family: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  tol: z.number().optional(),
  note: z.string().optional(),
})
export type OracleCase = z.infer<typeof OracleCase>

/** An exact fraction beside its double, or a double alone. */
export const Exact = z.union([z.number(), z.object({ q: z.string().optional(), x: z.number() })])
export type Exact = z.infer<typeof Exact>

export const Id = z.union([z.number(), z.string()])
export const List = z.array(Id)
export const Lists = z.array(List)

/** Fractions at absolute 1e-12; beyond 2^53 the double at relative 1e-12; doubles alone at 1e-9. */
export function expectExact(actual: number, expected: Exact, what: string, tol?: number): void {
  const number = typeof expected === 'number' ? expected : expected.x
  let target = number
  let allowed = tol ?? 1e-9
  if (typeof expected === 'object' && expected.q !== undefined) {
    const [numerator, denominator = 1] = expected.q.split('/').map(Number)
    const large = Math.max(Math.abs(numerator!), denominator) > 2 ** 53
    target = large ? number : numerator! / denominator
    allowed = tol ?? (large ? 1e-12 * Math.max(1, Math.abs(number)) : 1e-12)
  }
  expect(Number.isFinite(actual), `${what}: ${actual}`).toBe(true)
  expect(Math.abs(actual - target), `${what}: ${actual} for ${target}`).toBeLessThanOrEqual(allowed)
}

export function expectEach(
  actual: ArrayLike<number>,
  expected: readonly Exact[],
  what: string,
  tol?: number,
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length)
  for (const [i, value] of expected.entries()) {
    expectExact(actual[i]!, value, `${what}[${i}]`, tol)
  }
}
