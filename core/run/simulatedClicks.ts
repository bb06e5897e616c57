import { clickModels } from '#core/clickModel/index'
import { chanceOf } from '#core/random/chance'
import type { Rng } from '#core/random/rng'
import type { ClickSpec } from '#core/servingParams'

/** The users' clicks on lists of at most `capacity` slots; buffers are reused. */
export interface SimulatedClicks {
  /** Mean probability that a slot of a full list is looked at. */
  readonly meanExamination: number
  /**
   * Takes a list of `length` slots.
   * @param attractionOf P(click | looked at) of a slot
   * @returns expected clicks on the list
   */
  begin(length: number, attractionOf: (slot: number) => number): number
  /** Draws the clicks on the list that was taken last; `out` is zero behind it. */
  draw(rng: Rng, out: Uint8Array): void
}

/** Position-based clicks: slots are independent, so expected clicks are a sum of products. */
export function simulatedClicks(spec: ClickSpec, capacity: number): SimulatedClicks {
  const model = clickModels[spec.kind]
  const params = model.params.parse({ eta: spec.eta })
  const certain = { attraction: new Float64Array(capacity).fill(1), satisfaction: [] }
  const examination = model.marginals(certain, params)
  const attraction = new Float64Array(capacity)
  let length = 0
  return {
    meanExamination: examination.reduce((sum, p) => sum + p, 0) / capacity,
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
