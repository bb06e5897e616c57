import { computed, type ComputedRef } from 'vue'
import { useRunPlace } from './useRunPage.ts'

/** Whether a failed check withholds the verdict of the run on screen: then nothing of it may name a side. */
export function useWithheld(): ComputedRef<boolean> {
  const { head } = useRunPlace()
  return computed(() => head.value?.summary?.verdict.state === 'invalid')
}
