import { z } from 'zod'
import type { Id, Interleaver, Ranking } from './interleaver.ts'
import { chanceOf, type Chance } from '#core/random/chance'
import { solveLinearProgram } from './simplex.ts'
import { distinct, LengthParams, lawOf, prepare, rankMap, toDraw } from './prepare.ts'
import { settle } from './settle.ts'

const OptimizedParams = z.object({
  credit: z
    .enum(['inverse', 'negative'])
    .default('inverse')
    .describe(
      'credit of a click on an item that a ranker puts at rank r: inverse = 1/r, negative = -r; r is one behind the end where it is absent (Radlinski & Craswell, WSDM 2013)',
    ),
  maxLists: z
    .int()
    .min(2)
    .max(4096)
    .default(512)
    .describe(
      'above this many possible lists a random sample of them is used (choice of this project)',
    ),
  ...LengthParams.shape,
})
type OptimizedParams = z.infer<typeof OptimizedParams>

/**
 * Shows lists with the probabilities that make the expected credits of random clicks equal for all
 * rankers at every depth, and among those the ones that tell the rankers apart least noisily.
 */
export const optimized: Interleaver<OptimizedParams> = {
  paper: 'Radlinski & Craswell, WSDM 2013; for more than two rankers Schuth et al., CIKM 2014',
  params: OptimizedParams,
  maxRankers: null,
  unbiased: true,
  measure: 'vote',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy)
    const chance = chanceOf(rng)
    if (prepared.length === 0) return toDraw(prepared, { list: [], teams: null })
    const plan = planFor(prepared.lists, prepared.length, params, chance)
    const list = plan.lists[chance.weighted(plan.p)]!
    const draw = toDraw(prepared, { list, teams: null })
    return plan.minTotalBias > 0 ? { ...draw, minTotalBias: plan.minTotalBias } : draw
  },
  credit(draw, rankings, clicked, params) {
    // with credit 'inverse' a difference of credits is at most 1 + 1/2 + … + 1/K
    const bound = sum(draw.list.map((_, slot) => 1 / (slot + 1)))
    return settle(draw, rankings, clicked, params.creditTail, (slots) => ({
      credit: rankings.map((ranking) => {
        const creditOf = creditByItem(distinct(ranking), draw.list.length, params.credit)
        return sum(slots.map((slot) => creditOf(draw.list[slot]!)))
      }),
      voteValue: (_, delta) => (params.credit === 'inverse' ? 0.5 + delta / (2 * bound) : null),
    }))
  },
  distribution(rankings, length, params) {
    const { lists, length: served } = prepare(rankings, length, params.lengthPolicy)
    if (served === 0) return [{ list: [], teams: null, p: 1 }]
    const plan = planFor(lists, served, params, null)
    return lawOf((chance) => ({ list: plan.lists[chance.weighted(plan.p)]!, teams: null }))
  },
}

/** The lists that may be shown and how often. */
export interface OptimizedPlan {
  readonly lists: readonly (readonly Id[])[]
  readonly p: readonly number[]
  /** Σ_x (s_x - s̄)² per list, s_x = Σ_j credit_x(item j)/j: how far the list is from even. */
  readonly objectiveCoefficient: readonly number[]
  /** Σ p·objectiveCoefficient. */
  readonly objective: number
  /** 0 when the constraints can be met; else Σ over depths of the largest expected difference. */
  readonly minTotalBias: number
}

/**
 * The plan behind `interleave`, the same for every impression of the same rankings.
 *
 * @throws RangeError when more than `maxLists` lists are possible: a sample has no exact law
 */
export function optimizedPlan(
  rankings: readonly Ranking[],
  length: number,
  params: OptimizedParams,
): OptimizedPlan {
  const prepared = prepare(rankings, length, params.lengthPolicy)
  return planFor(prepared.lists, prepared.length, params, null)
}

function planFor(
  lists: readonly (readonly Id[])[],
  length: number,
  { credit, maxLists }: Pick<OptimizedParams, 'credit' | 'maxLists'>,
  chance: Chance | null,
): OptimizedPlan {
  const allowed = allowedLists(lists, length, maxLists, chance)
  const creditOf = lists.map((list) => creditByItem(list, length, credit))
  const depthCredit = allowed.map((list) => creditOf.map((of) => cumulated(list.map(of))))
  const objectiveCoefficient = allowed.map((list) => {
    const scores = creditOf.map((of) => sum(list.map((item, slot) => of(item) / (slot + 1))))
    const mean = sum(scores) / scores.length
    return sum(scores.map((score) => (score - mean) ** 2))
  })
  const { p, minTotalBias } = balance({ depthCredit, objectiveCoefficient, length })
  return {
    lists: allowed,
    p,
    objectiveCoefficient,
    objective: sum(p.map((q, i) => q * objectiveCoefficient[i]!)),
    minTotalBias,
  }
}

/** What the program needs to know of each allowed list. */
interface Columns {
  /** `depthCredit[list][ranker][m]`: credit of one click on each of the first m + 1 slots. */
  readonly depthCredit: readonly (readonly (readonly number[])[])[]
  readonly objectiveCoefficient: readonly number[]
  readonly length: number
}

interface Balance {
  readonly p: readonly number[]
  readonly minTotalBias: number
}

/**
 * The optimum may be a face of which the simplex finds a corner. For two rankers the corners found
 * from both sides are averaged, so that swapping the rankers changes nothing.
 */
