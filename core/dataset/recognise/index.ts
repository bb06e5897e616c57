import type { ImportPlan } from '../importPlan.ts'
import type { Sniffed } from '../sniffed.ts'
import { banditLog } from './banditLog.ts'
import { gradedTable } from './gradedTable.ts'
import { impressionLog } from './impressionLog.ts'
import { interleavingLog } from './interleavingLog.ts'
import { letor } from './letor.ts'
import { mind } from './mind.ts'
import { movieLens } from './movieLens.ts'
import { openBandit } from './openBandit.ts'
import type { Recogniser } from './recogniser.ts'

/** In the order in which they are asked: what needs more columns goes first. */
export const recognisers = {
  mind,
  openBandit,
  letor,
  interleavingLog,
  impressionLog,
  banditLog,
  gradedTable,
  movieLens,
} satisfies Record<string, Recogniser>
export type RecogniserId = keyof typeof recognisers

/** The first that knows the file; null when its columns have to be mapped by hand. */
export function recognise(
  sniffed: Sniffed,
): { readonly id: RecogniserId; readonly plan: ImportPlan } | null {
  for (const [id, { recognise }] of Object.entries(recognisers)) {
    const plan = recognise(sniffed)
    if (plan) return { id: id as RecogniserId, plan }
  }
  return null
}
