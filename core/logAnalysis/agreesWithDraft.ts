/**
 * Whether two rankings give this list with these teams by plain team draft, where whoever draws an
 * item owns it: `draftTeams` for the common case, without allocation.
 */
export function agreesWithDraft(
  items: readonly number[],
  teams: readonly number[],
  a: readonly number[],
  b: readonly number[],
): boolean {
  let nextA = 0
  let nextB = 0
  let lead = 0 // picks of a minus picks of b: -1, 0 or 1
  for (let slot = 0; slot < items.length; slot++) {
    while (nextA < a.length && isAbove(items, slot, a[nextA]!)) nextA++
    while (nextB < b.length && isAbove(items, slot, b[nextB]!)) nextB++
    if (nextA >= a.length || nextB >= b.length) return false
    const team = teams[slot]
    if (team === 0 ? lead > 0 || a[nextA] !== items[slot] : team !== 1) return false
    if (team === 1 && (lead < 0 || b[nextB] !== items[slot])) return false
    lead += team === 0 ? 1 : -1
  }
  return true
}

function isAbove(items: readonly number[], slot: number, item: number): boolean {
  for (let i = 0; i < slot; i++) if (items[i] === item) return true
  return false
}
