import { useEventListener, useMutationObserver } from '@vueuse/core'
import type { Ref } from 'vue'

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]'

/**
 * When what has the focus goes from the page (a row that is deleted, a form that is sent), the focus goes to the
 * control that came after it, else to the one before, instead of to the beginning of the document.
 */
export function useFocusKeeper(root: Readonly<Ref<HTMLElement | null>>): void {
  /** Every control of the page when the last of them got the focus, and which one that was. */
  let controls: readonly HTMLElement[] = []
  let at = -1
  let isAsked = false

  const canTake = (control: HTMLElement | undefined): control is HTMLElement =>
    control !== undefined && control.isConnected && control.getClientRects().length > 0

  useEventListener(root, 'focusin', ({ target }) => {
    controls = [...(root.value?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])]
    at = controls.findIndex((control) => control === target)
  })
  // left on purpose, as by a click beside everything
  useEventListener(root, 'focusout', ({ target }) => {
    setTimeout(() => {
      if (controls[at] === target && canTake(controls[at])) at = -1
    })
  })
  useMutationObserver(
    root,
    () => {
      if (isAsked || at < 0 || controls[at]?.isConnected) return
      isAsked = true
      // after whoever has removed it, who may know a better place
      setTimeout(() => {
        isAsked = false
        if (at < 0 || controls[at]?.isConnected) return
        const next = [...controls.slice(at + 1), ...controls.slice(0, at).reverse()].find(canTake)
        controls = [] // of a page that is gone, perhaps
        at = -1
        if (document.activeElement !== document.body) return
        ;(next ?? root.value)?.focus({ preventScroll: true })
      })
    },
    { childList: true, subtree: true },
  )
}
