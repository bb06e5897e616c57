import { initial } from './0001-initial.ts'
import { calibrations } from './0002-calibrations.ts'
import { studies } from './0003-studies.ts'
import { models } from './0004-models.ts'
import { datasetKinds } from './0005-dataset-kinds.ts'
import { marks } from './0006-marks.ts'
import { networks } from './0007-networks.ts'
import { reports } from './0009-reports.ts'
import { learners } from './0011-learners.ts'
import { results } from './0012-results.ts'

/** One forward step of the file format; never edited after a release. */
export interface Migration {
  readonly sql: string
}

/** In order: step n brings a file from version n − 1 to n. */
export const migrations: readonly Migration[] = [
  initial,
  calibrations,
  studies,
  models,
  datasetKinds,
  marks,
  networks,
  reports,
  learners,
  results,
]
