import { shallowRef, watch, type ShallowRef } from 'vue'
import type { Breakdown } from '#core/run/breakdown'
import { api } from '../api.ts'
import { useRunPlace } from './useRunPage.ts'

/** What the stored impressions of the run on screen say; read again when its state changes. */
export function useBreakdown(): {
  readonly breakdown: ShallowRef<Breakdown | null>
  readonly error: ShallowRef<string | null>
} {
  const { detail, head } = useRunPlace()
  const breakdown = shallowRef<Breakdown | null>(null)
  const error = shallowRef<string | null>(null)
  watch(
    [() => detail.value?.id, () => head.value?.state],
    async ([run, state], [before]) => {
      if (run !== before) breakdown.value = null
      if (run === undefined || state === undefined) return
      try {
        const answer = await api.call('runs.breakdown', { run })
        if (run === detail.value?.id) breakdown.value = answer
        error.value = null
      } catch (reason) {
        error.value = reason instanceof Error ? reason.message : String(reason)
      }
    },
    { immediate: true },
  )
  return { breakdown, error }
}