function balance(columns: Columns): Balance {
  const one = solve(columns)
  if (columns.depthCredit[0]!.length !== 2) return one
  const swapped = solve({
    depthCredit: columns.depthCredit.toReversed().map((rankers) => rankers.toReversed()),
    objectiveCoefficient: columns.objectiveCoefficient.toReversed(),
    length: columns.length,
  })
  const other = swapped.p.toReversed()
  return { ...one, p: one.p.map((q, i) => (q + other[i]!) / 2) }
}

function solve(columns: Columns): Balance {
  const { depthCredit, objectiveCoefficient, length } = columns
  const rows: number[][] = [depthCredit.map(() => 1)]
  for (let ranker = 0; ranker + 1 < depthCredit[0]!.length; ranker++) {
    for (let m = 0; m < length; m++) rows.push(differences(columns, ranker, ranker + 1, m))
  }
  const rhs = rows.map((_, i) => (i === 0 ? 1 : 0))
  const exact = solveLinearProgram({ costs: [objectiveCoefficient], rows, rhs })
  if (exact.kind === 'optimal') return { p: asLaw(exact.x), minTotalBias: 0 }
  return leastBiased(columns)
}

/**
 * No law is unbiased: the smallest Σ_m λ_m with |expected credit difference of any pair of rankers
 * at depth m| ≤ λ_m, and among those laws the smallest objective. With d_x the expected credit of
 * ranker x less that of the first, such a λ_m is above_m + below_m with -below_m ≤ d_x ≤ above_m.
 */
function leastBiased(columns: Columns): Balance {
  const { depthCredit, objectiveCoefficient, length } = columns
  const others = depthCredit[0]!.length - 1
  const lists = depthCredit.length
  // variables: p per list, above and below per depth, two slacks per other ranker and depth
  const variables = lists + 2 * length + 2 * others * length
  const total = new Array<number>(variables).fill(0).fill(1, lists, lists + 2 * length)
  const rows = [new Array<number>(variables).fill(0).fill(1, 0, lists)]
  for (let m = 0; m < length; m++) {
    for (let x = 1; x <= others; x++) {
      const difference = differences(columns, x, 0, m)
      const slack = lists + 2 * length + 2 * (m * others + x - 1)
      for (const [side, sign] of [1, -1].entries()) {
        const row = new Array<number>(variables).fill(0)
        for (const [j, value] of difference.entries()) row[j] = sign * value
        row[lists + 2 * m + side] = -1
        row[slack + side] = 1
        rows.push(row)
      }
    }
  }
  const rhs = rows.map((_, i) => (i === 0 ? 1 : 0))
  const objective = Array.from({ length: variables }, (_, j) => objectiveCoefficient[j] ?? 0)
  const solution = solveLinearProgram({ costs: [total, objective], rows, rhs })
  // any law is feasible when λ is large enough
  if (solution.kind !== 'optimal') throw new RangeError(`the linear program is ${solution.kind}`)
  return { p: asLaw(solution.x.subarray(0, lists)), minTotalBias: solution.objectives[0]! }
}

function differences({ depthCredit }: Columns, x: number, y: number, m: number): number[] {
  return depthCredit.map((rankers) => rankers[x]![m]! - rankers[y]![m]!)
}

/** Rounding must not make an impossible list possible. */
function asLaw(x: Float64Array): number[] {
  const kept = Array.from(x, (p) => (p < 1e-12 ? 0 : p))
  const total = sum(kept)
  return kept.map((p) => p / total)
}

/**
 * An item that a ranker does not have counts as one rank behind its end. Where its ranking is
 * shorter than the list (`fill`) the end of the list takes that place: otherwise a ranker with few
 * items would earn more by absent ones than others by theirs.
 */
function creditByItem(
  list: readonly Id[],
  length: number,
  credit: OptimizedParams['credit'],
): (item: Id) => number {
  const ranks = rankMap(list)
  const absent = Math.max(list.length, length)
  return (item) => {
    const rank = (ranks.get(item) ?? absent) + 1
    return credit === 'inverse' ? 1 / rank : -rank
  }
}

function cumulated(values: readonly number[]): number[] {
  let total = 0
  return values.map((value) => (total += value))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/**
 * All lists whose every next item is the best unused one of some ranker, depth first, rankers
 * ascending; a random sample when there are more than `maxLists`.
 */
function allowedLists(
  lists: readonly (readonly Id[])[],
  length: number,
  maxLists: number,
  chance: Chance | null,
): readonly (readonly Id[])[] {
  const found: Id[][] = []
  const grow = (prefix: readonly Id[]): void => {
    if (found.length > maxLists) return
    if (prefix.length === length) found.push([...prefix])
    else for (const item of offers(lists, prefix)) grow([...prefix, item])
  }
  grow([])
  if (found.length <= maxLists) return found
  if (!chance) throw new RangeError(`more than ${maxLists} lists are possible: no exact law`)
  const sampled = new Map<string, Id[]>()
  // bounded: fewer distinct lists than asked for may turn up
  for (let tries = 0; tries < 20 * maxLists && sampled.size < maxLists; tries++) {
    const list: Id[] = []
    while (list.length < length) {
      const items = offers(lists, list)
      list.push(items[chance.int(items.length)]!)
    }
    sampled.set(JSON.stringify(list), list)
  }
  return [...sampled.values()]
}

/** The distinct best unused items of the rankers, ascending by ranker. */
function offers(lists: readonly (readonly Id[])[], prefix: readonly Id[]): Id[] {
  const items = new Set<Id>()
  for (const list of lists) {
    const best = list.find((item) => !prefix.includes(item))
    if (best !== undefined) items.add(best)
  }
  return [...items]
}
