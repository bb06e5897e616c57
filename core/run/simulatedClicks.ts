import { chanceOf } from '#core/random/chance'
import type { Rng } from '#core/random/rng'
import type { ClickSpec } from '#core/servingParams'
import { clickUsers, type ClickUsers } from './clickUsers.ts'

/** The users' clicks on lists of at most `capacity` slots; buffers are reused. */
export interface SimulatedClicks {
  /** P(click | looked at) by grade + 1 instead of the world's; null where the world's holds. */
  readonly attraction: Float64Array | null // [6], the first for an item without a grade
  /** Mean probability that a slot of a full list is looked at; of equal items where it depends. */
  readonly meanExamination: number
  /**
   * Takes a list of `length` slots.
   * @param attractionOf P(click | looked at) of a slot
   * @param gradeOf grade of the slot's item, −1 without one; needed where `attraction` is given
   * @returns expected clicks on the list, exact
   */
  begin(
    length: number,
    attractionOf: (slot: number) => number,
    gradeOf?: (slot: number) => number,
  ): number
  /** Draws the clicks on the list that was taken last; `out` is zero behind it. */
  draw(rng: Rng, out: Uint8Array): void
}

export function simulatedClicks(spec: ClickSpec, capacity: number): SimulatedClicks {
  const users = clickUsers(spec)
  return spec.kind === 'positionBased'
    ? independentClicks(users, capacity)
    : readingClicks(users, capacity)
}

/** Slots are looked at independently, so expected clicks are a sum of products. */
function independentClicks({ model, params }: ClickUsers, capacity: number): SimulatedClicks {
  const certain = { attraction: new Float64Array(capacity).fill(1), satisfaction: [] }
  const examination = model.marginals(certain, params)
  const attraction = new Float64Array(capacity)
  let length = 0
  return {
    attraction: null,
    meanExamination: total(examination) / capacity,
    begin(slots, attractionOf) {
      length = slots
      let expected = 0
      for (let slot = 0; slot < slots; slot++) {
        attraction[slot] = attractionOf(slot)
        expected += examination[slot]! * attraction[slot]!
      }
      return expected
    },
    draw(rng, out) {
      out.fill(0)
      const appeal = { attraction: attraction.subarray(0, length), satisfaction: [] }
      model.click(appeal, params, chanceOf(rng), out)
    },
  }
}

/** Attraction and grade of the items that stand for all others in `meanExamination`. */
const usual = { attraction: 0.4, grade: 2 } as const

/** Whether a slot is looked at depends on the clicks above it: the model knows its exact marginals. */
function readingClicks(users: ClickUsers, capacity: number): SimulatedClicks {
  const { model, params } = users
  const attraction = new Float64Array(capacity)
  const satisfaction = new Float64Array(capacity)
  let appeal = { attraction, satisfaction }
  const attracts = users.attraction?.[usual.grade + 1] ?? usual.attraction
  const equal = {
    attraction: new Float64Array(capacity).fill(attracts),
    satisfaction: new Float64Array(capacity).fill(users.satisfaction(usual.grade, attracts)),
  }
  return {
    attraction: users.attraction,
    meanExamination: total(model.marginals(equal, params)) / attracts / capacity,
    begin(slots, attractionOf, gradeOf = () => -1) {
      appeal = {
        attraction: attraction.subarray(0, slots),
        satisfaction: satisfaction.subarray(0, slots),
      }
      for (let slot = 0; slot < slots; slot++) {
        const attracted = attractionOf(slot)
        attraction[slot] = attracted
        satisfaction[slot] = users.satisfaction(gradeOf(slot), attracted)
      }
      return total(model.marginals(appeal, params))
    },
    draw(rng, out) {
      out.fill(0)
      model.click(appeal, params, chanceOf(rng), out)
    },
  }
}

function total(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
