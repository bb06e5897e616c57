import { expect } from 'vitest'
import { z } from 'zod'
import { configuredInterleaver, interleavers, type InterleaverId } from '#core/interleaver/index'
import type { Id as ItemId } from '#core/interleaver/interleaver'
import { dilution, impressionDilution } from '#core/interleaver/dilution'
import { optimized, optimizedPlan } from '#core/interleaver/optimized'
import { distinct } from '#core/interleaver/prepare'
import { mulberry32 } from '#core/random/mulberry32'
import { FedRng } from '../../support/fedRng.ts'
import { Exact, expectEach, expectExact, List, Lists } from './oracleCase.ts'
import {
  check,
  clickFlags,
  Clicks,
  expectLaw,
  k,
  Law,
  letter,
  Letter,
  methodId,
  rankingsOfTeams,
  sampling,
  seed,
  sharedDocs,
  shownDraw,
  tau,
  Team,
  type Check,
} from './oracleCheck.ts'

/** The law of a method; its parameters are the remaining inputs under their own names. */
function distributionCheck(id: InterleaverId, extra: z.ZodRawShape = {}): Check {
  return check({ lists: Lists, k, ...extra }, { distribution: Law }, (inputs, expected) => {
    const { lists, k, ...params } = inputs
    expectLaw(configuredInterleaver(id, params).distribution(lists, k), expected.distribution)
  })
}

const optimizedProgram = check(
  { lists: Lists, k, credit: z.enum(['inverse', 'negative']) },
  {
    allowedLists: Lists,
    objectiveCoefficient: z.array(Exact),
    feasible: z.boolean(),
    unique: z.boolean(),
    p: z.array(Exact).optional(),
    objective: Exact,
    minTotalBias: Exact.optional(),
  },
  ({ lists, k, credit }, expected, { tol }) => {
    const params = optimized.params.parse({ credit })
    const plan = optimizedPlan(lists, k, params)
    expect(plan.lists).toEqual(expected.allowedLists)
    expectEach(plan.objectiveCoefficient, expected.objectiveCoefficient, 'coefficient')
    expect(plan.minTotalBias === 0).toBe(expected.feasible)
    if (expected.minTotalBias !== undefined) {
      expectExact(plan.minTotalBias, expected.minTotalBias, 'minTotalBias', tol)
    }
    expectExact(plan.objective, expected.objective, 'objective', tol)
    if (expected.unique && expected.p) expectEach(plan.p, expected.p, 'p', tol)
    expectExact(
      plan.p.reduce((sum, p) => sum + p, 0),
      1,
      'Σp',
    )
    for (const p of plan.p) expect(p).toBeGreaterThanOrEqual(0)
    if (expected.feasible) expectUnbiased(plan, lists, k, credit)
  },
)

/** At every depth a click on each slot so far brings all rankers the same expected credit. */
function expectUnbiased(
  plan: { lists: readonly (readonly ItemId[])[]; p: readonly number[] },
  lists: readonly (readonly ItemId[])[],
  length: number,
  credit: 'inverse' | 'negative',
): void {
  for (let depth = 1; depth <= length; depth++) {
    const sums = lists.map((ranking) => {
      return plan.lists.reduce((total, list, i) => {
        const ofList = list.slice(0, depth).map((item) => {
          const rank = ranking.includes(item) ? ranking.indexOf(item) + 1 : ranking.length + 1
          return credit === 'inverse' ? 1 / rank : -rank
        })
        return total + plan.p[i]! * ofList.reduce((sum, value) => sum + value, 0)
      }, 0)
    })
    for (const sum of sums) expectExact(sum, sums[0]!, `depth ${depth}`)
  }
}

const seededDraw = (id: InterleaverId, extra: z.ZodRawShape, source: 'seed' | 'draws') =>
  check(
    { lists: Lists, k, ...extra, ...(source === 'seed' ? { seed } : { draws: Clicks }) },
    { list: List, teams: Team.optional(), rankers: Team.optional() },
    (inputs, expected) => {
      const { lists, k, seed, draws, ...params } = inputs as {
        lists: ItemId[][]
        k: number
        seed?: number
        draws?: number[]
      }
      const fed = new FedRng(draws ?? [])
      const rng = seed === undefined ? fed : mulberry32(seed)
      const draw = configuredInterleaver(id, params).interleave(lists, k, rng)
      fed.finish()
      expect(draw.list).toEqual(expected.list)
      const teams = expected.teams ?? expected.rankers
      if (teams) expect(draw.teams).toEqual(teams)
    },
  )

