/** The inputs of a case as the file holds them. */
export type Inputs = ReturnType<typeof JSON.parse>

/** What the project makes of a case: an object with the keys of the file's `expected`. */
export type Family = (inputs: Inputs, expected: Inputs) => unknown

/** An interval as the file writes it. */
export const pair = (interval: { low: number; high: number } | null): [number, number] | null =>
  interval && [interval.low, interval.high]
