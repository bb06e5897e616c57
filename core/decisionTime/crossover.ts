/** From which number of items on one way decides faster than another, up to the largest measured. */
export type Crossover =
  | { readonly kind: 'always' }
  | { readonly kind: 'from'; readonly items: number }
  | { readonly kind: 'never' }

/**
 * Where two curves cross for the last time, straight between the sizes in log-log.
 * @param own times by size, null where it was not measured; @param other the same of the other way
 */
export function crossover(
  sizes: readonly number[],
  own: readonly (number | null)[],
  other: readonly (number | null)[],
): Crossover {
  const gaps = sizes.flatMap((size, i) => {
    const [a, b] = [own[i] ?? null, other[i] ?? null]
    return a === null || b === null ? [] : [{ size, gap: Math.log(a) - Math.log(b) }]
  })
  const slower = gaps.findLastIndex(({ gap }) => gap >= 0)
  if (slower < 0) return { kind: gaps.length > 0 ? 'always' : 'never' }
  const [before, after] = [gaps[slower]!, gaps[slower + 1]]
  if (!after) return { kind: 'never' }
  const share = before.gap / (before.gap - after.gap)
  const items = Math.exp(
    Math.log(before.size) + share * (Math.log(after.size) - Math.log(before.size)),
  )
  return { kind: 'from', items }
}
