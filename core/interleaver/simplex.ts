/** min costs[0]·x, and among its optima min costs[1]·x …, subject to rows·x = rhs, x ≥ 0. */
export interface LinearProgram {
  /** At least one; length of each: number of variables. */
  readonly costs: readonly ArrayLike<number>[]
  /** One row of coefficients per equation. */
  readonly rows: readonly ArrayLike<number>[]
  readonly rhs: readonly number[]
}

export type LinearSolution =
  /** `objectives`: the optimum of each cost. */
  | { readonly kind: 'optimal'; readonly x: Float64Array; readonly objectives: readonly number[] }
  | { readonly kind: 'infeasible' }
  | { readonly kind: 'unbounded' }

const EPSILON = 1e-9
/** Smaller values on a right-hand side are rounding. */
const ROUNDING = 1e-12
/** Where, from its end, a line of the tableau has its two right-hand sides. */
const TRUE = -2
const MOVED = -1

/**
 * Dense two-phase simplex for the small programs of optimized interleaving (some hundred variables,
 * some dozen equations, almost all right-hand sides 0). On such a program every corner is the
 * meeting of many bases, among which the rule of the steepest column goes round in circles, and
 * with rounding Bland's rule does as well. So every bound x_j ≥ 0 is thought of as moved down by
 * an infinitely small amount, another one for each: of the rows that bound a step alike that tells
 * the first, and a program that is feasible stays so.
 *
 * Charnes, "Optimality and degeneracy in linear programming", Econometrica 20(2), 1952.
 *
 * @throws RangeError when it does not end, which no program is known to bring about
 */
export function solveLinearProgram({ costs, rows, rhs }: LinearProgram): LinearSolution {
  const variables = costs[0]!.length
  const slack = slackColumns(rows, rhs, variables)
  // equations without a slack variable start with an artificial one
  const artificials = [...rows.keys()].filter((row) => slack[row] === undefined)
  const columns = variables + artificials.length
  const basis = rows.map((_, row) => slack[row] ?? variables + artificials.indexOf(row))
  const shifts = Float64Array.from({ length: variables }, (_, j) => 1 + golden(j))
  // a slack variable is moved further than the rest of its equation, so that it can begin it
  for (const [i, row] of rows.entries()) {
    if (slack[i] !== undefined)
      shifts[slack[i]]! += dot(Array.from(row, Math.abs), shifts) / Math.abs(row[slack[i]]!)
  }
  const tableau = rows.map((row, i) => {
    const moved = dot(row, shifts)
    const scale = 1 / (slack[i] === undefined ? signOf(rhs[i]! || moved) : row[slack[i]]!)
    const line = new Float64Array(columns + 2)
    for (let j = 0; j < variables; j++) line[j] = scale * row[j]!
    line[basis[i]!] = 1
    line[columns] = scale * rhs[i]!
    line[columns + 1] = scale * moved
    return line
  })

  const phaseOne = new Float64Array(columns).fill(1, variables)
  const reduced = reducedCosts(tableau, basis, phaseOne)
  minimise(tableau, basis, reduced, indices(columns))
  const scale = Math.max(1, ...rhs.map(Math.abs))
  if (-reduced.at(TRUE)! > EPSILON * scale) return { kind: 'infeasible' }
  dropArtificials(tableau, basis, variables)

  let enterable = indices(variables)
  for (const cost of costs) {
    const costOf = new Float64Array(columns)
    costOf.set(Array.from(cost))
    const reducedCost = reducedCosts(tableau, basis, costOf)
    if (!minimise(tableau, basis, reducedCost, enterable)) return { kind: 'unbounded' }
    // what would raise this cost stays out: the next one is minimised on the face of its optima
    enterable = enterable.filter((column) => reducedCost[column]! <= EPSILON)
  }

  const x = new Float64Array(variables)
  for (const [i, variable] of basis.entries()) {
    x[variable] = Math.max(0, tableau[i]!.at(TRUE)!)
  }
  return { kind: 'optimal', x, objectives: costs.map((cost) => dot(cost, x)) }
}

/** The fractional parts of multiples of the golden ratio: evenly spread, all different. */
function golden(j: number): number {
  return ((j + 1) * 0.6180339887498949) % 1
}

