import type { LogPiece } from '#core/dataset/kinds/interleaving'
import { quoted, type DuckSession } from './session.ts'
import { typedColumn, typedArrays, type Typed } from './typedColumn.ts'

/** Rows after which a piece ends with its list. */
const rowsPerPiece = 200_000

const columns = {
  impression: { type: 'INTEGER', missing: '0' },
  item: { type: 'INTEGER', missing: '0' },
  team: { type: 'TINYINT', missing: '-1' },
  rankA: { type: 'SMALLINT', missing: '-1' },
  rankB: { type: 'SMALLINT', missing: '-1' },
  click: { type: 'UTINYINT', missing: '0' },
  dwell: { type: 'FLOAT', missing: `'NaN'` },
  orders: { type: 'FLOAT', missing: '0' },
  delay: { type: 'FLOAT', missing: `'NaN'` },
} as const
type Name = keyof typeof columns

/**
 * The rows of an interleaving log, whole lists at a time and never the whole.
 * @param file `rows.parquet`, sorted by impression and position
 * @param present the columns to read; others are null in the pieces
 */
export async function* readPieces(
  duck: DuckSession,
  file: string,
  present: ReadonlySet<string>,
): AsyncGenerator<LogPiece> {
  const names = (Object.keys(columns) as Name[]).filter((name) => present.has(name))
  const picked = names.map((name) => {
    const { type, missing } = columns[name]
    return `coalesce(${quoted(name)}, ${missing})::${type} AS ${quoted(name)}`
  })
  const capacity = rowsPerPiece + maxChunk
  const buffers = new Map<Name, Typed>(
    names.map((name) => [name, new typedArrays[columns[name].type]!(capacity)]),
  )
  let held = 0
  let from = 0
  const select = `SELECT ${picked.join(', ')} FROM read_parquet($file)`
  for await (const chunk of duck.chunks(select, { file })) {
    names.forEach((name, c) => {
      buffers.get(name)!.set(typedColumn(chunk, c, columns[name].type), held)
    })
    held += chunk.rowCount
    if (held < rowsPerPiece) continue
    const impression = buffers.get('impression')!
    let end = held - 1
    while (end > 0 && impression[end - 1] === impression[held - 1]) end--
    if (end === 0) throw new Error(`a list has more than ${rowsPerPiece} items`)
    const piece = pieceOf(buffers, from, end)
    yield piece
    from += piece.count
    for (const buffer of buffers.values()) buffer.copyWithin(0, end, held)
    held -= end
  }
  if (held > 0) yield pieceOf(buffers, from, held)
}

/** Rows that DuckDB hands out at once. */
const maxChunk = 2048

/** A copy of the first rows, as the buffers are filled again. */
function pieceOf(buffers: ReadonlyMap<Name, Typed>, from: number, rows: number): LogPiece {
  const of = (name: Name): Typed | null => buffers.get(name)?.slice(0, rows) ?? null
  const impression = of('impression')!
  const count = impression[rows - 1]! - from + 1
  const first = new Int32Array(count + 1)
  for (const i of impression) first[i - from + 1]!++
  for (let list = 0; list < count; list++) first[list + 1]! += first[list]!
  return {
    from,
    count,
    first,
    item: of('item') as Int32Array,
    team: of('team') as Int8Array | null,
    rankA: of('rankA') as Int16Array | null,
    rankB: of('rankB') as Int16Array | null,
    click: of('click') as Uint8Array,
    dwell: of('dwell') as Float32Array | null,
    orders: of('orders') as Float32Array | null,
    delay: of('delay') as Float32Array | null,
  }
}
