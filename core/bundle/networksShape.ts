import { z } from 'zod'
import { deltaBins } from '../run/networkRecord.ts'

const count = z.int().min(0)
const maybe = z.number().nullable()
const items = z.instanceof(Int32Array)
const scores = z.instanceof(Float32Array)
const ranks = z.instanceof(Uint8Array)

const layer = z.object({
  name: z.string(),
  size: count,
  norm: z.number(),
  deltaNorm: z.number(),
  largest: z.number(),
  zeros: z.number().min(0).max(1),
  bins: z.instanceof(Uint32Array).refine(({ length }) => length === deltaBins, {
    message: `expected ${deltaBins} bins`,
  }),
})

const probe = z
  .object({
    user: count,
    candidates: count,
    items,
    scoreA: scores,
    scoreB: scores,
    rankA: ranks,
    rankB: ranks,
    overlap: z.number(),
    rbo: maybe,
    tau: maybe,
  })
  .refine(
    ({ items: { length }, ...of }) =>
      [of.scoreA, of.scoreB, of.rankA, of.rankB].every((column) => column.length === length),
    { message: 'scores and ranks are not as many as the items' },
  )

const cost = z.object({ value: maybe, low: maybe, high: maybe, n: count })

/** What a bundle's records of the networks must look like; see `StepRecords`. */
export const StepRecordsShape = z.array(
  z.object({
    step: count,
    record: z.object({
      impression: count,
      layers: z.array(layer),
      probes: z.array(probe),
      cost,
    }),
  }),
)
