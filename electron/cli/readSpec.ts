import { basename } from 'node:path'
import type { SampleRow } from '#core/contract/specs'
import { nearest } from './nearest.ts'
import { readJson } from './readJson.ts'
import { UsageError } from './usageError.ts'

/** What to run: not checked yet, but JSON. */
export interface SpecSource {
  readonly spec: unknown
  readonly seed: number // that comes with a sample; 1 for a file
  readonly label: string
}

/**
 * A sample by its id, or a spec from a JSON file.
 * @throws UsageError or RpcError `BAD_FILE` that names what is wrong and where
 */
export async function readSpec(source: string, samples: readonly SampleRow[]): Promise<SpecSource> {
  const sample = samples.find(({ id }) => id === source)
  if (sample) return { ...sample, label: source }
  if (!/[./\\]/.test(source)) {
    const ids = samples.map(({ id }) => id)
    if (ids.length === 0)
      throw new UsageError(`"${source}" is no spec file; its name ends in .json`)
    const near = nearest(source, ids)
    const remedy = near === null ? `there are ${ids.join(', ')}.` : `did you mean ${near}?`
    throw new UsageError(`there is no sample "${source}"; ${remedy} A spec file ends in .json.`)
  }
  return { spec: await readJson(source, 'a spec'), seed: 1, label: basename(source) }
}
