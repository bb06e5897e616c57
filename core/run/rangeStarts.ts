/** Equal parts of the enrolment at whose beginnings a range can start. */
const parts = 20

/** Users that had left before each start, ascending from 0; fewer where there are few users. */
export function rangeStarts(users: number): readonly number[] {
  const starts = Array.from({ length: parts }, (_, part) => Math.round((part * users) / parts))
  return starts.filter((start, i) => start < users && start !== starts[i - 1])
}

/**
 * The range that is read for one that was brushed: from the nearest start to the same end, or, where
 * the engine looks once, to the nearest end of a part.
 * @param users that a run enrols
 * @returns users that had left before it and by its end; null where nobody is in between
 */
export function snapRange(
  users: number,
  [from, to]: readonly [number, number],
  anytime: boolean,
): readonly [from: number, to: number] | null {
  const starts = rangeStarts(users)
  const end = anytime
    ? Math.max(0, Math.min(users, Math.round(to)))
    : nearest([...starts.slice(1), users], to)
  const before = starts.filter((start) => start < end)
  return before.length === 0 ? null : [nearest(before, from), end]
}

const nearest = (places: readonly number[], wanted: number): number =>
  places.reduce((best, place) =>
    Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best,
  )
