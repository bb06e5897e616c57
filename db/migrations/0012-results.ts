import type { Migration } from './index.ts'

/** What the impressions of a finished run say of its segments: impressions do not travel, this does. */
export const results: Migration = {
  sql: `
CREATE TABLE run_segments (
  run INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  segments TEXT NOT NULL                     -- JSON: UserSegments
) STRICT;
`,
}
