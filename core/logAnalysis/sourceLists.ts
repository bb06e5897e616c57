/**
 * A side's list as far as the shown items tell it: each at its rank, the other places filled with
 * ids of their own, as nobody was shown what stood there.
 *
 * @param items shown, ids ≥ 0; @param ranks 0-based ranks of `items` in the list, −1 = not in it
 * @param filler a negative id; those below it are free
 */
export function sourceList(
  items: ArrayLike<number>,
  ranks: ArrayLike<number>,
  length: number,
  filler: number,
): number[] {
  let end = length
  for (let slot = 0; slot < ranks.length; slot++) end = Math.max(end, ranks[slot]! + 1)
  const list = Array.from({ length: end }, (_, rank) => filler - rank)
  for (let slot = 0; slot < ranks.length; slot++) {
    if (ranks[slot]! >= 0) list[ranks[slot]!] = items[slot]!
  }
  return list
}
