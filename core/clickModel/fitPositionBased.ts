/** Shown slots of a log in columns: one entry per slot of every impression. */
export interface ClickLog {
  /** Dense item ids from 0. */
  readonly item: ArrayLike<number>
  /** 0-based rank of the slot. */
  readonly rank: ArrayLike<number>
  readonly clicked: ArrayLike<boolean | number>
}

export interface PositionBasedFit {
  /** Examination per rank, the largest scaled to 1; null for ranks that were never shown. */
  readonly theta: readonly (number | null)[]
  /** Attraction per item on the same scale; null for items that were never shown. */
  readonly attraction: readonly (number | null)[]
  readonly iterations: number
  readonly converged: boolean
  /** Natural log of the likelihood of the log, after the last iteration. */
  readonly logLikelihood: number
}

export interface FitOptions {
  readonly maxIterations?: number
  /** Stop when the log-likelihood per slot grows by less; default 1e-10. */
  readonly tolerance?: number
}

/** Shown and clicked slots of one (rank, item). */
interface Cell {
  readonly rank: number
  readonly item: number
  shown: number
  clicks: number
}

/**
 * Maximum-likelihood position-based model of a log by expectation–maximisation.
 *
 * Only the products θ_r·a_d are identified: the largest θ is set to 1, which leaves every
 * probability in [0, 1]. Ranks compare through items that were shown at both, so a log where each
 * item has its own rank identifies nothing more than click rates.
 * Chuklin, Markov & de Rijke, Click Models for Web Search, 2015, section 4.3.
 * @throws RangeError for an empty log, or a rank or id that is not a non-negative integer
 */
export function fitPositionBased(
  log: ClickLog,
  { maxIterations = 500, tolerance = 1e-10 }: FitOptions = {},
): PositionBasedFit {
  const { cells, ranks, items, slots } = aggregate(log)
  const theta = new Float64Array(ranks).fill(0.5)
  const attraction = new Float64Array(items).fill(0.5)
  let logLikelihood = logLikelihoodOf(cells, theta, attraction)
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    expectationMaximisation(cells, theta, attraction)
    const next = logLikelihoodOf(cells, theta, attraction)
    converged = next - logLikelihood < tolerance * slots
    logLikelihood = next
    iterations++
  }
  const shownRanks = new Set(cells.map((cell) => cell.rank))
  const scale = Math.max(...theta.filter((_, rank) => shownRanks.has(rank))) || 1 // 0: no click
  const shownItems = new Set(cells.map((cell) => cell.item))
  return {
    theta: Array.from(theta, (value, rank) => (shownRanks.has(rank) ? value / scale : null)),
    attraction: Array.from(attraction, (a, item) => (shownItems.has(item) ? a * scale : null)),
    iterations,
    converged,
    logLikelihood,
  }
}

function aggregate({ item, rank, clicked }: ClickLog) {
  if (item.length === 0) throw new RangeError('the log has no slots')
  const byKey = new Map<string, Cell>()
  let ranks = 0
  let items = 0
  for (let i = 0; i < item.length; i++) {
    const [d, r] = [item[i]!, rank[i]!]
    for (const value of [d, r]) {
      if (!Number.isSafeInteger(value) || value < 0) {
        throw new RangeError(`slot ${i} has item ${d} at rank ${r}: integers from 0 are needed`)
      }
    }
    const key = `${r}/${d}`
    let cell = byKey.get(key)
    if (!cell) byKey.set(key, (cell = { rank: r, item: d, shown: 0, clicks: 0 }))
    cell.shown++
    if (clicked[i]) cell.clicks++
    ranks = Math.max(ranks, r + 1)
    items = Math.max(items, d + 1)
  }
  return { cells: [...byKey.values()], ranks, items, slots: item.length }
}

/** One step in place: unclicked slots are split into not looked at and looked at but not attractive. */
function expectationMaximisation(
  cells: readonly Cell[],
  theta: Float64Array,
  attraction: Float64Array,
): void {
  const looked = new Float64Array(theta.length)
  const attracted = new Float64Array(attraction.length)
  const shownAtRank = new Float64Array(theta.length)
  const shownOfItem = new Float64Array(attraction.length)
  for (const { rank, item, shown, clicks } of cells) {
    const [t, a] = [theta[rank]!, attraction[item]!]
    const unclicked = shown - clicks
    const miss = 1 - t * a || 1 // at 1 both shares below are 0
    looked[rank]! += clicks + (unclicked > 0 ? (unclicked * t * (1 - a)) / miss : 0)
    attracted[item]! += clicks + (unclicked > 0 ? (unclicked * a * (1 - t)) / miss : 0)
    shownAtRank[rank]! += shown
    shownOfItem[item]! += shown
  }
  for (const [rank, shown] of shownAtRank.entries()) {
    if (shown > 0) theta[rank] = looked[rank]! / shown
  }
  for (const [item, shown] of shownOfItem.entries()) {
    if (shown > 0) attraction[item] = attracted[item]! / shown
  }
}

function logLikelihoodOf(
  cells: readonly Cell[],
  theta: Float64Array,
  attraction: Float64Array,
): number {
  let sum = 0
  for (const { rank, item, shown, clicks } of cells) {
    const p = theta[rank]! * attraction[item]!
    if (clicks > 0) sum += clicks * Math.log(p)
    if (clicks < shown) sum += (shown - clicks) * Math.log1p(-p)
  }
  return sum
}
