import type { ExperimentSpec } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import { interleavedList } from './servedList.ts'

/** A stored list drawn again from the seed, with what its clicks are worth. */
export interface ReplayedImpression {
  /** The same items of the same teams as were stored. */
  readonly matches: boolean
  readonly creditA: number
  readonly creditB: number
}

/** What was stored of one impression. */
interface StoredImpression {
  readonly index: number
  readonly user: number
  readonly slots: readonly {
    readonly item: number
    readonly team: number
    readonly clicked: boolean
  }[]
  readonly listA: readonly number[]
  readonly listB: readonly number[]
}

/**
 * Interleaves the two stored lists again with the run's own stream and judges the stored clicks.
 * Null where one list is not interleaved from two: in a split, and with three or more rankers, of
 * which only the first two lists are stored.
 */
export function replayImpression(
  spec: ExperimentSpec,
  seed: number,
  { index, user, slots, listA, listB }: StoredImpression,
): ReplayedImpression | null {
  const sides = spec.design === 'explore' ? 2 : spec.rankers.length
  if (spec.design === 'split' || sides !== 2 || slots.length === 0) return null
  const list = interleavedList(
    spec.interleaver,
    sides,
    Math.max(spec.traffic.listLength, slots.length),
  )
  const rankings = [Int32Array.from(listA), Int32Array.from(listB)]
  const served = list.make(rankings, slots.length, user, streams(seed)('interleave', index))
  list.judge(Uint8Array.from(slots, ({ clicked }) => (clicked ? 1 : 0)))
  return {
    matches:
      served === slots.length &&
      slots.every(({ item, team }, i) => list.items[i] === item && list.teams[i] === team),
    creditA: list.credit[0]!,
    creditB: list.credit[1]!,
  }
}
