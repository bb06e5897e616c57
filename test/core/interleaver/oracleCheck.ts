import { expect } from 'vitest'
import { z } from 'zod'
import type { InterleaverId } from '#core/interleaver/index'
import type { Credit, Draw, Id as ItemId, Outcome } from '#core/interleaver/interleaver'
import { Exact, expectEach, expectExact, List, type OracleCase } from './oracleCase.ts'

export type Check = (oracle: OracleCase) => void

/** A check whose inputs and expectations are parsed first: an unknown field fails the case. */
export function check<I extends z.ZodRawShape, E extends z.ZodRawShape>(
  inputs: I,
  expected: E,
  run: (
    inputs: z.infer<z.ZodObject<I>>,
    expected: z.infer<z.ZodObject<E>>,
    oracle: OracleCase,
  ) => void,
): Check {
  return (oracle) => {
    run(
      z.strictObject(inputs).parse(oracle.inputs),
      z.strictObject(expected).parse(oracle.expected),
      oracle,
    )
  }
}

export const k = z.int()
export const seed = z.int()
export const tau = z.number()
export const sampling = z.enum(['replace', 'noReplace'])
export const sharedDocs = z.string()
export const Clicks = z.array(z.int())
export const Letter = z.enum(['A', 'B', 'tie', 'noVote'])
export const Team = z.array(z.int())
export const Matrix = z.array(z.array(Exact))
export const Law = z.array(
  z.object({ list: List, teams: Team.optional(), q: z.string().optional(), x: z.number() }),
)

const METHODS: Readonly<Record<string, InterleaverId>> = {
  balanced: 'balanced',
  debiased: 'debiasedBalanced',
  teamdraft: 'teamDraft',
  tdm: 'teamDraft',
  probabilistic: 'probabilistic',
  pm: 'probabilistic',
  optimized: 'optimized',
  om: 'optimized',
  ppm: 'pairwisePreference',
  sosm: 'sampleOnlyScored',
}

export function methodId(name: string): InterleaverId {
  const id = METHODS[name]
  if (!id) throw new Error(`unknown method ${name}`)
  return id
}

export function letter(outcome: Outcome): z.infer<typeof Letter> {
  return outcome === 'a' ? 'A' : outcome === 'b' ? 'B' : outcome
}

export function clickFlags(positions: readonly number[], slots: number): boolean[] {
  const flags = Array<boolean>(slots).fill(false)
  for (const position of positions) {
    expect(position).toBeLessThan(slots)
    flags[position] = true
  }
  return flags
}

/** A list that was shown, as the record that credit takes. */
export function shownDraw(list: readonly ItemId[], teams: readonly number[] | null = null): Draw {
  return {
    list,
    teams,
    tail: list.map(() => false),
    identical: false,
    truncated: false,
    duplicatesRemoved: [],
  }
}

/** Rankings behind a list with teams, where a case gives none: no two of them agree. */
export function rankingsOfTeams(shown: readonly ItemId[], rankers: number): ItemId[][] {
  return Array.from({ length: rankers }, (_, ranker) => [`own item of ${ranker}`, ...shown])
}

export function expectLaw(
  law: readonly { list: readonly ItemId[]; teams: readonly number[] | null; p: number }[],
  expected: z.infer<typeof Law>,
): void {
  const key = (list: readonly ItemId[], teams: readonly number[] | null | undefined) =>
    JSON.stringify([list, teams ?? null])
  const actual = new Map(law.map(({ list, teams, p }) => [key(list, teams), p]))
  expect([...actual.keys()].sort(), 'support').toEqual(
    expected.map(({ list, teams }) => key(list, teams)).sort(),
  )
  for (const entry of expected) {
    expectExact(actual.get(key(entry.list, entry.teams))!, entry, key(entry.list, entry.teams))
  }
}

/** The credit of one draw for several sets of clicks; only the fields that a row has are compared. */
export const CreditRows = z.array(
  z.strictObject({
    clicks: Clicks,
    credit: z.array(Exact).optional(),
    preference: Matrix.optional(),
    outcome: Letter.optional(),
  }),
)

export function expectRows(
  rows: z.infer<typeof CreditRows>,
  slots: number,
  creditOf: (clicked: boolean[]) => Credit,
): void {
  for (const row of rows) {
    const credit = creditOf(clickFlags(row.clicks, slots))
    const what = `clicks ${row.clicks.join()}`
    if (row.credit) expectEach(credit.credit, row.credit, `${what} credit`)
    if (row.preference) expectMatrix(credit, row.preference, what)
    if (row.outcome) expect(letter(credit.outcome), what).toBe(row.outcome)
  }
}

export function expectMatrix(credit: Credit, expected: z.infer<typeof Matrix>, what: string): void {
  const preference = preferenceOf(credit)
  for (const [x, row] of expected.entries()) {
    expectEach(preference[x]!, row, `${what} preference[${x}]`)
  }
}

/** Of two rankers there is one pair, whose preference is the sign of its outcome. */
function preferenceOf({ preference, outcome }: Credit): readonly (readonly number[])[] {
  if (preference) return preference
  const sign = outcome === 'a' ? 1 : outcome === 'b' ? -1 : 0
  return [
    [0, sign],
    [0 - sign, 0],
  ]
}
