import { expect } from 'vitest'
import { z } from 'zod'
import { configuredInterleaver, type InterleaverId } from '#core/interleaver/index'
import type { Credit, Id as ItemId } from '#core/interleaver/interleaver'
import { debiasedBalanced, examination } from '#core/interleaver/debiasedBalanced'
import { pairScores, pairWeight, preferredPairs } from '#core/interleaver/pairwisePreference'
import { listLikelihood, pairLaw } from '#core/interleaver/probabilistic'
import { Exact, expectEach, expectExact, Id, List, Lists } from './oracleCase.ts'
import {
  check,
  clickFlags,
  Clicks,
  CreditRows,
  expectMatrix,
  expectRows,
  k,
  letter,
  Letter,
  Matrix,
  rankingsOfTeams,
  sampling,
  shownDraw,
  tau,
  Team,
  type Check,
} from './oracleCheck.ts'

const probabilisticCredit = check(
  { lists: Lists, shown: List, clicks: Clicks, tau, sampling },
  {
    expectedCredit: z.array(Exact),
    likelihood: Exact,
    pA: Exact.optional(),
    pB: Exact.optional(),
    pTie: Exact.optional(),
    eSign: Exact.optional(),
    outcome: Letter.optional(),
    preference: Matrix.optional(),
  },
  ({ lists, shown, clicks, ...params }, expected, { id }) => {
    const draw = shownDraw(shown)
    const method = configuredInterleaver('probabilistic', params)
    const credit = method.credit(draw, lists, clickFlags(clicks, shown.length))
    expectEach(credit.credit, expected.expectedCredit, id)
    expectExact(listLikelihood(shown, lists, params), expected.likelihood, 'likelihood')
    const law = pairLaw(shown, lists, clicks, params)
    if (expected.pA !== undefined) expectExact(law.more, expected.pA, 'pA')
    if (expected.pB !== undefined) expectExact(law.fewer, expected.pB, 'pB')
    if (expected.pTie !== undefined) expectExact(law.equal, expected.pTie, 'pTie')
    if (expected.eSign !== undefined) {
      expectExact(law.more - law.fewer, expected.eSign, 'eSign')
      if (credit.voteValue !== null) expectExact(2 * credit.voteValue - 1, expected.eSign, 'vote')
    }
    if (expected.outcome) expect(letter(credit.outcome)).toBe(expected.outcome)
    if (expected.preference) expectMatrix(credit, expected.preference, id)
  },
)

const teamCredit = check(
  { shown: List, teams: Team, rankers: z.int() },
  { rows: CreditRows },
  ({ shown, teams, rankers }, { rows }) => {
    const rankings = rankingsOfTeams(shown, rankers)
    const method = configuredInterleaver('teamDraft')
    expectRows(rows, shown.length, (clicked) =>
      method.credit(shownDraw(shown, teams), rankings, clicked),
    )
  },
)

const optimizedCredit = check(
  { lists: Lists, shown: List, credit: z.enum(['inverse', 'negative']) },
  { rows: CreditRows },
  ({ lists, shown, credit }, { rows }) => {
    const method = configuredInterleaver('optimized', { credit })
    expectRows(rows, shown.length, (clicked) => method.credit(shownDraw(shown), lists, clicked))
  },
)

/** What a property case calls each quantity, and how to read it from a credit. */
const QUANTITIES: Readonly<
  Record<string, { id: InterleaverId; params?: object; of: (credit: Credit) => number }>
> = {
  balanced: { id: 'balanced', of: sign },
  teamdraft: { id: 'teamDraft', of: sign },
  probabilistic_soft: { id: 'probabilistic', of: (credit) => 2 * (credit.voteValue ?? 0.5) - 1 },
  probabilistic_sign: { id: 'probabilistic', of: sign },
  ppm_scoreDifference: { id: 'pairwisePreference', of: (credit) => credit.delta },
  ppm_sign: { id: 'pairwisePreference', of: sign },
  optimized_scoreDifference: { id: 'optimized', of: (credit) => credit.delta },
  sosm_sign: { id: 'sampleOnlyScored', of: sign },
}

