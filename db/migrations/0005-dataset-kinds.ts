import type { Migration } from './index.ts'

export const datasetKinds: Migration = {
  sql: `
ALTER TABLE dataset ADD COLUMN profile TEXT;                 -- JSON; NULL before this version
ALTER TABLE dataset ADD COLUMN note TEXT NOT NULL DEFAULT '';  -- licence and the like, in the user's words

CREATE TABLE column_mapping (
  signature TEXT PRIMARY KEY,                -- of a file's headers
  plan TEXT NOT NULL,                        -- JSON
  used_at TEXT NOT NULL
) STRICT;
`,
}
