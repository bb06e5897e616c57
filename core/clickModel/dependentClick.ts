import { z } from 'zod'
import { atRank, type ClickModel } from './clickModel.ts'

const DependentClickParams = z.object({
  lambda: z
    .array(z.number().min(0).max(1))
    .min(1)
    .default([0.8])
    .describe(
      'probability to read on after a click at rank 1, 2, …; the last value holds for all further ranks (the model: Guo, Liu & Wang, WSDM 2009; the value: choice of this project)',
    ),
})

/** A cascade in which whether the user reads on after a click depends on the rank alone. */
export const dependentClick: ClickModel<z.infer<typeof DependentClickParams>> = {
  paper: 'Guo, Liu & Wang, "Efficient multiple-click models in web search", WSDM 2009',
  params: DependentClickParams,
  click({ attraction }, { lambda }, chance, out) {
    let clicks = 0
    let reading = true
    for (let slot = 0; slot < attraction.length; slot++) {
      const clicked = reading && chance.coin(attraction[slot]!)
      out[slot] = clicked ? 1 : 0
      if (!clicked) continue
      clicks++
      reading = chance.coin(atRank(lambda, slot))
    }
    return clicks
  },
  marginals({ attraction }, { lambda }) {
    let reached = 1
    return Float64Array.from(attraction, (a, slot) => {
      const p = reached * a
      reached *= 1 - a * (1 - atRank(lambda, slot))
      return p
    })
  },
}