function sign({ outcome }: Credit): number {
  return outcome === 'a' ? 1 : outcome === 'b' ? -1 : 0
}

/**
 * Expectation of every named quantity over the exact law of the method, `clicksOf` giving the
 * equally likely single clicks on a list.
 */
function expectQuantities(
  rankings: readonly ItemId[][],
  length: number,
  expected: Readonly<Record<string, Exact>>,
  clicksOf: (list: readonly ItemId[]) => readonly number[],
): void {
  for (const [name, value] of Object.entries(expected)) {
    const quantity = QUANTITIES[name]
    if (!quantity) throw new Error(`unknown quantity ${name}`)
    const method = configuredInterleaver(quantity.id, quantity.params)
    let mean = 0
    for (const { list, teams, p } of method.distribution(rankings, length)) {
      const positions = clicksOf(list)
      for (const position of positions) {
        const clicked = clickFlags([position], list.length)
        const credit = method.credit(shownDraw(list, teams), rankings, clicked)
        mean += (p / positions.length) * quantity.of(credit)
      }
    }
    // the program of optimized interleaving is solved to 1e-9
    expectExact(mean, value, name, quantity.id === 'optimized' ? 1e-9 : undefined)
  }
}

const Property = { A: List, B: List, k, clicks: z.string() }
const Theta = z.union([z.enum(['inverse', 'uniform']), z.array(z.number())])
const DocValues = z.array(z.object({ doc: Id, q: z.string().optional(), x: z.number() }))

