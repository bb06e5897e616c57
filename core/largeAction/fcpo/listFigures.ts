import type { EpisodeFigures } from '#core/episode/evaluateEpisodes'
import { exposure } from '#core/metric/exposure'
import { ndcg } from '#core/metric/ndcg'
import type { ListUser } from './listWorld.ts'

const cutoffs = [5, 10, 20] as const
/** Items of the lists that are measured. */
export const longestList = cutoffs[2]

/** Recommends to a user; @returns `length` different items, none of them given, best first */
export type Recommender = (user: ListUser, length: number) => Int32Array

export interface ListFigures {
  readonly figures: EpisodeFigures
  /** recall@5 … ndcg@20, hitRate@20, popularRate. */
  readonly gauges: Readonly<Record<string, number>>
}

/** One list of 20 for each user, measured against his held-out liked items. */
export function listFigures(
  recommend: Recommender,
  users: readonly ListUser[],
  items: number,
  popular: Uint8Array,
): ListFigures {
  const shown = new Float64Array(items)
  const sums = new Map<string, number>()
  const add = (name: string, value: number) => {
    sums.set(name, (sums.get(name) ?? 0) + value / users.length)
  }
  const precisions: number[] = []
  let fromPopular = 0
  for (const user of users) {
    const list = recommend(user, longestList)
    const hits = Array.from(list, (item) => Number(user.heldOut.has(item)))
    for (const item of list) {
      shown[item]!++
      fromPopular += popular[item]! / (longestList * users.length)
    }
    const pool = Array.from({ length: Math.max(longestList, user.heldOut.size) }, (_, i) => {
      return i < user.heldOut.size ? 1 : 0
    })
    for (const k of cutoffs) {
      const found = hits.slice(0, k).reduce((a, b) => a + b, 0)
      const [p, r] = [found / k, found / user.heldOut.size]
      add(`recall@${k}`, r)
      add(`f1@${k}`, p + r > 0 ? (2 * p * r) / (p + r) : 0)
      add(`ndcg@${k}`, ndcg(hits, { k, pool }).value)
    }
    const found = hits.reduce((a, b) => a + b, 0)
    add('hitRate@20', found > 0 ? 1 : 0)
    precisions.push(found / longestList)
  }
  const { gini } = exposure([...shown])
  const mean = precisions.reduce((a, b) => a + b, 0) / users.length
  const squares = precisions.reduce((s, p) => s + (p - mean) ** 2, 0)
  const n = users.length
  return {
    figures: {
      episodes: n,
      reward: mean,
      raw: mean,
      rawSe: n < 2 ? null : Math.sqrt(squares / (n - 1) / n),
      precision: mean,
      recall: sums.get('recall@20')!,
      f1: sums.get('f1@20')!,
      total: mean * longestList,
      longestRun: 0,
      firstSteps: mean,
      uniqueItems: shown.reduce((count, times) => count + (times > 0 ? 1 : 0), 0),
      gini,
      topShare: shown.reduce((a, b) => Math.max(a, b), 0) / (n * longestList),
    },
    gauges: { ...Object.fromEntries(sums), popularRate: fromPopular },
  }
}
