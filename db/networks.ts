import type { RunId } from '#core/contract/ids'
import type { NetworkMoment } from '#core/contract/runs'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'
import type { NetworkRecord } from '#core/run/networkRecord'
import type { ReadDb, WriteDb } from './handle.ts'

export interface NetworkReader {
  /** In brief, the oldest first; decodes no record. */
  moments(run: RunId, afterStep: number): readonly NetworkMoment[]
  get(run: RunId, step: number): NetworkRecord | undefined
  /** Every record of a run, the oldest first. */
  all(run: RunId): readonly { readonly step: number; readonly record: NetworkRecord }[]
}

export function networkReader(db: ReadDb): NetworkReader {
  const brief = db.read<[RunId, number], Brief>(
    `SELECT step, impression, norm, delta_norm, rbo, cost_low, cost_high FROM network_record
     WHERE run = ? AND step > ? ORDER BY step`,
  )
  const one = db.read<[RunId, number], { readonly packed: Uint8Array }>(
    'SELECT packed FROM network_record WHERE run = ? AND step = ?',
  )
  const every = db.read<[RunId], { readonly step: number; readonly packed: Uint8Array }>(
    'SELECT step, packed FROM network_record WHERE run = ? ORDER BY step',
  )
  return {
    moments: (run, afterStep) => brief.all(run, afterStep).map(toMoment),
    get(run, step) {
      const row = one.get(run, step)
      return row && unpacked(row.packed)
    },
    all: (run) => every.all(run).map(({ step, packed }) => ({ step, record: unpacked(packed) })),
  }
}

export function networkWriter(
  db: WriteDb,
): (run: RunId, step: number, record: NetworkRecord) => void {
  const insert = db.write<readonly (number | null | Uint8Array)[]>(
    'INSERT INTO network_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  return (run, step, record) => {
    const { impression, layers, probes, cost } = record
    const compared = layers.length > 0
    const rbo = Float32Array.from(probes, (probe) => probe.rbo ?? Number.NaN)
    insert.run(
      run,
      step,
      impression,
      compared ? Math.hypot(...layers.map(({ norm }) => norm)) : null,
      compared ? Math.hypot(...layers.map(({ deltaNorm }) => deltaNorm)) : null,
      new Uint8Array(rbo.buffer),
      cost.low,
      cost.high,
      encodeFrame(record),
    )
  }
}

interface Brief {
  readonly step: number
  readonly impression: number
  readonly norm: number | null
  readonly delta_norm: number | null
  readonly rbo: Uint8Array
  readonly cost_low: number | null
  readonly cost_high: number | null
}

const toMoment = (row: Brief): NetworkMoment => ({
  step: row.step,
  impression: row.impression,
  norm: row.norm,
  deltaNorm: row.delta_norm,
  // a copy, since the bytes of a row seldom lie at a multiple of four
  rbo: new Float32Array(Uint8Array.from(row.rbo).buffer),
  costLow: row.cost_low,
  costHigh: row.cost_high,
})

const unpacked = (packed: Uint8Array): NetworkRecord =>
  decodeFrame(Uint8Array.from(packed).buffer) as NetworkRecord
