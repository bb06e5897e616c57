import type { Migration } from './index.ts'

export const initial: Migration = {
  sql: `
CREATE TABLE experiment (
  id INTEGER PRIMARY KEY,
  parent INTEGER REFERENCES experiment (id), -- forked from
  name TEXT NOT NULL,
  spec TEXT NOT NULL,                        -- canonical JSON
  spec_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX experiment_by_hash ON experiment (spec_hash);

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,      -- a deleted run's number never comes back
  experiment INTEGER NOT NULL REFERENCES experiment (id),
  seed INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('queued', 'running', 'paused', 'finished', 'cancelled', 'interrupted', 'failed')),
  reason TEXT,
  step INTEGER NOT NULL DEFAULT -1,          -- last stored batch
  done INTEGER NOT NULL DEFAULT 0,           -- impressions
  total INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  backend TEXT,                              -- JSON; with the next, what a resumed run must agree with
  engine_version TEXT,
  dataset TEXT,                              -- JSON, as it was when the run was started
  summary TEXT,                              -- JSON
  summary_step INTEGER,                      -- batch that the summary describes
  deleted INTEGER NOT NULL DEFAULT 0         -- hidden; its rows are on their way out
) STRICT;
CREATE INDEX run_by_experiment ON run (experiment);

CREATE TRIGGER experiment_locked
BEFORE UPDATE OF parent, name, spec, spec_hash ON experiment
WHEN EXISTS (SELECT 1 FROM run WHERE run.experiment = old.id)
BEGIN SELECT raise(ABORT, 'the spec of an experiment that has run is locked; fork it'); END;

CREATE TABLE point (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  metrics BLOB NOT NULL,                     -- float64, little-endian, in the order of pointMetrics
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE impression_chunk (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  first INTEGER NOT NULL,                    -- index of the first impression
  count INTEGER NOT NULL,
  wins_a INTEGER NOT NULL,
  wins_b INTEGER NOT NULL,
  ties INTEGER NOT NULL,
  no_votes INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  outcomes BLOB NOT NULL,                    -- one code per impression
  packed BLOB NOT NULL,                      -- every column, see packChunk.ts
  PRIMARY KEY (run, step)
) STRICT;
CREATE UNIQUE INDEX impression_chunk_by_first ON impression_chunk (run, first);

CREATE TABLE weight_update (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  place INTEGER NOT NULL,                    -- within the batch
  kind TEXT NOT NULL,
  impression INTEGER NOT NULL,
  result TEXT NOT NULL,
  credit_a REAL NOT NULL,
  credit_b REAL NOT NULL,
  step_norm REAL,                            -- NULL is NaN
  norm_ratio REAL,
  loss REAL,
  PRIMARY KEY (run, step, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  done INTEGER NOT NULL,
  format INTEGER NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (run, step)
) STRICT;

CREATE TABLE dataset (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  meta TEXT NOT NULL,                        -- JSON
  imported_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
`,
}
