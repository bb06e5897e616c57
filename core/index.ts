// The library's public face, for scripts: what is exported here keeps its name.
export { selectOps } from './compute/selectOps.ts'
export { parseRatings } from './dataset/parseRatings.ts'
export type { RatingsTable } from './dataset/ratingsTable.ts'
export { ExperimentSpec, type ExperimentSpecInput } from './experimentSpec.ts'
export { clickModels } from './clickModel/index.ts'
export { configuredInterleaver, interleavers } from './interleaver/index.ts'
export { mulberry32 } from './random/mulberry32.ts'
export { streams } from './random/philox.ts'
export { renderReport } from './report/index.ts'
export { pointMetrics } from './run/point.ts'
export { runExperiment, type RunInput, type RunStep } from './run/runExperiment.ts'
export type { RunSummary } from './run/summary.ts'
export { samples } from './samples/index.ts'
export { engines } from './stats/engine/index.ts'
export { verdictSentence } from './verdictSentence.ts'
export { datasetKindIds, datasetKinds, type DatasetKindId } from './dataset/kinds/index.ts'
export type {
  BanditMeta,
  DatasetMeta,
  ImpressionsMeta,
  InterleavingMeta,
  QueriesMeta,
  RatingsMeta,
  TimeSpan,
} from './dataset/datasetMeta.ts'
export type { BanditLog } from './dataset/kinds/bandit.ts'
export type { Category, Feature } from './dataset/kinds/feature.ts'
export type { ImpressionLog } from './dataset/kinds/impressions.ts'
export { readerOf, type InterleavingLog } from './dataset/kinds/interleaving.ts'
export type { QueryLog } from './dataset/kinds/queries.ts'