function signOf(value: number): 1 | -1 {
  return value < 0 ? -1 : 1
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i)
}

function dot(cost: ArrayLike<number>, x: Float64Array): number {
  return x.reduce((total, value, j) => total + cost[j]! * value, 0)
}

/** Per equation a variable that occurs in no other one and can carry the right-hand side alone. */
function slackColumns(
  rows: readonly ArrayLike<number>[],
  rhs: readonly number[],
  variables: number,
): (number | undefined)[] {
  const slack: (number | undefined)[] = rows.map(() => undefined)
  for (let column = 0; column < variables; column++) {
    const users = [...rows.keys()].filter((row) => rows[row]![column] !== 0)
    const row = users[0]
    if (users.length === 1 && row !== undefined && rhs[row]! / rows[row]![column]! >= 0) {
      slack[row] ??= column
    }
  }
  return slack
}

/** Cost row with the basic columns eliminated; behind its columns minus the objectives. */
function reducedCosts(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  cost: Float64Array,
): Float64Array {
  const reduced = new Float64Array(cost.length + 2)
  reduced.set(cost)
  for (const [i, line] of tableau.entries()) subtract(reduced, line, cost[basis[i]!]!)
  return reduced
}

/** Pivots until no enterable column improves; false when the minimum is unbounded. */
function minimise(
  tableau: readonly Float64Array[],
  basis: number[],
  reduced: Float64Array,
  enterable: readonly number[],
): boolean {
  for (let left = 100 * reduced.length; left > 0; left--) {
    const entering = steepestColumn(reduced, enterable)
    if (entering < 0) return true
    const leaving = leavingRow(tableau, entering)
    if (leaving < 0) return false
    pivot(tableau, basis, leaving, entering)
    subtract(reduced, tableau[leaving]!, reduced[entering]!)
  }
  throw new RangeError('the linear program has no end: its numbers are too far apart in size')
}

/** -1 when no column improves. */
function steepestColumn(reduced: Float64Array, enterable: readonly number[]): number {
  let entering = -1
  let steepest = -EPSILON
  for (const j of enterable) {
    if (reduced[j]! >= steepest) continue
    entering = j
    steepest = reduced[j]!
  }
  return entering
}

/** The row that bounds the step first, true and then moved; -1 when none does. */
function leavingRow(tableau: readonly Float64Array[], entering: number): number {
  let leaving = -1
  let step = Infinity
  let moved = Infinity
  for (const [i, line] of tableau.entries()) {
    const size = line[entering]!
    if (size <= EPSILON) continue
    const ratio = Math.max(0, line.at(TRUE)!) / size
    const isTied = Math.abs(ratio - step) <= ROUNDING
    if (isTied ? line.at(MOVED)! / size < moved : ratio < step) {
      leaving = i
      step = ratio
      moved = line.at(MOVED)! / size
    }
  }
  return leaving
}

function pivot(
  tableau: readonly Float64Array[],
  basis: number[],
  row: number,
  column: number,
): void {
  const line = tableau[row]!
  const scale = line[column]!
  for (let j = 0; j < line.length; j++) line[j]! /= scale
  for (const [i, other] of tableau.entries()) {
    if (i === row) continue
    subtract(other, line, other[column]!)
    if (Math.abs(other.at(TRUE)!) < ROUNDING) other[other.length + TRUE] = 0
  }
  basis[row] = column
}

function subtract(target: Float64Array, line: Float64Array, factor: number): void {
  if (factor === 0) return
  for (let j = 0; j < target.length; j++) target[j]! -= factor * line[j]!
}

/** Artificial variables left at 0 leave the basis; a row without other columns is redundant. */
function dropArtificials(tableau: Float64Array[], basis: number[], variables: number): void {
  for (let i = tableau.length - 1; i >= 0; i--) {
    if (basis[i]! < variables) continue
    const column = tableau[i]!.findIndex((value, j) => j < variables && Math.abs(value) > 1e-9)
    if (column >= 0) {
      pivot(tableau, basis, i, column)
    } else {
      tableau.splice(i, 1)
      basis.splice(i, 1)
    }
  }
}
