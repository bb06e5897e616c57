import { shallowRef, type ShallowRef } from 'vue'
import type { ChartTable } from '../charts/chart.ts'

export interface DataCursor {
  /** Row that is looked at; null when none is. */
  readonly row: ShallowRef<number | null>
  /** Column that ↑ and ↓ have chosen; null: every column is told. */
  readonly series: ShallowRef<number | null>
  readonly onKey: (event: KeyboardEvent) => void
  readonly onBlur: () => void
  readonly reset: () => void
}

/**
 * A cursor over the rows of a chart's table: ←/→ step, ↑/↓ choose the series, Home and End go to the
 * ends, Enter opens the point, Escape lets go. It comes back where it was left.
 */
export function useDataCursor(
  table: () => ChartTable,
  on: { readonly move: () => void; readonly open: (row: number) => void },
): DataCursor {
  const row = shallowRef<number | null>(null)
  const series = shallowRef<number | null>(null)
  let left: number | null = null

  function moveTo(wanted: number): void {
    const last = table().rows.length - 1
    if (last < 0) return
    row.value = Math.max(0, Math.min(last, wanted))
    on.move()
  }

  function moveSeries(step: 1 | -1): void {
    const last = table().columns.length - 1
    if (last < 1) return
    const from = series.value ?? (step > 0 ? 0 : last + 1)
    series.value = Math.max(1, Math.min(last, from + step))
    moveTo(row.value ?? left ?? table().rows.length - 1)
  }

  function reset(): void {
    row.value = null
    left = null
    series.value = null
  }

  function onKey(event: KeyboardEvent): void {
    const { length } = table().rows
    const at = row.value ?? left ?? length
    switch (event.key) {
      case 'ArrowLeft':
        moveTo(at - 1)
        break
      case 'ArrowRight':
        moveTo(at + 1)
        break
      case 'Home':
        moveTo(0)
        break
      case 'End':
        moveTo(length - 1)
        break
      case 'ArrowDown':
        moveSeries(1)
        break
      case 'ArrowUp':
        moveSeries(-1)
        break
      case 'Enter':
        if (row.value === null) return
        on.open(row.value)
        break
      case 'Escape':
        if (row.value === null) return
        reset()
        event.stopPropagation() // one layer at a time
        return
      default:
        return
    }
    event.preventDefault()
  }

  function onBlur(): void {
    left = row.value ?? left
    row.value = null
  }

  return { row, series, onKey, onBlur, reset }
}
