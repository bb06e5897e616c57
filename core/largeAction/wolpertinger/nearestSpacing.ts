import type { ItemVectors } from '#core/itemSpace/itemVectors'

/** Items whose nearest neighbour is looked up: as many give the median well enough. */
const mostProbes = 500

/** Median distance from an item to its nearest other one; 0 for a single item. */
export function nearestSpacing({ items, width, values }: ItemVectors): number {
  if (items < 2) return 0
  const probes = Math.min(items, mostProbes)
  const gaps = Array.from({ length: probes }, (_, i) => {
    const own = Math.floor((i * items) / probes)
    let nearest = Infinity
    for (let j = 0; j < items; j++) {
      if (j === own) continue
      let square = 0
      for (let f = 0; f < width; f++) {
        square += (values[own * width + f]! - values[j * width + f]!) ** 2
      }
      nearest = Math.min(nearest, square)
    }
    return Math.sqrt(nearest)
  }).sort((a, b) => a - b)
  return gaps[probes >> 1]!
}
