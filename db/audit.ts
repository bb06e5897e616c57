import type { AuditRow } from '#core/contract/app'
import type { WriteDb } from './handle.ts'

/** Who did what when: only added to, which the file itself enforces. */
export interface Audit {
  add(row: AuditRow): void
  /** Newest first; of one subject, or of all. */
  list(limit: number, subject?: string | null): readonly AuditRow[]
}

export function audit(db: WriteDb): Audit {
  const insert = db.write<[string, string, string, string]>(
    'INSERT INTO audit (at, action, subject, detail) VALUES (?, ?, ?, ?)',
  )
  const newest = db.read<[number], AuditRow>(
    'SELECT at, action, subject, detail FROM audit ORDER BY id DESC LIMIT ?',
  )
  const about = db.read<[string, number], AuditRow>(
    'SELECT at, action, subject, detail FROM audit WHERE subject = ? ORDER BY id DESC LIMIT ?',
  )
  return {
    add: (row) => void insert.run(row.at, row.action, row.subject, row.detail),
    list: (limit, subject = null) =>
      subject === null ? newest.all(limit) : about.all(subject, limit),
  }
}
