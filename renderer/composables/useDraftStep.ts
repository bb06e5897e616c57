import { computed, type ComputedRef } from 'vue'
import { useFixedKeys } from './useKeys.ts'
import { useQuery } from './useQuery.ts'

/**
 * How far the draft of a list is shown: slots so far, in the address. ← and → step it; the end is `all`,
 * which fits the next list too.
 * @param length slots of the list
 */
export function useDraftStep(length: () => number): {
  readonly step: ComputedRef<number>
  readonly isWhole: ComputedRef<boolean>
  readonly stepTo: (to: number) => void
} {
  const query = useQuery('step', 'all')
  const isWhole = computed(() => query.value === 'all')
  const step = computed(() =>
    isWhole.value ? length() : Math.max(0, Math.min(length(), Number(query.value) || 0)),
  )
  const stepTo = (to: number) => {
    query.value = to >= length() ? 'all' : String(Math.max(0, to))
  }
  const by = (change: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault()
    stepTo(step.value + change)
  }
  useFixedKeys({ arrowleft: by(-1), arrowright: by(1) })
  return { step, isWhole, stepTo }
}
