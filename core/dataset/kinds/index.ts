import { bandit } from './bandit.ts'
import { impressions } from './impressions.ts'
import { interleaving } from './interleaving.ts'
import type { LogKind } from './logField.ts'
import { queries } from './queries.ts'
import { ratings } from './ratings.ts'

/** Kinds of dataset, by what one row of the file is. */
export const datasetKinds = {
  ratings,
  impressions,
  interleaving,
  bandit,
  queries,
} satisfies Record<string, LogKind>
export type DatasetKindId = keyof typeof datasetKinds
export const datasetKindIds = Object.keys(datasetKinds) as readonly DatasetKindId[]
