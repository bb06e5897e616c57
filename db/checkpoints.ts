import type { RunId } from '#core/contract/ids'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'
import type { Checkpoint } from '#core/run/batch'
import type { ReadDb, WriteDb } from './handle.ts'

/** Older ones are dropped; the second is there in case the newest can not be read. */
const KEPT = 2

/** @returns the newest checkpoint of a run that can be read */
export function checkpointReader(db: ReadDb): (run: RunId) => Checkpoint | null {
  const select = db.read<[RunId], Columns>(
    'SELECT step, done, format, state FROM checkpoint WHERE run = ? ORDER BY step DESC',
  )
  return (run) => {
    for (const row of select.all(run)) {
      const { step, done } = row
      if (row.format === 1)
        return { format: 1, step, done, state: decodeFrame(new Uint8Array(row.state).buffer) }
    }
    return null
  }
}

export function checkpointWriter(db: WriteDb): (run: RunId, checkpoint: Checkpoint) => void {
  const insert = db.write<[RunId, number, number, number, Uint8Array]>(
    'INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?)',
  )
  const prune = db.write<[RunId, RunId, number]>(
    `DELETE FROM checkpoint WHERE run = ? AND step NOT IN
       (SELECT step FROM checkpoint WHERE run = ? ORDER BY step DESC LIMIT ?)`,
  )
  return (run, { step, done, format, state }) => {
    insert.run(run, step, done, format, encodeFrame(state))
    prune.run(run, run, KEPT)
  }
}

interface Columns {
  readonly step: number
  readonly done: number
  readonly format: number
  readonly state: Uint8Array
}
