import type { Episodes } from '#core/episode/episodicWorld'
import type { Blocked } from './itemIndex.ts'

/** The items that the rows of running episodes may not be given. */
export const blockedOf = ({ blocked, blockedCount, rows }: Episodes): Blocked => ({
  items: blocked,
  count: blockedCount,
  width: blocked.length / rows,
})
