import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { cancelSource } from '#core/rpc/cancel'
import type { Breakdown } from '#core/run/breakdown'
import { api } from '../api.ts'
import { reasonOf } from '../reasonOf.ts'
import { useRunPlace } from './useRunPage.ts'

/** What the stored impressions of the run on screen say; read again when its state changes. */
export function useBreakdown(): {
  readonly breakdown: ShallowRef<Breakdown | null>
  readonly error: ShallowRef<string | null>
  /** Of the impressions, while they are read. */
  readonly share: ShallowRef<number>
  readonly retry: () => void
} {
  const { detail, head } = useRunPlace()
  const breakdown = shallowRef<Breakdown | null>(null)
  const error = shallowRef<string | null>(null)
  const share = shallowRef(0)
  const attempt = shallowRef(0)
  let source = cancelSource()

  watch(
    [() => detail.value?.id, () => head.value?.state, attempt],
    async ([run, state], [before]) => {
      source.abort()
      const own = (source = cancelSource())
      if (run !== before) breakdown.value = null
      if (run === undefined || state === undefined) return
      share.value = 0
      error.value = null
      try {
        const stream = api.stream('runs.breakdown', { run }, { signal: own.cancel })
        for await (const events of stream) {
          if (own !== source) return
          for (const event of events) {
            if (event.type === 'progress') share.value = event.share
            else breakdown.value = event.breakdown
          }
        }
      } catch (reason) {
        if (own !== source) return
        error.value = reasonOf(reason)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => source.abort())
  const retry = () => {
    attempt.value++
  }
  return { breakdown, error, share, retry }
}
