import type { RunId } from '#core/contract/ids'
import type { UpdateEvent } from '#core/run/batch'
import type { ReadDb, WriteDb } from './handle.ts'

/** @returns the weight updates of the batches after one step, up to and with another */
export function updateReader(
  db: ReadDb,
): (run: RunId, afterStep: number, lastStep: number) => readonly UpdateEvent[] {
  const select = db.read<[RunId, number, number], Columns>(
    `SELECT * FROM weight_update WHERE run = ? AND step > ? AND step <= ? ORDER BY step, place`,
  )
  return (run, afterStep, lastStep) => select.all(run, afterStep, lastStep).map(toUpdate)
}

export function updateWriter(
  db: WriteDb,
): (run: RunId, step: number, updates: readonly UpdateEvent[]) => void {
  const insert = db.write<readonly (string | number | null)[]>(
    'INSERT INTO weight_update VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  return (run, step, updates) =>
    updates.forEach((update, place) =>
      insert.run(
        run,
        step,
        place,
        update.kind,
        update.impression,
        update.result,
        update.creditA,
        update.creditB,
        update.stepNorm,
        update.normRatio,
        update.loss,
        update.entropy,
      ),
    )
}

interface Columns {
  readonly kind: UpdateEvent['kind']
  readonly impression: number
  readonly result: UpdateEvent['result']
  readonly credit_a: number
  readonly credit_b: number
  readonly step_norm: number | null // SQLite stores NaN as NULL
  readonly norm_ratio: number | null
  readonly loss: number | null
  readonly entropy: number | null
}

const toUpdate = (columns: Columns): UpdateEvent => ({
  kind: columns.kind,
  impression: columns.impression,
  result: columns.result,
  creditA: columns.credit_a,
  creditB: columns.credit_b,
  stepNorm: columns.step_norm ?? NaN,
  normRatio: columns.norm_ratio ?? NaN,
  loss: columns.loss ?? NaN,
  entropy: columns.entropy ?? NaN,
})
