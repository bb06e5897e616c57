import { cascade, type CascadeParams } from '#core/clickModel/cascade'
import { gradeTable, type GradePresetId } from '#core/clickModel/gradePresets'
import { chanceOf } from '#core/random/chance'
import type { Rng } from '#core/random/rng'
import type { Query } from './linearRanking.ts'

/**
 * Draws the clicks of one list.
 * @param clicked receives 1 or 0 for each slot of the list
 * @returns the number of clicks
 */
export type ClickingUser = (
  query: Query,
  list: ArrayLike<number>,
  rng: Rng,
  clicked: Uint8Array,
) => number

/**
 * A user of the cascade model that clicks and stops by relevance grade.
 * @param longest list
 */
export function clickingUser(
  preset: GradePresetId,
  stop: CascadeParams['stop'],
  grades: 2 | 3 | 5,
  longest: number,
): ClickingUser {
  const table = gradeTable(preset, grades)
  const attraction = new Float64Array(longest)
  const satisfaction = new Float64Array(longest)
  return ({ grade }, list, rng, clicked) => {
    for (let slot = 0; slot < list.length; slot++) {
      const own = grade[list[slot]!]!
      attraction[slot] = table.click[own]!
      satisfaction[slot] = table.stop[own]!
    }
    const appeal = { attraction: attraction.subarray(0, list.length), satisfaction }
    return cascade.click(appeal, { stop }, chanceOf(rng), clicked)
  }
}
