import type { Migration } from './index.ts'

/** What the two networks of a run were like, now and then. */
export const networks: Migration = {
  sql: `
CREATE TABLE network_record (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  impression INTEGER NOT NULL,               -- served when it was taken
  norm REAL,                                 -- ‖W‖; NULL where no weights are compared
  delta_norm REAL,                           -- ‖ΔW‖
  rbo BLOB NOT NULL,                         -- float32, little-endian, one per context; NaN: none
  cost_low REAL,                             -- interval of the exploration cost, clicks
  cost_high REAL,
  packed BLOB NOT NULL,                      -- the whole record
  PRIMARY KEY (run, step)
) STRICT;
`,
}
