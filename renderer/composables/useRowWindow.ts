import { useElementSize, useScroll } from '@vueuse/core'
import { computed, type ShallowRef } from 'vue'

/** Rows kept in the document beyond the visible ones, so that a wheel's notch shows no gap. */
const SPARE = 8

/**
 * Which rows of a long table are in sight. The table stays a real one: the rows left out are two
 * spacers of the same height.
 * @param box what scrolls, with the table in it
 * @param count number of rows
 * @param row height of a row, px
 * @param head height of the head that stays in sight, px
 */
export function useRowWindow(
  box: Readonly<ShallowRef<HTMLElement | null>>,
  count: () => number,
  { row, head }: { readonly row: number; readonly head: number },
) {
  const { y } = useScroll(box)
  const { height } = useElementSize(box)
  const from = computed(() =>
    Math.min(count(), Math.max(0, Math.floor((y.value - head) / row) - SPARE)),
  )
  const to = computed(() =>
    Math.min(count(), from.value + Math.ceil(height.value / row) + 2 * SPARE),
  )
  /** Scrolls so that a row is in sight, where it is not. */
  function reveal(index: number): void {
    const top = index * row
    if (top < y.value || top > y.value + height.value - head - row) y.value = Math.max(0, top - row)
  }
  return { from, to, reveal }
}
