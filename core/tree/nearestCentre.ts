import type { ItemVectors } from '#core/itemSpace/itemVectors'

export interface Centres {
  readonly count: number
  readonly width: number
  readonly values: Float64Array // [count × width]
}

/**
 * The centre nearest to an item by Euclidean distance, ties to the lower number.
 * @param room centres without room are passed over; null asks for none
 * @returns the squared distance; centre −1 if none has room
 */
export function nearestCentre(
  item: number,
  { width, values }: ItemVectors,
  centres: Centres,
  room: Int32Array | null,
): { readonly centre: number; readonly distance: number } {
  let centre = -1
  let distance = Infinity
  const at = item * width
  for (let k = 0; k < centres.count; k++) {
    if (room && room[k]! <= 0) continue
    let square = 0
    const to = k * width
    for (let f = 0; f < width && square < distance; f++) {
      const gap = values[at + f]! - centres.values[to + f]!
      square += gap * gap
    }
    if (square < distance) {
      distance = square
      centre = k
    }
  }
  return { centre, distance }
}
