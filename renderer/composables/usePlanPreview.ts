import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { PlanPreview } from '#core/preview/planPreview'
import { cancelSource, type CancelSource } from '#core/rpc/cancel'
import { api } from '../api.ts'

/** An answer that takes longer, in milliseconds, waits for its world: a newer question is asked at once. */
const SLOW = 300

export interface LivePreview {
  /** The last one that there was. */
  readonly preview: ShallowRef<PlanPreview | null>
  /** The draft has moved on from `preview`. */
  readonly isStale: ShallowRef<boolean>
  /** A world is being built. */
  readonly isBuilding: ShallowRef<boolean>
  /** Why there is none, in the host's words or as a reason. */
  readonly trouble: ShallowRef<{ readonly reason: 'logged' } | { readonly message: string } | null>
}

/**
 * The preview of a draft as it changes. One question is on its way at a time, and the newest waits: while
 * a slider moves every answer is shown, none of them late.
 */
export function usePlanPreview(draft: () => unknown): LivePreview {
  const preview = shallowRef<PlanPreview | null>(null)
  const isStale = shallowRef(false)
  const isBuilding = shallowRef(false)
  const trouble: LivePreview['trouble'] = shallowRef(null)
  let asked: CancelSource | null = null
  let next: unknown = null

  async function ask(spec: unknown): Promise<void> {
    const mine = cancelSource()
    asked = mine
    next = null
    const timer = window.setTimeout(() => {
      isBuilding.value = true
      if (next !== null) mine.abort()
    }, SLOW)
    try {
      const answer = await api.call('spec.preview', { spec }, { signal: mine.cancel })
      if (answer.preview) preview.value = answer.preview
      if (answer.reason === 'logged') preview.value = null
      trouble.value = answer.reason === 'logged' ? { reason: 'logged' } : null
      isStale.value = answer.reason === 'invalid' || next !== null
    } catch (error) {
      if (!mine.cancel.aborted) {
        trouble.value = { message: error instanceof Error ? error.message : String(error) }
      }
    }
    window.clearTimeout(timer)
    asked = null
    if (next !== null) void ask(next)
    else isBuilding.value = false
  }

  watch(
    draft,
    (spec) => {
      isStale.value = preview.value !== null
      if (!asked) {
        void ask(spec)
        return
      }
      next = spec
      if (isBuilding.value) asked.abort()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    next = null
    asked?.abort()
  })
  return { preview, isStale, isBuilding, trouble }
}
