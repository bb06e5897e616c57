import type { InterleavingLog } from '#core/dataset/kinds/interleaving'

/** Lists per piece of text. */
const listsPerPiece = 1000

/**
 * A log as the documented interleaving table, piece by piece: one row per shown item, positions and
 * ranks from 1, an empty rank where the item is not in that side's list.
 */
export function* logCsv(log: InterleavingLog): Generator<string> {
  const { team, rankA, rankB } = log
  const header = [
    'impression',
    'user',
    'time',
    'position',
    'item',
    ...(team ? ['team'] : []),
    ...(rankA && rankB ? ['rank_a', 'rank_b'] : []),
    'click',
  ]
  yield `${header.join(',')}\n`
  const rank = (column: Int16Array, row: number) => (column[row]! < 0 ? '' : column[row]! + 1)
  for (let from = 0; from < log.impressions; from += listsPerPiece) {
    const lines: string[] = []
    const to = Math.min(log.impressions, from + listsPerPiece)
    for (let i = from; i < to; i++) {
      const user = log.userIds[log.user[i]!]!
      for (let row = log.first[i]!; row < log.first[i + 1]!; row++) {
        const fields = [
          i + 1,
          user,
          log.time[i]!,
          log.position[row]! + 1,
          log.itemIds[log.item[row]!]!,
          ...(team ? [team[row]! < 0 ? '' : log.teams[team[row]!]!] : []),
          ...(rankA && rankB ? [rank(rankA, row), rank(rankB, row)] : []),
          log.click[row]!,
        ]
        lines.push(fields.join(','))
      }
    }
    yield `${lines.join('\n')}\n`
  }
}
