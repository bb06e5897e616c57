import type { Split } from './split.ts'

/** A shuffle: what clustering is worth shows against it. */
export const randomSplit: Split = {
  paper: 'ablation of Chen et al., AAAI 2019',
  reorder(items, _sizes, _vectors, rng) {
    for (let i = items.length - 1; i > 0; i--) {
      const j = rng.int(i + 1)
      const kept = items[i]!
      items[i] = items[j]!
      items[j] = kept
    }
  },
}
