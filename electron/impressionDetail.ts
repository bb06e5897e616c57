import type { ImpressionDetail } from '#core/contract/runs'
import type { ExperimentSpec } from '#core/experimentSpec'
import { outcomeCodes, type ImpressionChunk } from '#core/run/batch'
import { replayImpression } from '#core/run/replayImpression'

/** One row of a chunk in words, and drawn again from the seed. */
export function impressionDetail(
  chunk: ImpressionChunk,
  index: number,
  { spec, seed }: { readonly spec: ExperimentSpec; readonly seed: number },
): ImpressionDetail {
  const i = index - chunk.from
  const slotsOf = (column: Int32Array) => column.subarray(i * chunk.k, (i + 1) * chunk.k)
  const list = (column: Int32Array) => [...slotsOf(column)].filter((item) => item >= 0)
  const listA = list(chunk.listA)
  const listB = list(chunk.listB)
  const rank = (items: readonly number[], item: number) => {
    const place = items.indexOf(item)
    return place < 0 ? null : place + 1
  }
  const vote = chunk.vote[i]!
  const stored = {
    index,
    user: chunk.user[i]!,
    seconds: chunk.seconds[i]!,
    outcome: outcomeCodes[chunk.outcome[i]!]!,
    vote: Number.isNaN(vote) ? null : vote,
    slots: list(chunk.shown).map((item, slot) => ({
      item,
      team: chunk.team[i * chunk.k + slot]!,
      clicked: chunk.clicked[i * chunk.k + slot] === 1,
      rankA: rank(listA, item),
      rankB: rank(listB, item),
    })),
    listA,
    listB,
  }
  return { ...stored, replay: replayImpression(spec, seed, stored) }
}
