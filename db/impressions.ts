import type { RunId } from '#core/contract/ids'
import { outcomeCodes, type ImpressionChunk } from '#core/run/batch'
import type { ReadDb, WriteDb } from './handle.ts'
import { packChunk, unpackChunk } from './packChunk.ts'

/** Sums over the stored impressions of a run. */
interface ImpressionTotals {
  readonly impressions: number
  readonly winsA: number
  readonly winsB: number
  readonly ties: number
  readonly noVotes: number
  readonly clicks: number
}

export interface ImpressionReader {
  /** The chunk that holds an impression. */
  chunkOf(run: RunId, index: number): ImpressionChunk | undefined
  /** Chunks as they are stored, from the one that begins with an impression, about a megabyte of them. */
  packedFrom(run: RunId, first: number): readonly Uint8Array[]
  /** Outcome codes of the newest impressions, the oldest of them first; decodes no chunk. */
  newestOutcomes(run: RunId, limit: number): Uint8Array
  /** From the aggregates beside the chunks. */
  totals(run: RunId): ImpressionTotals
}

const MEGABYTE = 1e6

export function impressionReader(db: ReadDb): ImpressionReader {
  const holding = db.read<[RunId, number], { readonly packed: Uint8Array }>(
    `SELECT packed FROM impression_chunk WHERE run = ? AND first <= ? ORDER BY first DESC LIMIT 1`,
  )
  const following = db.read<
    [RunId, number],
    { readonly count: number; readonly packed: Uint8Array }
  >(
    'SELECT count, packed FROM impression_chunk WHERE run = ? AND first >= ? ORDER BY first LIMIT 16',
  )
  const newest = db.read<[RunId, number], { readonly outcomes: Uint8Array }>(
    'SELECT outcomes FROM impression_chunk WHERE run = ? ORDER BY first DESC LIMIT ?',
  )
  const sums = db.read<[RunId], ImpressionTotals>(
    `SELECT total(count) AS impressions, total(wins_a) AS winsA, total(wins_b) AS winsB,
       total(ties) AS ties, total(no_votes) AS noVotes, total(clicks) AS clicks
     FROM impression_chunk WHERE run = ?`,
  )
  const nothing = { impressions: 0, winsA: 0, winsB: 0, ties: 0, noVotes: 0, clicks: 0 }
  return {
    chunkOf(run, index) {
      const row = holding.get(run, index)
      const chunk = row && unpackChunk(row.packed)
      return chunk && index < chunk.from + chunk.count ? chunk : undefined
    },
    packedFrom(run, first) {
      const chunks: Uint8Array[] = []
      let next = first
      for (let bytes = 0; bytes < MEGABYTE;) {
        const rows = following.all(run, next)
        if (rows.length === 0) break
        for (const { count, packed } of rows) {
          chunks.push(packed)
          next += count
          bytes += packed.length
        }
      }
      return chunks
    },
    newestOutcomes(run, limit) {
      const codes: number[] = []
      // one chunk nearly always does; a batch of a single impression is the other extreme
      for (const wanted of [1, limit]) {
        codes.length = 0
        for (const row of newest.all(run, wanted)) codes.unshift(...row.outcomes)
        if (codes.length >= limit) break
      }
      return Uint8Array.from(codes.slice(-limit))
    },
    totals: (run) => sums.get(run) ?? nothing,
  }
}

export function impressionWriter(
  db: WriteDb,
): (run: RunId, step: number, chunk: ImpressionChunk) => void {
  const insert = db.write<readonly (number | Uint8Array)[]>(
    `INSERT INTO impression_chunk
       (run, step, first, count, wins_a, wins_b, ties, no_votes, clicks, outcomes, packed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return (run, step, chunk) => {
    const outcomes = outcomeCodes.map(() => 0)
    for (const code of chunk.outcome) outcomes[code]!++
    let clicks = 0
    for (const clicked of chunk.clicked) clicks += clicked
    insert.run(
      run,
      step,
      chunk.from,
      chunk.count,
      ...outcomes,
      clicks,
      chunk.outcome,
      packChunk(chunk),
    )
  }
}
