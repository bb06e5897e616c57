import type { ExperimentSpec } from '#core/experimentSpec'
import { exposure } from '#core/metric/exposure'

/** How the exposure of some lists is spread over items. */
export interface ExposureFigures {
  readonly items: number // shown at least once
  readonly effective: number // exp of the entropy
  readonly gini: number // over the items that some list held
  readonly top1: number // share of exposures
  readonly top10: number
  readonly most: readonly { readonly item: number; readonly share: number }[]
  /** Cumulated shares of exposure of the items above, least shown first, at equal steps from 0 to 1. */
  readonly lorenz: readonly number[] // [lorenzSteps + 1]
}

const lorenzSteps = 40
const listed = 10

/**
 * Impressions of a window of exposure: some twenty windows in a run, so that a trend shows. Effective
 * items grow with the window, so that figures are only compared over windows of one size.
 */
export function exposureWindow({ users, impressionsPerUser }: ExperimentSpec['traffic']): number {
  return Math.max(100, Math.min(2000, Math.ceil((users * impressionsPerUser) / 20)))
}

/** @param counts times that each item was shown */
export function exposureFigures(counts: ReadonlyMap<number, number>): ExposureFigures {
  const falling = [...counts].sort(([, one], [, other]) => other - one)
  const total = falling.reduce((sum, [, n]) => sum + n, 0)
  const { gini, effectiveItems, lorenz } = exposure(falling.map(([, n]) => n))
  const share = (n: number) =>
    total > 0 ? falling.slice(0, n).reduce((sum, [, times]) => sum + times, 0) / total : 0
  return {
    items: falling.length,
    effective: effectiveItems,
    gini,
    top1: share(1),
    top10: share(10),
    most: falling.slice(0, listed).map(([item, n]) => ({ item, share: n / total })),
    lorenz: Array.from({ length: lorenzSteps + 1 }, (_, step) => {
      const place = (step / lorenzSteps) * (lorenz.length - 1)
      const low = Math.floor(place)
      const from = lorenz[low] ?? 0
      return from + (place - low) * ((lorenz[low + 1] ?? from) - from)
    }),
  }
}

/** Adds the items of some lists; −1 is padding. */
export function countItems(into: Map<number, number>, items: Int32Array): void {
  for (const item of items) if (item >= 0) into.set(item, (into.get(item) ?? 0) + 1)
}
