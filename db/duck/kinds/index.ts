import type { DatasetKindId } from '#core/dataset/kinds/index'
import type { LogBuilder } from '../logBuilder.ts'
import { bandit } from './bandit.ts'
import { impressions } from './impressions.ts'
import { interleaving } from './interleaving.ts'
import { queries } from './queries.ts'

export const logBuilders = {
  interleaving,
  impressions,
  bandit,
  queries,
} satisfies Record<Exclude<DatasetKindId, 'ratings'>, LogBuilder>
