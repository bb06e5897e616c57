import type { Migration } from './index.ts'

/** Calibrations become one kind of study; their numbers, also those of deleted ones, stay. */
export const studies: Migration = {
  sql: `
CREATE TABLE study (
  id INTEGER PRIMARY KEY AUTOINCREMENT,      -- a deleted one's number never comes back
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  spec TEXT NOT NULL,                        -- canonical JSON
  seed INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('queued', 'running', 'paused', 'finished', 'cancelled', 'interrupted', 'failed')),
  reason TEXT,
  done INTEGER NOT NULL DEFAULT 0,           -- points
  total INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  backend TEXT,                              -- JSON; with the next, what a resumed one must agree with
  engine_version TEXT,
  dataset TEXT,                              -- JSON, as it was at the start
  report TEXT,                               -- JSON, after done points
  checkpoint BLOB                            -- NULL before the first and after the last
) STRICT;

INSERT INTO study (id, kind, name, spec, seed, state, reason, done, total, created_at, finished_at,
  backend, engine_version, dataset, report, checkpoint)
SELECT id, 'calibration', json_extract(spec, '$.name'),
  json_object('effect', effect, 'experiment', json(spec), 'repetitions', repetitions),
  seed, state, reason, done, repetitions, created_at, finished_at,
  backend, engine_version, dataset, report, checkpoint
FROM calibration ORDER BY id;

DELETE FROM sqlite_sequence WHERE name = 'study';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'study', seq FROM sqlite_sequence WHERE name = 'calibration';

DROP TABLE calibration;
`,
}
