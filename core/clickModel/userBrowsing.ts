import { z } from 'zod'
import { atRank, type ClickModel } from './clickModel.ts'

const UserBrowsingParams = z.object({
  gamma: z
    .array(z.array(z.number().min(0).max(1)).min(1))
    .min(1)
    .default([[1, 0.8, 0.65, 0.5, 0.4, 0.32, 0.25, 0.2, 0.16, 0.13]])
    .describe(
      'gamma[r][d]: probability that rank r + 1 is looked at when the last click was d + 1 ranks above, or, without one, when the list begins d + 1 ranks above; the last row and the last value of a row go on (the model: Dupret & Piwowarski, SIGIR 2008; the values: choice of this project)',
    ),
})
type UserBrowsingParams = z.infer<typeof UserBrowsingParams>

/** Whether a slot is looked at depends on its rank and on the distance to the click before it. */
export const userBrowsing: ClickModel<UserBrowsingParams> = {
  paper:
    'Dupret & Piwowarski, "A user browsing model to predict search engine click data", SIGIR 2008',
  params: UserBrowsingParams,
  click({ attraction }, params, chance, out) {
    let clicks = 0
    let last = -1
    for (let slot = 0; slot < attraction.length; slot++) {
      const clicked = chance.coin(examination(params, slot, last) * attraction[slot]!)
      out[slot] = clicked ? 1 : 0
      if (!clicked) continue
      clicks++
      last = slot
    }
    return clicks
  },
  marginals({ attraction }, params) {
    // law of the last clicked slot; index 0 stands for none
    const lastClick = new Float64Array(attraction.length + 1)
    lastClick[0] = 1
    return Float64Array.from(attraction, (a, slot) => {
      let p = 0
      for (let last = -1; last < slot; last++) {
        const click = lastClick[last + 1]! * examination(params, slot, last) * a
        lastClick[last + 1]! -= click
        p += click
      }
      lastClick[slot + 1] = p
      return p
    })
  },
}

/** @param last slot of the last click, -1 without one */
function examination({ gamma }: UserBrowsingParams, slot: number, last: number): number {
  return atRank(atRank(gamma, slot), slot - last - 1)
}
