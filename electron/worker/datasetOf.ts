import { access, readFile } from 'node:fs/promises'
import type { LoggedData } from '#core/dataset/loggedData'
import { decodeRatings, type RatingsTable } from '#core/dataset/ratingsTable'
import type { EnvironmentSpec } from '#core/environment/params'
import type { DatasetFile, DatasetMeta } from '#core/jobContract'
import {
  readBanditLog,
  readImpressionLog,
  readInterleavingLog,
  readQueryLog,
} from '#db/duck/readLog'

/** A dataset in memory; at most one of the two. */
export interface Dataset {
  readonly ratings: RatingsTable | null
  readonly logged: LoggedData | null
}

/**
 * Reads what a spec names.
 * @param kind of the dataset, or of the world that reads it; generated worlds have none
 * @throws Error when the file is missing or damaged
 */
export async function datasetOf(
  dataset: DatasetFile | null,
  kind: DatasetMeta['kind'] | EnvironmentSpec['kind'],
): Promise<Dataset> {
  if (!dataset) return { ratings: null, logged: null }
  try {
    await access(dataset.path)
  } catch (cause) {
    const message = `the file of the dataset "${dataset.name}" is missing; delete it and import it again`
    throw new Error(message, { cause })
  }
  const { path } = dataset
  switch (kind) {
    case 'ratings':
      return { ratings: decodeRatings(await readFile(path)), logged: null }
    case 'impressions':
      return { ratings: null, logged: { kind, log: await readImpressionLog(path) } }
    case 'interleaving':
      return { ratings: null, logged: { kind, log: await readInterleavingLog(path) } }
    case 'bandit':
      return { ratings: null, logged: { kind, log: await readBanditLog(path) } }
    case 'queries':
      return { ratings: null, logged: { kind, log: await readQueryLog(path) } }
    default:
      return { ratings: null, logged: null }
  }
}
