/** Decimals kept before ranking: .03 and .030000000000000027 are one value, not two. */
const decimals = 1e10

/** The value as it is ranked. */
export const rounded = (x: number): number => Math.round(x * decimals) / decimals

/** Mid-ranks from 1, with the sizes of the groups of equal values. */
export function midRanks(values: readonly number[]): {
  readonly ranks: readonly number[]
  readonly ties: readonly number[]
} {
  const keys = values.map(rounded)
  const order = keys.map((_, i) => i).sort((i, j) => keys[i]! - keys[j]!)
  const ranks = new Array<number>(keys.length).fill(0)
  const ties: number[] = []
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && keys[order[end]!] === keys[order[start]!]) end++
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2
    ties.push(end - start)
    start = end
  }
  return { ranks, ties }
}
