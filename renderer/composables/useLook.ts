import { computed, type ComputedRef } from 'vue'
import type { UpdateEvent } from '#core/run/batch'
import type { RunSummary } from '#core/run/summary'
import { cutCurve, rewoundSummary } from '../rewind.ts'
import type { Curve } from '../stores/curve.ts'
import { useQuery } from './useQuery.ts'
import { useRunPlace } from './useRunPage.ts'

/** One look at a run: now, or as it stood at an earlier point, `?at=` impressions. */
export interface Look {
  /** Whether there are earlier looks that can be told. */
  readonly canRewind: ComputedRef<boolean>
  readonly isPast: ComputedRef<boolean>
  readonly row: ComputedRef<number>
  readonly rows: ComputedRef<number>
  readonly impressions: ComputedRef<number>
  readonly curve: ComputedRef<Curve>
  readonly summary: ComputedRef<RunSummary | null>
  readonly updates: ComputedRef<readonly UpdateEvent[]>
  readonly moveTo: (row: number) => void
}

/** @param latest the summary of the last stored point */
export function useLook(latest: () => RunSummary | null): Look {
  const { detail, curve, updates } = useRunPlace()
  const at = useQuery('at')
  const rows = computed(() => curve.value.rows)
  const row = computed(() => {
    if (at.value === '') return rows.value - 1
    const wanted = Number(at.value)
    return Math.max(
      0,
      curve.value.column('impressions').findLastIndex((n) => n <= wanted),
    )
  })
  const canRewind = computed(() => latest() !== null)
  const isPast = computed(() => canRewind.value && rows.value > 0 && row.value < rows.value - 1)
  const impressions = computed(() => {
    const value = rows.value > 0 ? curve.value.at(row.value, 'impressions') : 0
    return Number.isFinite(value) ? value : 0
  })
  return {
    canRewind,
    isPast,
    row,
    rows,
    impressions,
    curve: computed(() => (isPast.value ? cutCurve(curve.value, row.value + 1) : curve.value)),
    summary: computed(() => {
      const summary = latest()
      const equivalence = detail.value?.spec.analysis.equivalence ?? 0
      return summary && isPast.value
        ? rewoundSummary(summary, curve.value, row.value, equivalence)
        : summary
    }),
    updates: computed(() =>
      isPast.value
        ? updates.value.filter(({ impression }) => impression <= impressions.value)
        : updates.value,
    ),
    moveTo(to) {
      const last = rows.value - 1
      const target = Math.max(0, Math.min(last, to))
      at.value = target >= last ? '' : String(curve.value.at(target, 'impressions'))
    },
  }
}
