import { ImportPlan } from '#core/dataset/importPlan'
import type { WriteDb } from './handle.ts'

/** How files with the same headers were read the last time. */
export interface ColumnMappings {
  get(signature: string): ImportPlan | null
  remember(signature: string, plan: ImportPlan, at: string): void
}

export function columnMappings(db: WriteDb): ColumnMappings {
  const one = db.read<[string], { readonly plan: string }>(
    'SELECT plan FROM column_mapping WHERE signature = ?',
  )
  const upsert = db.write<[string, string, string]>(
    `INSERT INTO column_mapping VALUES (?, ?, ?)
     ON CONFLICT (signature) DO UPDATE SET plan = excluded.plan, used_at = excluded.used_at`,
  )
  return {
    get(signature) {
      const row = one.get(signature)
      // of a later version, a plan may name what is not known here
      return row ? (ImportPlan.safeParse(JSON.parse(row.plan)).data ?? null) : null
    },
    remember: (signature, plan, at) => void upsert.run(signature, JSON.stringify(plan), at),
  }
}
