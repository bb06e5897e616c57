import { permutation } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { nearestCentre, type Centres } from './nearestCentre.ts'
import { OpenPoints } from './openPoints.ts'
import type { Split } from './split.ts'

const lloydSteps = 12
/** Centres are fitted on at most so many points per centre: more move them no further. */
const pointsPerCentre = 64

/**
 * Balanced k-means: clusters in falling order of size keep the `sizes[k]` members nearest to their
 * centre; the others go to clusters with room left, by rising (distance, item, cluster) (TP2). The
 * authors' code keeps an arbitrary prefix and measures from the item's id; distances here are between
 * vectors.
 */
export const kmeansSplit: Split = {
  paper: 'Chen et al., AAAI 2019; distance corrected',
  reorder(items, sizes, vectors, rng) {
    const c = sizes.length
    if (items.length <= c) {
      // one item per child: nothing to cluster
      items.sort((a, b) => a - b)
      return
    }
    const centres = fitCentres(items, c, vectors, rng)
    const cluster = new Int32Array(items.length)
    const distance = new Float64Array(items.length)
    const members = Array.from({ length: c }, (): number[] => [])
    for (let i = 0; i < items.length; i++) {
      const found = nearestCentre(items[i]!, vectors, centres, null)
      cluster[i] = found.centre
      distance[i] = found.distance
      members[found.centre]!.push(i)
    }
    const bySize = members
      .map((_, k) => k)
      .sort((a, b) => members[b]!.length - members[a]!.length || a - b)
    const target = new Int32Array(c)
    bySize.forEach((k, rank) => (target[k] = sizes[rank]!))
    const room = target.slice()
    const pool: number[] = []
    members.forEach((own, k) => {
      own.sort((a, b) => distance[a]! - distance[b]! || items[a]! - items[b]!)
      for (const i of own.splice(target[k]!)) pool.push(i)
      room[k]! -= own.length
    })
    const open = new OpenPoints(
      pool.map((i) => items[i]!),
      vectors,
      centres,
      room,
    )
    for (const { point, centre } of open.assign()) members[centre]!.push(pool[point]!)
    const dealt = bySize.flatMap((k) => members[k]!.map((i) => items[i]!))
    items.set(dealt)
  },
}

/**
 * Lloyd's algorithm from centres by k-means++ (Arthur & Vassilvitskii, SODA 2007); an emptied centre moves
 * to a random item.
 */
function fitCentres(items: Int32Array, c: number, vectors: ItemVectors, rng: Rng): Centres {
  const { width, values } = vectors
  // in the order of the vectors, so that the draw does not depend on the items' numbers
  const byVector = items.slice().sort((a, b) => {
    for (let f = 0; f < width; f++) {
      const gap = values[a * width + f]! - values[b * width + f]!
      if (gap !== 0) return gap
    }
    return a - b
  })
  const order = permutation(rng, byVector.length)
  const sample = Array.from(order.subarray(0, c * pointsPerCentre), (i) => byVector[i]!)
  const centres: Centres = { count: c, width, values: new Float64Array(c * width) }
  const place = (k: number, item: number) => {
    for (let f = 0; f < width; f++) centres.values[k * width + f] = values[item * width + f]!
  }
  place(0, sample[0]!)
  // each further centre is an item drawn by its squared distance to the centres so far
  const gaps = new Float64Array(sample.length).fill(Infinity)
  for (let k = 1; k < c; k++) {
    let total = 0
    for (let i = 0; i < sample.length; i++) {
      let square = 0
      for (let f = 0; f < width; f++) {
        square += (values[sample[i]! * width + f]! - centres.values[(k - 1) * width + f]!) ** 2
      }
      gaps[i] = Math.min(gaps[i]!, square)
      total += gaps[i]!
    }
    let left = rng.u() * total
    let drawn = 0
    while (drawn < sample.length - 1 && (left -= gaps[drawn]!) >= 0) drawn++
    place(k, sample[drawn]!)
  }
  const assigned = new Int32Array(sample.length).fill(-1)
  for (let step = 0; step < lloydSteps; step++) {
    const sums = new Float64Array(c * width)
    const counts = new Int32Array(c)
    let moved = 0
    sample.forEach((item, i) => {
      const { centre } = nearestCentre(item, vectors, centres, null)
      if (centre !== assigned[i]) moved++
      assigned[i] = centre
      counts[centre]!++
      for (let f = 0; f < width; f++) sums[centre * width + f]! += values[item * width + f]!
    })
    for (let k = 0; k < c; k++) {
      if (counts[k] === 0) place(k, sample[rng.int(sample.length)]!)
      else {
        for (let f = 0; f < width; f++) {
          centres.values[k * width + f] = sums[k * width + f]! / counts[k]!
        }
      }
    }
    if (moved === 0) break
  }
  return centres
}
