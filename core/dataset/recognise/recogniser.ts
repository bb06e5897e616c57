import type { ImportPlan } from '../importPlan.ts'
import type { Sniffed, SourceFormat } from '../sniffed.ts'

/** Knows the files of one source by their head. */
export interface Recogniser {
  readonly title: string
  /** Files that belong beside it and hold the items or the groups; each may be absent. */
  readonly companions: (fileName: string) => readonly string[]
  /** How those are built, where their heads would not tell. */
  readonly companionFormat?: SourceFormat
  readonly recognise: (sniffed: Sniffed) => ImportPlan | null
}

export const none = (): readonly string[] => []
