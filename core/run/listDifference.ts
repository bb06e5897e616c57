/** Mean share of list 0 that the others hold too; 1 for empty lists. */
export function meanOverlap(lists: readonly Int32Array[], length: number): number {
  if (length === 0) return 1
  const [first] = lists
  let common = 0
  for (let side = 1; side < lists.length; side++) {
    for (let r = 0; r < length; r++) if (lists[side]!.includes(first![r]!)) common++
  }
  return common / length / (lists.length - 1)
}

/** Ranks at which not all lists hold the same item. */
export function differentRanks(lists: readonly Int32Array[], length: number): number {
  const [first] = lists
  let different = 0
  for (let r = 0; r < length; r++) {
    for (let side = 1; side < lists.length; side++) {
      if (lists[side]![r] === first![r]) continue
      different++
      break
    }
  }
  return different
}
