import { z } from 'zod'
import type { ClickModel } from './clickModel.ts'

export const CascadeParams = z.object({
  stop: z
    .enum(['after_click', 'every_rank'])
    .default('after_click')
    .describe(
      'when the stop coin is tossed: after_click as in the papers, lerot and OLTR; every_rank, clicked or not, as in HarrieO/OnlineLearningToRank and mpkato/interleaving. The same parameters give different clicks',
    ),
})
export type CascadeParams = z.infer<typeof CascadeParams>

/**
 * The user reads from the top, clicks with the slot's attraction and stops with its satisfaction.
 * Per slot looked at one draw for the click, then one for the stop where the convention asks.
 */
export const cascade: ClickModel<CascadeParams> = {
  paper: 'Craswell et al., WSDM 2008; with stop probabilities by grade Guo, Liu & Wang, WSDM 2009',
  params: CascadeParams,
  click({ attraction, satisfaction }, { stop }, chance, out) {
    let clicks = 0
    let reading = true
    for (let slot = 0; slot < attraction.length; slot++) {
      const clicked = reading && chance.coin(attraction[slot]!)
      out[slot] = clicked ? 1 : 0
      if (clicked) clicks++
      if (reading && (clicked || stop === 'every_rank')) reading = !chance.coin(satisfaction[slot]!)
    }
    return clicks
  },
  marginals({ attraction, satisfaction }, { stop }) {
    let reached = 1
    return Float64Array.from(attraction, (a, slot) => {
      const p = reached * a
      reached *= 1 - satisfaction[slot]! * (stop === 'every_rank' ? 1 : a)
      return p
    })
  },
}
