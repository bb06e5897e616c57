import type { Migration } from './index.ts'

/** What trainings leave behind. A model outlives its study, so it names it and does not refer to it. */
export const models: Migration = {
  sql: `
CREATE TABLE model (
  id INTEGER PRIMARY KEY AUTOINCREMENT,      -- a deleted one's number never comes back
  name TEXT NOT NULL,
  kind TEXT NOT NULL,                        -- who can read it
  hash TEXT NOT NULL,                        -- of the content
  numbers INTEGER NOT NULL,                  -- how many it holds
  provenance TEXT NOT NULL,                  -- canonical JSON
  metrics TEXT NOT NULL,                     -- JSON
  created_at TEXT NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (hash, provenance)                  -- a study that ends twice leaves one
) STRICT;
`,
}
