import { kmeansSplit } from './kmeansSplit.ts'
import { pcaSplit } from './pcaSplit.ts'
import { randomSplit } from './randomSplit.ts'
import type { Split } from './split.ts'

export const splits = {
  pca: pcaSplit,
  kmeans: kmeansSplit,
  random: randomSplit,
} as const satisfies Record<string, Split>
export type SplitId = keyof typeof splits
export const splitIds = Object.keys(splits) as [SplitId, ...SplitId[]]
