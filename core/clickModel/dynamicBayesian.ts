import { z } from 'zod'
import type { ClickModel } from './clickModel.ts'

const DynamicBayesianParams = z.object({
  gamma: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe(
      'probability that a user who is not satisfied reads the next slot (Chapelle & Zhang, WWW 2009)',
    ),
})

/**
 * A click may satisfy, which ends the session; whoever is not satisfied reads on with probability γ.
 * Per slot looked at: one draw for the click, one for satisfaction after a click, one for reading on.
 */
export const dynamicBayesian: ClickModel<z.infer<typeof DynamicBayesianParams>> = {
  paper: 'Chapelle & Zhang, "A dynamic Bayesian network click model", WWW 2009',
  params: DynamicBayesianParams,
  click({ attraction, satisfaction }, { gamma }, chance, out) {
    let clicks = 0
    let reading = true
    for (let slot = 0; slot < attraction.length; slot++) {
      const clicked: boolean = reading && chance.coin(attraction[slot]!)
      out[slot] = clicked ? 1 : 0
      if (clicked) clicks++
      if (!reading) continue
      const satisfied: boolean = clicked && chance.coin(satisfaction[slot]!)
      reading = !satisfied && chance.coin(gamma)
    }
    return clicks
  },
  marginals({ attraction, satisfaction }, { gamma }) {
    let reached = 1
    return Float64Array.from(attraction, (a, slot) => {
      const p = reached * a
      reached *= gamma * (1 - a * satisfaction[slot]!)
      return p
    })
  },
}
