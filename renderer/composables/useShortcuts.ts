import { tryOnScopeDispose, useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { onMenu } from '../api.ts'
import { places } from '../places.ts'

/** Milliseconds in which a digit must follow G. */
const CHORD = 1500

/** A text field or an input method has the keys to itself. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  return (
    event.isComposing ||
    (target instanceof HTMLElement &&
      (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)))
  )
}

/** Keys and menu commands that work on every screen: G then a digit, N, ?. */
export function useShortcuts({ showHelp }: { readonly showHelp: () => void }): void {
  const router = useRouter()
  let pressedG = Number.NEGATIVE_INFINITY

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '?') {
      showHelp()
      return
    }
    const key = event.key.toLowerCase()
    if (key === 'g') {
      pressedG = event.timeStamp
      return
    }
    if (event.timeStamp - pressedG < CHORD) {
      const place = places.find(({ digit }) => digit === key)
      pressedG = Number.NEGATIVE_INFINITY
      if (place) void router.push({ name: place.views[0].name })
      return
    }
    if (key === 'n') void router.push({ name: 'setup' })
  })

  tryOnScopeDispose(
    onMenu((command) => {
      if (command === 'shortcuts.show') showHelp()
      else if (command === 'experiment.new') void router.push({ name: 'setup' })
      else if (command === 'settings.open') void router.push({ name: 'settings' })
    }),
  )
}
