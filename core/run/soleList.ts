import type { ServedList } from './servedList.ts'

/** The whole list of one side: its items belong to nobody, and nobody votes. */
export function soleList(side: number, capacity: number): ServedList {
  const items = new Int32Array(capacity)
  return {
    items,
    teams: new Int8Array(capacity).fill(-1),
    outcomes: ['noVote'],
    votes: Float64Array.of(Number.NaN),
    credit: new Float64Array(2),
    make(lists, length) {
      const list = lists[side]!
      const served = Math.min(length, list.length)
      items.set(list.subarray(0, served))
      return served
    },
    isBalanced: () => true,
    judge: () => undefined,
  }
}
