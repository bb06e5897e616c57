import type { Migration } from './index.ts'

/** What people add to runs, and the views of the list that they keep. */
export const marks: Migration = {
  sql: `
ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';       -- JSON, sorted
ALTER TABLE run ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;     -- the baseline; at most one run

CREATE TABLE saved_view (
  name TEXT PRIMARY KEY,
  query TEXT NOT NULL                        -- of the list's address
) STRICT;
`,
}
