import type { ExperimentSpec } from '#core/experimentSpec'
import { canonicalJson, specHash } from '#core/specHash'
import type { WriteDb } from './handle.ts'

/** Specs, each stored once and locked as soon as it has run. */
export interface Experiments {
  /**
   * The experiment that holds exactly this spec: a known one, or a new one that names its parent.
   * @param parent experiment that the spec was edited from; null when it was written anew
   * @throws RangeError if there is no such parent
   */
  save(spec: ExperimentSpec, parent: number | null, at: string): number
  has(id: number): boolean
  /** Forgets the experiment if it has neither runs nor forks. */
  prune(id: number): void
}

export function experiments(db: WriteDb): Experiments {
  const hashOf = db.read<[number], { readonly spec_hash: string }>(
    'SELECT spec_hash FROM experiment WHERE id = ?',
  )
  const sameSpec = db.read<[string], { readonly id: number }>(
    'SELECT id FROM experiment WHERE spec_hash = ? ORDER BY id DESC LIMIT 1',
  )
  const sameFork = db.read<[string, number], { readonly id: number }>(
    'SELECT id FROM experiment WHERE spec_hash = ? AND parent = ? LIMIT 1',
  )
  const insert = db.write<[number | null, string, string, string, string]>(
    'INSERT INTO experiment (parent, name, spec, spec_hash, created_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.write<[number]>(
    `DELETE FROM experiment WHERE id = ?
     AND NOT EXISTS (SELECT 1 FROM run WHERE run.experiment = experiment.id)
     AND NOT EXISTS (SELECT 1 FROM experiment AS fork WHERE fork.parent = experiment.id)`,
  )

  function known(hash: string, parent: number | null): number | undefined {
    if (parent === null) return sameSpec.get(hash)?.id
    const from = hashOf.get(parent)
    if (!from) throw new RangeError(`experiment ${parent} does not exist`)
    return from.spec_hash === hash ? parent : sameFork.get(hash, parent)?.id
  }

  return {
    save: db.transaction((spec: ExperimentSpec, parent: number | null, at: string) => {
      const hash = specHash(spec)
      const id = known(hash, parent)
      if (id !== undefined) return id
      return Number(insert.run(parent, spec.name, canonicalJson(spec), hash, at).lastInsertRowid)
    }),
    has: (id) => hashOf.get(id) !== undefined,
    prune: (id) => void remove.run(id),
  }
}
