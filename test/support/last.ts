/** @throws RangeError for an empty list */
export function last<T>(list: readonly T[]): T {
  if (list.length === 0) throw new RangeError('an empty list has no last entry')
  return list[list.length - 1]!
}
