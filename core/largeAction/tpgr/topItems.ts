import type { PathRollout } from './pathRollout.ts'
import type { Episodes } from '#core/episode/episodicWorld'

export interface RankedItem {
  readonly item: number
  readonly logProbability: number
}

interface Prefix {
  readonly node: number
  readonly logProbability: number
}

/**
 * The best k items of each row as one list without repetition, by beam search: at every level the
 * `width` most probable prefixes are kept (an item's log-probability is the sum over its path, TP4).
 * A beam as wide as the tree is exact; ties by node.
 * @param width prefixes that are kept, at least k
 */
export function topItems(
  rollout: PathRollout,
  episodes: Episodes,
  step: number,
  k: number,
  width = Math.max(k, 4 * k),
): readonly (readonly RankedItem[])[] {
  if (width < k) throw new RangeError(`a beam of ${width} can not hold a list of ${k}`)
  const { depth, children: c } = rollout.network.shape
  const { leaf } = rollout.network.tree
  return Array.from({ length: rollout.rows }, (_, row) => {
    let beam: Prefix[] = [{ node: 0, logProbability: 0 }]
    for (let level = 0; level < depth; level++) {
      const next: Prefix[] = []
      for (const { node, logProbability } of beam) {
        const probability = rollout.childProbabilities(episodes, step, row, level, node)
        probability.forEach((p, child) => {
          if (p > 0)
            next.push({ node: node * c + child, logProbability: logProbability + Math.log(p) })
        })
      }
      next.sort((a, b) => b.logProbability - a.logProbability || a.node - b.node)
      beam = next.slice(0, width)
    }
    return beam
      .slice(0, k)
      .map(({ node, logProbability }) => ({ item: leaf[node]!, logProbability }))
  })
}
