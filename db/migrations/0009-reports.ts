import type { Migration } from './index.ts'

/** Reports that people write, with the runs and studies as they were when they were quoted. */
export const reports: Migration = {
  sql: `
CREATE TABLE report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,      -- a deleted one's number never comes back
  content TEXT NOT NULL,                     -- JSON: title, languages, paper, sources, blocks
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE report_source (
  report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  key TEXT NOT NULL,                         -- its name in the report
  kind TEXT NOT NULL,                        -- run or study
  name TEXT NOT NULL,
  fingerprint TEXT NOT NULL,                 -- of what was quoted; another one means: stale
  taken_at TEXT NOT NULL,
  snapshot BLOB NOT NULL,
  PRIMARY KEY (report, key)
) STRICT;

CREATE TABLE report_export (
  id INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  language TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL                       -- of the file that left
) STRICT;
CREATE INDEX report_export_by_report ON report_export (report);
`,
}