/** Edge cases name a method or `any`, and give either rankings or a list with its teams. */
const edge = check(
  {
    method: z.string(),
    lists: Lists.optional(),
    shown: List.optional(),
    teams: Team.optional(),
    k: k.optional(),
    lengthPolicy: z.enum(['strict', 'fill']).optional(),
    clicks: Clicks.optional(),
  },
  {
    normalizedLists: Lists.optional(),
    duplicatesRemoved: z.array(z.int()).optional(),
    length: z.int().optional(),
    truncated: z.boolean().optional(),
    list: List.optional(),
    credit: z.array(Exact).optional(),
    outcome: Letter.optional(),
    reason: z.string().optional(),
  },
  ({ method: name, lists, shown, teams, k, lengthPolicy = 'strict', clicks = [] }, expected) => {
    const ids = name === 'any' ? Object.keys(interleavers) : [methodId(name)]
    for (const id of ids as InterleaverId[]) {
      const method = configuredInterleaver(id, { lengthPolicy })
      const rankings = lists ?? rankingsOfTeams(shown!, 2)
      const draw = lists ? method.interleave(lists, k!, mulberry32(1)) : shownDraw(shown!, teams)
      const credit = method.credit(draw, rankings, clickFlags(clicks, draw.list.length))
      if (expected.normalizedLists) expect(rankings.map(distinct)).toEqual(expected.normalizedLists)
      if (expected.duplicatesRemoved) {
        expect(draw.duplicatesRemoved).toEqual(expected.duplicatesRemoved)
      }
      if (expected.length !== undefined) expect(draw.list.length).toBe(expected.length)
      if (expected.truncated !== undefined) expect(draw.truncated).toBe(expected.truncated)
      if (expected.list) expect(draw.list).toEqual(expected.list)
      if (expected.credit) expectEach(credit.credit, expected.credit, id)
      if (expected.outcome) expect(letter(credit.outcome), id).toBe(expected.outcome)
      if (expected.reason) expect(credit.reason, id).toBe(expected.reason)
    }
  },
)

/** Families about lists: their laws, seeded draws, the program of optimized, edge cases. */
export const mergeFamilies: Readonly<Record<string, Check>> = {
  'prng.mulberry32': check({ seed }, { first10: z.array(z.number()) }, ({ seed }, { first10 }) => {
    const rng = mulberry32(seed)
    expect(first10.map(() => rng.u())).toEqual(first10)
  }),

  'balanced.distribution': distributionCheck('balanced'),
  'teamdraft.distribution': distributionCheck('teamDraft', { sharedDocs }),
  'teamdraft.conventions': distributionCheck('teamDraft', { sharedDocs }),
  'tdm.distribution': distributionCheck('teamDraft', { sharedDocs }),
  'probabilistic.distribution': distributionCheck('probabilistic', { tau, sampling }),
  'pm.distribution': distributionCheck('probabilistic', { tau, sampling }),
  'ppm.distribution': distributionCheck('pairwisePreference'),
  'lengthPolicy.fill': (oracle) => {
    const { method, ...inputs } = oracle.inputs
    const id = methodId(z.string().parse(method))
    const extra = {
      lengthPolicy: z.literal('fill'),
      sharedDocs: sharedDocs.optional(),
      tau: tau.optional(),
      sampling: sampling.optional(),
    }
    distributionCheck(id, extra)({ ...oracle, inputs })
  },

  'balanced.fed': seededDraw('balanced', {}, 'draws'),
  'teamdraft.fed': seededDraw('teamDraft', { sharedDocs }, 'draws'),
  'teamdraft.seeded': seededDraw('teamDraft', { sharedDocs }, 'seed'),
  'probabilistic.seeded': seededDraw('probabilistic', { tau, sampling }, 'seed'),
  'ppm.seeded': seededDraw('pairwisePreference', {}, 'seed'),

  'optimized.lp': optimizedProgram,
  'om.lp': optimizedProgram,
  dilution: check(
    { pairs: z.array(z.strictObject({ A: List, B: List })), k },
    {
      impressions: z.array(
        z.strictObject({
          k: z.int(),
          identical: z.boolean(),
          differingSlots: z.int(),
          overlap: z.int(),
        }),
      ),
      competitiveImpressionRate: Exact,
      competitiveSlotRate: Exact,
    },
    ({ pairs, k }, expected) => {
      const impressions = pairs.map(({ A, B }) => impressionDilution(A, B, k))
      expect(impressions).toEqual(expected.impressions)
      const rates = dilution(impressions)
      expectExact(rates.competitiveImpressionRate!, expected.competitiveImpressionRate, 'rate')
      expectExact(rates.competitiveSlotRate!, expected.competitiveSlotRate, 'slots')
    },
  ),
  edge,
}
