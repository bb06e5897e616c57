import type { ItemVectors } from './itemVectors.ts'

/** What item vectors are like, whatever they were made by. */
export interface SpaceFigures {
  readonly width: number
  /** Shares of the variance along the principal directions, largest first; zeros where all items are one. */
  readonly spectrum: Float64Array
  /** Directions that would share the variance equally: exp of the spectrum's entropy. */
  readonly effectiveWidth: number
  /** Of a fixed sample of items: their nearest ones by Euclidean distance, nearest first, ties by number. */
  readonly neighbours: ReadonlyMap<number, readonly number[]>
}

/** Neighbours of an item. */
const nearest = 10
/** Products for the neighbours, at most: about a tenth of a second. */
const mostProducts = 4e7
/** So wide are vectors taken to be, that all spaces of the same items share a sample. */
const usualWidth = 64

/** The sample depends on the number of items alone. */
export function spaceFigures(vectors: ItemVectors): SpaceFigures {
  const { items, width } = vectors
  const values = eigenvalues(covariance(vectors), width)
  const all = values.reduce((sum, x) => sum + x, 0)
  const spectrum = values.map((x) => (all > 0 ? x / all : 0))
  const entropy = spectrum.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0)
  const count = Math.min(items, 500, Math.max(20, Math.floor(mostProducts / (items * usualWidth))))
  const sample = Array.from({ length: count }, (_, i) => Math.floor((i * items) / count))
  return {
    width,
    spectrum,
    effectiveWidth: Math.exp(entropy),
    neighbours: new Map(sample.map((item) => [item, nearestTo(item, vectors)])),
  }
}

/** Mean share of an item's nearest ones that are the same in both; null where no item was sampled in both. */
export function neighbourAgreement(a: SpaceFigures, b: SpaceFigures): number | null {
  let [sum, n] = [0, 0]
  for (const [item, own] of a.neighbours) {
    const other = b.neighbours.get(item)
    if (!other || own.length === 0) continue
    sum += own.filter((one) => other.includes(one)).length / own.length
    n++
  }
  return n > 0 ? sum / n : null
}

function nearestTo(item: number, { items, width, values }: ItemVectors): readonly number[] {
  const distance = new Float64Array(items)
  for (let j = 0; j < items; j++) {
    for (let f = 0; f < width; f++) {
      distance[j]! += (values[j * width + f]! - values[item * width + f]!) ** 2
    }
  }
  const found: number[] = []
  for (let j = 0; j < items; j++) {
    if (j === item) continue
    if (found.length === nearest && distance[j]! >= distance[found.at(-1)!]!) continue
    const place = found.findIndex((one) => distance[one]! > distance[j]!)
    found.splice(place < 0 ? found.length : place, 0, j)
    if (found.length > nearest) found.pop()
  }
  return found
}

function covariance({ items, width, values }: ItemVectors): Float64Array {
  const mean = new Float64Array(width)
  for (let i = 0; i < values.length; i++) mean[i % width]! += values[i]! / items
  const out = new Float64Array(width * width)
  const own = new Float64Array(width)
  for (let j = 0; j < items; j++) {
    for (let f = 0; f < width; f++) own[f] = values[j * width + f]! - mean[f]!
    for (let f = 0; f < width; f++) {
      for (let g = 0; g < width; g++) out[f * width + g]! += (own[f]! * own[g]!) / items
    }
  }
  return out
}

/**
 * Eigenvalues of a symmetric matrix by cyclic Jacobi rotations, largest first.
 *
 * Source: Golub & Van Loan, "Matrix computations", 4th edition, section 8.5.
 * @param m [k × k], changed
 */
function eigenvalues(m: Float64Array, k: number): Float64Array {
  const scale = Math.max(...m.map(Math.abs), Number.MIN_VALUE)
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0
    for (let p = 0; p < k; p++) {
      for (let q = p + 1; q < k; q++) {
        const apart = m[p * k + q]!
        off = Math.max(off, Math.abs(apart))
        if (Math.abs(apart) <= 1e-14 * scale) continue
        const theta = (m[q * k + q]! - m[p * k + p]!) / (2 * apart)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta))
        const c = 1 / Math.hypot(1, t)
        const s = t * c
        for (let i = 0; i < k; i++) {
          const [x, y] = [m[i * k + p]!, m[i * k + q]!]
          m[i * k + p] = c * x - s * y
          m[i * k + q] = s * x + c * y
        }
        for (let i = 0; i < k; i++) {
          const [x, y] = [m[p * k + i]!, m[q * k + i]!]
          m[p * k + i] = c * x - s * y
          m[q * k + i] = s * x + c * y
        }
      }
    }
    if (off <= 1e-12 * scale) break
  }
  const values = Float64Array.from({ length: k }, (_, i) => Math.max(0, m[i * k + i]!))
  return values.sort().reverse()
}
