/** min cost·x subject to rows·x = rhs, x ≥ 0. */
export interface LinearProgram {
  /** Length: number of variables. */
  readonly cost: ArrayLike<number>
  /** One row of coefficients per equation. */
  readonly rows: readonly ArrayLike<number>[]
  readonly rhs: readonly number[]
}

export type LinearSolution =
  | { readonly kind: 'optimal'; readonly x: Float64Array; readonly objective: number }
  | { readonly kind: 'infeasible' }
  | { readonly kind: 'unbounded' }

const EPSILON = 1e-9

/**
 * Dense two-phase simplex for the small, degenerate programs of optimized interleaving (some
 * hundred variables, some dozen equations). The steepest column enters, which is fast and keeps
 * pivots large; while the objective stalls, Bland's rule takes over, so that it can not cycle.
 *
 * Bland, "New finite pivoting rules for the simplex method", Math. Oper. Res. 2(2), 1977.
 */
export function solveLinearProgram({ cost, rows, rhs }: LinearProgram): LinearSolution {
  const variables = cost.length
  const signs = rhs.map((value) => (value < 0 ? -1 : 1))
  const slack = slackColumns(rows, signs, variables)
  // equations without a slack variable start with an artificial one
  const artificials = [...rows.keys()].filter((row) => slack[row] === undefined)
  const columns = variables + artificials.length
  const basis = rows.map((_, row) => slack[row] ?? variables + artificials.indexOf(row))
  const tableau = rows.map((row, i) => {
    const line = new Float64Array(columns + 1)
    const scale = signs[i]! / (slack[i] === undefined ? 1 : Math.abs(row[slack[i]]!))
    for (let j = 0; j < variables; j++) line[j] = scale * row[j]!
    line[basis[i]!] = 1
    line[columns] = scale * rhs[i]!
    return line
  })

  const phaseOne = new Float64Array(columns).fill(1, variables)
  const reduced = reducedCosts(tableau, basis, phaseOne)
  minimise(tableau, basis, reduced, columns)
  const scale = Math.max(1, ...rhs.map(Math.abs))
  if (-reduced[columns]! > EPSILON * scale) return { kind: 'infeasible' }
  dropArtificials(tableau, basis, variables)

  const phaseTwo = new Float64Array(columns)
  phaseTwo.set(Array.from(cost))
  const costs = reducedCosts(tableau, basis, phaseTwo)
  if (!minimise(tableau, basis, costs, variables)) return { kind: 'unbounded' }

  const x = new Float64Array(variables)
  for (const [i, variable] of basis.entries()) x[variable] = Math.max(0, tableau[i]![columns]!)
  let objective = 0
  for (let j = 0; j < variables; j++) objective += cost[j]! * x[j]!
  return { kind: 'optimal', x, objective }
}

/** Per equation a variable that occurs in no other one and can carry the right-hand side alone. */
function slackColumns(
  rows: readonly ArrayLike<number>[],
  signs: readonly number[],
  variables: number,
): (number | undefined)[] {
  const slack: (number | undefined)[] = rows.map(() => undefined)
  for (let column = 0; column < variables; column++) {
    const users = [...rows.keys()].filter((row) => rows[row]![column] !== 0)
    const row = users[0]
    if (users.length === 1 && row !== undefined && rows[row]![column]! * signs[row]! > 0) {
      slack[row] ??= column
    }
  }
  return slack
}

/** Cost row with the basic columns eliminated; its last entry is minus the objective. */
function reducedCosts(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  cost: Float64Array,
): Float64Array {
  const reduced = new Float64Array(cost.length + 1)
  reduced.set(cost)
  for (const [i, line] of tableau.entries()) subtract(reduced, line, cost[basis[i]!]!)
  return reduced
}

/** Pivots until no column of the first `enterable` improves; false when the minimum is unbounded. */
function minimise(
  tableau: readonly Float64Array[],
  basis: number[],
  reduced: Float64Array,
  enterable: number,
): boolean {
  const rhs = reduced.length - 1
  let stalled = 0
  for (;;) {
    const bland = stalled > tableau.length
    const entering = enteringColumn(reduced, enterable, bland)
    if (entering < 0) return true
    const leaving = leavingRow(tableau, basis, entering, bland)
    if (leaving < 0) return false
    const before = reduced[rhs]!
    pivot(tableau, basis, leaving, entering)
    subtract(reduced, tableau[leaving]!, reduced[entering]!)
    stalled = Math.abs(reduced[rhs]! - before) > EPSILON ? 0 : stalled + 1
  }
}

/** The steepest improving column, or by Bland's rule the first; -1 when none improves. */
function enteringColumn(reduced: Float64Array, enterable: number, bland: boolean): number {
  let entering = -1
  let steepest = -EPSILON
  for (let j = 0; j < enterable; j++) {
    if (reduced[j]! >= steepest) continue
    entering = j
    if (bland) break
    steepest = reduced[j]!
  }
  return entering
}

/** Of the rows that bound the step first, the largest pivot, or by Bland's rule the first variable. */
function leavingRow(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  entering: number,
  bland: boolean,
): number {
  let leaving = -1
  let step = Infinity
  for (const [i, line] of tableau.entries()) {
    const size = line[entering]!
    if (size <= EPSILON) continue
    const ratio = Math.max(0, line.at(-1)!) / size // rounding may leave a tiny negative value
    const tied = leaving >= 0 && Math.abs(ratio - step) <= 1e-12
    const preferred =
      tied && (bland ? basis[i]! < basis[leaving]! : size > tableau[leaving]![entering]!)
    if (tied ? preferred : ratio < step) {
      leaving = i
      step = ratio
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
    if (i !== row) subtract(other, line, other[column]!)
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
