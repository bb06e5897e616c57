import type { RunId } from '#core/contract/ids'
import { pointWidth } from '#core/run/point'
import type { ReadDb, WriteDb } from './handle.ts'

export interface Points {
  readonly lastStep: number // of the last row; `afterStep` when there is none
  readonly rows: Float64Array // rows × pointWidth
}

/** @returns the points after a step, the oldest first, at most `limit` of them */
export function pointReader(db: ReadDb): (run: RunId, afterStep: number, limit: number) => Points {
  const select = db.read<
    [RunId, number, number],
    { readonly step: number; readonly metrics: Uint8Array }
  >('SELECT step, metrics FROM point WHERE run = ? AND step > ? ORDER BY step LIMIT ?')
  return (run, afterStep, limit) => {
    const stored = select.all(run, afterStep, limit)
    // a point of an earlier version has fewer metrics
    const rows = new Float64Array(stored.length * pointWidth).fill(Number.NaN)
    const bytes = new Uint8Array(rows.buffer)
    stored.forEach((row, i) => bytes.set(row.metrics, i * pointWidth * 8))
    return { lastStep: stored.at(-1)?.step ?? afterStep, rows }
  }
}

/** @throws RangeError if the point has not the width of `pointMetrics` */
export function pointWriter(db: WriteDb): (run: RunId, step: number, point: Float64Array) => void {
  const insert = db.write<[RunId, number, Uint8Array]>('INSERT INTO point VALUES (?, ?, ?)')
  return (run, step, point) => {
    if (point.length !== pointWidth) {
      throw new RangeError(`a point of ${point.length} metrics, expected ${pointWidth}`)
    }
    insert.run(run, step, new Uint8Array(point.buffer, point.byteOffset, point.byteLength))
  }
}