/** Families about credit: what clicks on a shown list say, alone and in expectation. */
export const creditFamilies: Readonly<Record<string, Check>> = {
  'balanced.credit': check(
    { A: List, B: List, shown: List },
    {
      rows: z.array(z.strictObject({ clicks: Clicks, hA: z.int(), hB: z.int(), outcome: Letter })),
    },
    ({ A, B, shown }, { rows }) => {
      const method = configuredInterleaver('balanced')
      for (const { clicks, hA, hB, outcome } of rows) {
        const clicked = clickFlags(clicks, shown.length)
        const credit = method.credit(shownDraw(shown), [A, B], clicked)
        expect(credit.credit, `clicks ${clicks.join()}`).toEqual([hA, hB])
        expect(letter(credit.outcome), `clicks ${clicks.join()}`).toBe(outcome)
      }
    },
  ),
  'teamdraft.credit': teamCredit,
  'tdm.credit': teamCredit,
  'probabilistic.credit': probabilisticCredit,
  'pm.credit': probabilisticCredit,
  'optimized.credit': optimizedCredit,
  'om.credit': optimizedCredit,

  'ppm.preferences': check(
    { shown: List, clicks: Clicks },
    { pairs: z.array(z.tuple([Id, Id])) },
    ({ shown, clicks }, { pairs }) => {
      const actual = preferredPairs(shown, clicks).map(({ preferred, other }) => [preferred, other])
      expect(actual.map((pair) => JSON.stringify(pair)).sort()).toEqual(
        pairs.map((pair) => JSON.stringify(pair)).sort(),
      )
    },
  ),
  'ppm.weight': check({ lists: Lists, i: Id, j: Id }, { w: Exact }, ({ lists, i, j }, { w }) => {
    expectExact(pairWeight(lists, i, j), w, 'w')
  }),
  'ppm.score': check(
    { lists: Lists, shown: List, clicks: Clicks },
    {
      usedPairs: z.array(z.strictObject({ pair: z.tuple([Id, Id]), w: Exact })),
      score: z.array(Exact),
      preference: Matrix.optional(),
      outcome: Letter.optional(),
    },
    ({ lists, shown, clicks }, expected) => {
      const weights = new Map(
        pairScores(shown, lists, clicks).used.map(({ preferred, other, weight }) => [
          JSON.stringify([preferred, other]),
          weight,
        ]),
      )
      expect([...weights.keys()].sort()).toEqual(
        expected.usedPairs.map(({ pair }) => JSON.stringify(pair)).sort(),
      )
      for (const { pair, w } of expected.usedPairs) {
        expectExact(weights.get(JSON.stringify(pair))!, w, `w ${pair.join()}`)
      }
      const method = configuredInterleaver('pairwisePreference')
      const credit = method.credit(shownDraw(shown), lists, clickFlags(clicks, shown.length))
      expectEach(credit.credit, expected.score, 'score')
      if (expected.preference) expectMatrix(credit, expected.preference, 'score')
      if (expected.outcome) expect(letter(credit.outcome)).toBe(expected.outcome)
    },
  ),
  'sosm.score': check(
    { lists: Lists, shown: List, clicks: Clicks, tau },
    { score: z.array(Exact), preference: Matrix },
    ({ lists, shown, clicks, tau }, { score, preference }) => {
      const method = configuredInterleaver('sampleOnlyScored', { tau })
      const credit = method.credit(shownDraw(shown), lists, clickFlags(clicks, shown.length))
      expectEach(credit.credit, score, 'score')
      expectMatrix(credit, preference, 'score')
    },
  ),

  'debiased.credit': check(
    { lists: Lists, k, theta: Theta },
    {
      expectedExamination: DocValues,
      unsupported: List,
      rows: z.array(
        z.strictObject({
          shown: List,
          clicks: Clicks,
          creditA: Exact,
          creditB: Exact,
          delta: Exact,
        }),
      ),
    },
    ({ lists, k, theta }, expected) => {
      const params = debiasedBalanced.params.parse({ theta })
      const { expected: e, unsupported } = examination(lists, k, params)
      expect(e.size).toBe(expected.expectedExamination.length)
      for (const entry of expected.expectedExamination) {
        expectExact(e.get(entry.doc)!, entry, `e(${entry.doc})`)
      }
      expect([...unsupported].sort()).toEqual([...expected.unsupported].sort())
      for (const { shown, clicks, creditA, creditB, delta } of expected.rows) {
        const clicked = clickFlags(clicks, shown.length)
        const credit = debiasedBalanced.credit(shownDraw(shown), lists, clicked, params)
        expectEach(credit.credit, [creditA, creditB], 'credit')
        expectExact(credit.delta, delta, 'delta')
      }
    },
  ),
  'debiased.expectation': check(
    { lists: Lists, k, theta: Theta, attraction: DocValues },
    { expectedDelta: Exact },
    ({ lists, k, theta, attraction }, { expectedDelta }) => {
      const params = debiasedBalanced.params.parse({ theta })
      const thetaAt = (rank: number) =>
        theta === 'inverse' ? 1 / (rank + 1) : theta === 'uniform' ? 1 : theta[rank]!
      const a = new Map(attraction.map(({ doc, x }) => [doc, x]))
      let mean = 0
      for (const { list, p } of debiasedBalanced.distribution(lists, k, params)) {
        for (const [rank, item] of list.entries()) {
          const clicked = clickFlags([rank], list.length)
          const { delta } = debiasedBalanced.credit(shownDraw(list), lists, clicked, params)
          mean += p * thetaAt(rank) * (a.get(item) ?? 0) * delta // δ adds up over the clicks
        }
      }
      expectExact(mean, expectedDelta, 'E[δ]')
    },
  ),

  'property.bias': (oracle) => {
    const { A, B, k } = z.strictObject(Property).parse(oracle.inputs)
    const expected = z.record(z.string(), Exact).parse(oracle.expected)
    expectQuantities([A, B], k, expected, (list) => [...list.keys()])
  },
  'property.fidelity': (oracle) => {
    const { A, B, k, relevant } = z.strictObject({ ...Property, relevant: Id }).parse(oracle.inputs)
    const expected = z.record(z.string(), Exact).parse(oracle.expected)
    expectQuantities([A, B], k, expected, (list) =>
      list.includes(relevant) ? [list.indexOf(relevant)] : [],
    )
  },
}
