import { studentInverse } from './special.ts'

export interface SeedInterval {
  readonly mean: number
  readonly half: number // mean ± half is the interval
}

/** Mean over seeds with its 95 % t interval. @throws RangeError for fewer than two values */
export function seedInterval(values: readonly number[]): SeedInterval {
  const n = values.length
  if (n < 2) throw new RangeError(`an interval over seeds needs at least 2 of them, not ${n}`)
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1)
  return { mean, half: studentInverse(0.975, n - 1) * Math.sqrt(variance / n) }
}
