import type { NewsParams } from './newsParams.ts'

/** The offset c and the click rate of random lists that it gives. */
export interface Calibration {
  readonly offset: number
  readonly ctr: number // clicks per item
}

/** Where a calibration takes its lists from. */
export interface CalibrationLists {
  readonly samples: number
  readonly listLength: number
  readonly expectedClicks: (length: number, attractionOf: (slot: number) => number) => number
  /** Logits without c of a random list. */
  readonly sample: (index: number) => Float64Array
}

const halvings = 60

/** Finds c by bisection, so that random lists reach `targetCtr`; `offset` stands if that is 0. */
export function calibrate(
  { targetCtr, offset }: NewsParams,
  { samples, listLength, expectedClicks, sample }: CalibrationLists,
): Calibration {
  const lists = Array.from({ length: samples }, (_, i) => sample(i))
  const ctr = (c: number): number => {
    let clicks = 0
    for (const logits of lists) {
      clicks += expectedClicks(logits.length, (slot) => 1 / (1 + Math.exp(c - logits[slot]!)))
    }
    return clicks / (samples * listLength)
  }
  if (targetCtr === 0) return { offset, ctr: ctr(offset) }
  let [low, high] = [-30, 30]
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2
    if (ctr(middle) > targetCtr) low = middle
    else high = middle
  }
  return { offset: high, ctr: ctr(high) }
}
