import { useEventListener } from '@vueuse/core'
import type { KeyActionId } from '#core/keyboard/keyActions'
import { useKeyMap } from './useKeyMap.ts'

type Handler = (event: KeyboardEvent) => void

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

/** Whether the page may take a key at all: not while somebody types, nor under a dialog, nor from the browser. */
export const isFree = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !isTyping(event) &&
  !event.ctrlKey &&
  !event.metaKey &&
  document.querySelector('[aria-modal="true"]') === null

/**
 * Actions that have a key, while the calling component lives: inert in text fields, while an input method
 * composes, under a dialog, and single characters also when they are switched off in the settings.
 */
export function useKeys(actions: { readonly [K in KeyActionId]?: Handler }): void {
  const { keys, pressed } = useKeyMap()
  const ids = Object.keys(actions) as KeyActionId[]
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!isFree(event)) return
    const key = pressed(event)
    const id = key === null ? undefined : ids.find((one) => keys.value[one] === key)
    if (id) actions[id]?.(event)
  })
}

/** Keys that are no characters and always mean the same: `escape`, `enter`, the arrows. */
export function useFixedKeys(handlers: Readonly<Record<string, Handler>>): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (isFree(event) && !event.altKey) handlers[event.key.toLowerCase()]?.(event)
  })
}
