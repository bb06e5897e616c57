import type { Observed } from '#core/environment/environment'

/** A row of features of one candidate of one request, for learners that are linear in them. */
export interface CandidateFeatures {
  /** Weights of a model that is linear in them. */
  readonly width: number
  /** Numbers that a row is kept as. */
  readonly rowWidth: number
  /**
   * @param state [stateWidth] from `stateAt` on
   * @param item row of the catalogue
   * @param pairs of the candidate, from `pairAt` on, where the world has them
   * @param out receives the features from `at` on
   */
  write(
    state: Float32Array,
    stateAt: number,
    item: number,
    pairs: Float32Array | undefined,
    pairAt: number,
    out: Float64Array,
    at: number,
  ): void
  /** w·φ of the row that begins at `at`. */
  dot(w: Float64Array, rows: Float64Array, at: number): number
  /** w ← w + factor · φ */
  addTo(w: Float64Array, rows: Float64Array, at: number, factor: number): void
}

/**
 * φ(s, a) = [1, item, pair, s∘a and s·a for each block of the state that stands in the space of the
 * item's first columns]: where users and items share a space, their products are what tells tastes
 * apart, and a linear model can not form them by itself.
 */
export function pairFeatures(
  { itemFeatures, itemWidth, features }: Observed,
  pairWidth: number,
): CandidateFeatures {
  const firstItemGroup = features.find(({ place }) => place === 'item')?.width ?? 0
  const blocks: number[] = [] // where the aligned blocks of the state begin
  let column = 0
  for (const { place, width } of features) {
    if (place !== 'state') continue
    if (firstItemGroup > 0 && width >= firstItemGroup) blocks.push(column)
    column += width
  }
  const n = firstItemGroup
  const width = 1 + itemWidth + pairWidth + blocks.length * (n + 1)
  return {
    width,
    rowWidth: width,
    write(state, stateAt, item, pairs, pairAt, out, at) {
      let next = at
      out[next++] = 1
      const row = item * itemWidth
      for (let f = 0; f < itemWidth; f++) out[next++] = itemFeatures[row + f]!
      for (let f = 0; f < pairWidth; f++) out[next++] = pairs![pairAt + f]!
      for (const block of blocks) {
        let dot = 0
        for (let f = 0; f < n; f++) {
          const product = state[stateAt + block + f]! * itemFeatures[row + f]!
          out[next++] = product
          dot += product
        }
        out[next++] = dot / Math.sqrt(n)
      }
    },
    dot(w, rows, at) {
      let sum = 0
      for (let f = 0; f < width; f++) sum += w[f]! * rows[at + f]!
      return sum
    },
    addTo(w, rows, at, factor) {
      for (let f = 0; f < width; f++) w[f]! += factor * rows[at + f]!
    },
  }
}
