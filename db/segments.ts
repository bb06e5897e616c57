import type { RunId } from '#core/contract/ids'
import type { UserSegments } from '#core/run/userSegments'
import type { WriteDb } from './handle.ts'

/** Segments of finished runs, once somebody has asked for them. */
export interface Segments {
  get(run: RunId): UserSegments | null
  set(run: RunId, segments: UserSegments): void
}

export function segments(db: WriteDb): Segments {
  const one = db.read<[RunId], { readonly segments: string }>(
    'SELECT segments FROM run_segments WHERE run = ?',
  )
  const upsert = db.write<[RunId, string]>('INSERT OR REPLACE INTO run_segments VALUES (?, ?)')
  return {
    get(run) {
      const row = one.get(run)
      return row ? (JSON.parse(row.segments) as UserSegments) : null
    },
    set: (run, found) => void upsert.run(run, JSON.stringify(found)),
  }
}
