import type { Migration } from './index.ts'

export const calibrations: Migration = {
  sql: `
CREATE TABLE calibration (
  id INTEGER PRIMARY KEY AUTOINCREMENT,      -- a deleted one's number never comes back
  spec TEXT NOT NULL,                        -- canonical JSON; of no experiment, since nobody was served
  seed INTEGER NOT NULL,
  repetitions INTEGER NOT NULL,
  effect REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('queued', 'running', 'paused', 'finished', 'cancelled', 'interrupted', 'failed')),
  reason TEXT,
  done INTEGER NOT NULL DEFAULT 0,           -- repetitions
  created_at TEXT NOT NULL,
  finished_at TEXT,
  backend TEXT,                              -- JSON; with the next, what a resumed one must agree with
  engine_version TEXT,
  dataset TEXT,                              -- JSON, as it was at the start
  report TEXT,                               -- JSON, after done repetitions
  checkpoint BLOB                            -- NULL before the first and after the last
) STRICT;
`,
}
