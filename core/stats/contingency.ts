import { chiSquareTail } from './special.ts'

export interface ChiSquareTest {
  readonly chi2: number | null
  readonly df: number | null
  readonly p: number | null
}

export interface ContingencyTest extends ChiSquareTest {
  /** (O − E)/√(E(1 − row share)(1 − column share)); 0 in empty rows and columns. */
  readonly residuals: readonly (readonly number[])[]
}

/**
 * χ² test of independence without continuity correction. Rows and columns without a count are left
 * out; null when fewer than two of either remain.
 *
 * Source: Agresti, "Categorical data analysis", 3rd ed., 2013, §3.2–3.3 (standardised residuals).
 * @param table counts, row by row, equally long
 */
export function contingencyTest(table: readonly (readonly number[])[]): ContingencyTest {
  const width = table[0]?.length ?? 0
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = Array.from({ length: width }, (_, j) => table.reduce((a, row) => a + row[j]!, 0))
  const total = rows.reduce((a, b) => a + b, 0)
  const expected = (i: number, j: number): number => (rows[i]! * columns[j]!) / total
  const residuals = table.map((row, i) =>
    row.map((observed, j) => {
      const spread = expected(i, j) * (1 - rows[i]! / total) * (1 - columns[j]! / total)
      return spread > 0 ? (observed - expected(i, j)) / Math.sqrt(spread) : 0
    }),
  )
  const df = (rows.filter((n) => n > 0).length - 1) * (columns.filter((n) => n > 0).length - 1)
  if (total === 0 || df < 1) return { chi2: null, df: null, p: null, residuals }
  let chi2 = 0
  table.forEach((row, i) => {
    row.forEach((observed, j) => {
      if (expected(i, j) > 0) chi2 += (observed - expected(i, j)) ** 2 / expected(i, j)
    })
  })
  return { chi2, df, p: chiSquareTail(chi2, df), residuals }
}
