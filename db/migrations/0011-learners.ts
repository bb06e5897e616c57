import type { Migration } from './index.ts'

/** The entropy of a policy at its updates. */
export const learners: Migration = {
  sql: `
ALTER TABLE weight_update ADD COLUMN entropy REAL; -- nats per slot; NULL where nothing is drawn
`,
}
