/** A small interleaving log: 40 users with 5 lists of 4 items each, sides A and B in turn. */
export function logRows(): readonly Record<string, string | number>[] {
  const rows = []
  for (let list = 0; list < 200; list++) {
    for (let position = 1; position <= 4; position++) {
      rows.push({
        impression_id: `i${list}`,
        user_id: `u${list % 40}`,
        timestamp: 1_700_000_000 + 60 * list,
        position,
        item_id: `d${(list * 7 + position * 3) % 50}`,
        team: (list + position) % 2 === 0 ? 'A' : 'B',
        click: (list * position) % 5 === 0 ? 1 : 0,
        segment_device: list % 3 === 0 ? 'phone' : 'web',
      })
    }
  }
  return rows
}

export function csvOf(
  rows: readonly Record<string, string | number>[],
  separator = ',',
  lineEnd = '\n',
): string {
  const names = Object.keys(rows[0]!)
  const lines = rows.map((row) => names.map((name) => String(row[name])).join(separator))
  return [names.join(separator), ...lines, ''].join(lineEnd)
}
