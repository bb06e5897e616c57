import { cascade, type CascadeParams } from '#core/clickModel/cascade'
import { gradeTable, type GradePresetId } from '#core/clickModel/gradePresets'
import { chanceOf } from '#core/random/chance'
import type { Rng } from '#core/random/rng'
import type { Query } from './linearRanking.ts'

/** Draws the clicks of one list. @returns clicked positions, ascending */
export type ClickingUser = (query: Query, list: readonly number[], rng: Rng) => number[]

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
  const out = new Uint8Array(longest)
  return ({ log, from }, list, rng) => {
    list.forEach((document, slot) => {
      const grade = log.grade[from + document]!
      attraction[slot] = table.click[grade]!
      satisfaction[slot] = table.stop[grade]!
    })
    const appeal = { attraction: attraction.subarray(0, list.length), satisfaction }
    cascade.click(appeal, { stop }, chanceOf(rng), out)
    return [...list.keys()].filter((slot) => out[slot] === 1)
  }
}
