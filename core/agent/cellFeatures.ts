import type { Observed } from '#core/environment/environment'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { CandidateFeatures } from './pairFeatures.ts'

/**
 * One feature per cell of (cluster of states) × (cluster of items), so that linear learning is
 * tabular learning. Clusters are the sides of random hyperplanes (Charikar, STOC 2002): they need no
 * data, and close vectors mostly share one. They are the same for every seed, so that a saved table
 * means the same elsewhere.
 */
export function cellFeatures(
  { itemFeatures, itemWidth }: Observed,
  stateWidth: number,
  stateBits: number,
  itemBits: number,
): CandidateFeatures {
  const stream = streams(1)
  const planes = (name: string, bits: number, width: number) => {
    const rng = stream(name, 0)
    return Float64Array.from({ length: bits * width }, () => normal(rng))
  }
  const ofState = planes('state planes', stateBits, stateWidth)
  const ofItem = planes('item planes', itemBits, itemWidth)
  const items = itemFeatures.length / itemWidth
  const itemCell = Int32Array.from({ length: items }, (_, item) =>
    cell(itemFeatures, item * itemWidth, itemWidth, ofItem, itemBits),
  )
  const width = 2 ** (stateBits + itemBits)
  return {
    width,
    rowWidth: 1,
    write(state, stateAt, item, _pairs, _pairAt, out, at) {
      const row = cell(state, stateAt, stateWidth, ofState, stateBits)
      out[at] = row * 2 ** itemBits + itemCell[item]!
    },
    dot: (w, rows, at) => w[rows[at]!]!,
    addTo(w, rows, at, factor) {
      w[rows[at]!]! += factor
    },
  }
}

function cell(
  vector: Float32Array,
  at: number,
  width: number,
  planes: Float64Array,
  bits: number,
): number {
  let code = 0
  for (let bit = 0; bit < bits; bit++) {
    let dot = 0
    for (let f = 0; f < width; f++) dot += planes[bit * width + f]! * vector[at + f]!
    if (dot > 0) code |= 1 << bit
  }
  return code
}
