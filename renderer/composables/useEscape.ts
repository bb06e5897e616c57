import { useEventListener } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'

/** What is open, the last opened last. */
const layers: symbol[] = []

/**
 * Escape closes what was opened last, and nothing that lies under it. A dialog keeps the key for itself.
 * @param close takes the focus back to what opened it
 */
export function useEscape(isOpen: () => boolean, close: () => void): void {
  const own = Symbol('layer')
  function leave() {
    const at = layers.indexOf(own)
    if (at >= 0) layers.splice(at, 1)
  }
  watch(isOpen, (now) => (now ? layers.push(own) : leave()), { immediate: true, flush: 'sync' })
  onScopeDispose(leave)
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || layers.at(-1) !== own) return
      if (document.querySelector('[aria-modal="true"]')) return
      event.preventDefault()
      event.stopImmediatePropagation()
      close()
    },
    { capture: true },
  )
}
