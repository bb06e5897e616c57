import { useEventListener } from '@vueuse/core'
import { useApp } from '../stores/app.ts'

/** A text field or an input method has the keys to itself. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  return (
    event.isComposing ||
    (target instanceof HTMLElement &&
      (target.isContentEditable ||
        (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
          !/^(checkbox|radio|button)$/.test(target.getAttribute('type') ?? ''))))
  )
}

/**
 * Single keys while the calling component lives: inert in text fields, while an input method
 * composes, with a modifier, under a dialog, and when they are switched off in the settings.
 * @param keys by `KeyboardEvent.key` in lower case
 */
export function useKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const app = useApp()
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('[aria-modal="true"]')) return
    // Escape and the arrows are no characters, which is what can be switched off
    if (app.settings?.singleKeys === false && event.key.length === 1) return
    keys[event.key.toLowerCase()]?.(event)
  })
}
