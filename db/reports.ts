import type { Snapshot } from '#core/bundle/reportBundle'
import type { ReportId } from '#core/contract/ids'
import type { ReportExport } from '#core/contract/reports'
import type { ReportContent, ReportSource } from '#core/report/reportContent'
import type { WriteDb } from './handle.ts'

/** A source as a report quotes it, without its numbers. */
export interface QuotedSource {
  readonly key: string
  readonly kind: ReportSource['kind']
  readonly name: string
  readonly fingerprint: string
  readonly takenAt: string
}

export interface StoredReport {
  readonly id: ReportId
  readonly content: ReportContent
  readonly createdAt: string
  readonly updatedAt: string
  readonly quoted: readonly QuotedSource[]
  readonly exports: readonly ReportExport[] // newest first
}

/** Reports that people write. */
export interface Reports {
  create(content: ReportContent, at: string): ReportId
  /** The one that changed last first. */
  list(): readonly StoredReport[]
  get(id: ReportId): StoredReport | undefined
  save(id: ReportId, content: ReportContent, at: string): void
  remove(id: ReportId): void
  /** Keeps a source as it is now, in the place of an earlier look. */
  quote(id: ReportId, source: QuotedSource, snapshot: Uint8Array): void
  /** By the keys of the sources. */
  snapshots(id: ReportId): Readonly<Record<string, Snapshot>>
  /** Another report with the same content and snapshots. */
  duplicate(id: ReportId, title: string, at: string): ReportId
  /** What left the workspace, and the hash that tells whether a file is it. */
  addExport(id: ReportId, file: ReportExport): void
  /** Forgets the last file of that name: it was made and not kept. */
  dropExport(id: ReportId, name: string): void
  /** Forgets sources that no block needs any more; undo may want them while a report is open. */
  prune(): void
}

export function reports(db: WriteDb): Reports {
  const facts = 'id, content, created_at, updated_at'
  const all = db.read<[], Columns>(`SELECT ${facts} FROM report ORDER BY updated_at DESC, id DESC`)
  const one = db.read<[ReportId], Columns>(`SELECT ${facts} FROM report WHERE id = ?`)
  const quotedBy = db.read<[ReportId], QuotedSource>(
    `SELECT key, kind, name, fingerprint, taken_at AS takenAt FROM report_source
     WHERE report = ? ORDER BY key`,
  )
  const exportsOf = db.read<[ReportId], ReportExport>(
    `SELECT at, name, format, language, bytes, sha256 FROM report_export
     WHERE report = ? ORDER BY id DESC`,
  )
  const blobs = db.read<[ReportId], Blob>(
    'SELECT key, kind, snapshot FROM report_source WHERE report = ?',
  )
  const insert = db.write<[string, string, string]>(
    'INSERT INTO report (content, created_at, updated_at) VALUES (?, ?, ?)',
  )
  const update = db.write<[string, string, ReportId]>(
    'UPDATE report SET content = ?, updated_at = ? WHERE id = ?',
  )
  const remove = db.write<[ReportId]>('DELETE FROM report WHERE id = ?')
  const upsert = db.write<[ReportId, string, string, string, string, string, Uint8Array]>(
    `INSERT INTO report_source (report, key, kind, name, fingerprint, taken_at, snapshot)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (report, key) DO UPDATE SET name = excluded.name,
       fingerprint = excluded.fingerprint, taken_at = excluded.taken_at,
       snapshot = excluded.snapshot`,
  )
  const copySources = db.write<[ReportId, ReportId]>(
    `INSERT INTO report_source (report, key, kind, name, fingerprint, taken_at, snapshot)
     SELECT ?, key, kind, name, fingerprint, taken_at, snapshot FROM report_source
     WHERE report = ?`,
  )
  const insertExport = db.write<[ReportId, string, string, string, string, number, string]>(
    `INSERT INTO report_export (report, at, name, format, language, bytes, sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const deleteExport = db.write<[ReportId, string]>(
    `DELETE FROM report_export WHERE id =
       (SELECT max(id) FROM report_export WHERE report = ? AND name = ?)`,
  )
  const dropUnused = db.write<[]>(
    `DELETE FROM report_source WHERE NOT EXISTS (
       SELECT 1 FROM report, json_each(report.content, '$.sources') AS source
       WHERE report.id = report_source.report
         AND source.value ->> 'key' = report_source.key)`,
  )
  const whole = ({ id, content, created_at, updated_at }: Columns): StoredReport => ({
    id,
    content: JSON.parse(content) as ReportContent,
    createdAt: created_at,
    updatedAt: updated_at,
    quoted: quotedBy.all(id),
    exports: exportsOf.all(id),
  })
  const create = (content: ReportContent, at: string): ReportId =>
    Number(insert.run(JSON.stringify(content), at, at).lastInsertRowid)
  return {
    create,
    list: () => all.all().map(whole),
    get(id) {
      const row = one.get(id)
      return row && whole(row)
    },
    save: (id, content, at) => void update.run(JSON.stringify(content), at, id),
    remove: (id) => void remove.run(id),
    quote: (id, { key, kind, name, fingerprint, takenAt }, snapshot) =>
      void upsert.run(id, key, kind, name, fingerprint, takenAt, snapshot),
    snapshots: (id) =>
      Object.fromEntries(
        blobs
          .all(id)
          .map(({ key, kind, snapshot }) => [key, { kind, bytes: new Uint8Array(snapshot) }]),
      ),
    duplicate: db.transaction((id: ReportId, title: string, at: string): ReportId => {
      const row = one.get(id)
      if (!row) throw new RangeError(`there is no report ${id}`)
      const copy = create({ ...(JSON.parse(row.content) as ReportContent), title }, at)
      copySources.run(copy, id)
      return copy
    }),
    addExport: (id, { at, name, format, language, bytes, sha256 }) =>
      void insertExport.run(id, at, name, format, language, bytes, sha256),
    dropExport: (id, name) => void deleteExport.run(id, name),
    prune: () => void dropUnused.run(),
  }
}

interface Columns {
  readonly id: ReportId
  readonly content: string
  readonly created_at: string
  readonly updated_at: string
}

interface Blob {
  readonly key: string
  readonly kind: ReportSource['kind']
  readonly snapshot: Uint8Array
}
