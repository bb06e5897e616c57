import { z } from 'zod'
import { atRank, type ClickModel } from './clickModel.ts'

export const PositionBasedParams = z.object({
  theta: z
    .array(z.number().min(0).max(1))
    .min(1)
    .default([0.68, 0.61, 0.48, 0.34, 0.28, 0.2, 0.11, 0.1, 0.08, 0.06])
    .describe(
      'probability that rank 1, 2, … is looked at; the last value holds for all further ranks (default: ULTRA, from eye tracking of Joachims et al., SIGIR 2005)',
    ),
  eta: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('severity of the position bias: examination is theta^eta (ULTRA)'),
})
export type PositionBasedParams = z.infer<typeof PositionBasedParams>

/** Slots are looked at independently: P(click at rank r) = θ_r^η · attraction. */
export const positionBased: ClickModel<PositionBasedParams> = {
  paper: 'Richardson, Dominowska & Ragno, WWW 2007; Craswell et al., WSDM 2008',
  params: PositionBasedParams,
  click({ attraction }, params, chance, out) {
    let clicks = 0
    for (let slot = 0; slot < attraction.length; slot++) {
      const clicked = chance.coin(examination(params, slot) * attraction[slot]!) ? 1 : 0
      out[slot] = clicked
      clicks += clicked
    }
    return clicks
  },
  marginals({ attraction }, params) {
    return Float64Array.from(attraction, (a, slot) => examination(params, slot) * a)
  },
}

function examination({ theta, eta }: PositionBasedParams, slot: number): number {
  const value = atRank(theta, slot)
  return eta === 1 ? value : value ** eta
}
