import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { KeyActionId } from '#core/keyboard/keyActions'
import { isCharacter, keyMapOf, type KeyMap } from '#core/keyboard/keyMap'
import { useApp } from '../stores/app.ts'
import { pressedKey } from '../pressedKey.ts'

/** The key of every action as the workspace has it, and how keys are printed. */
export function useKeyMap(): {
  readonly keys: ComputedRef<KeyMap>
  /** The key that an event is, null when single characters are switched off. */
  readonly pressed: (event: KeyboardEvent) => string | null
  /** As it stands on a keyboard: `N`, `Space`, `Alt N`. */
  readonly printed: (key: string) => string
  /** The key of an action, printed; empty when nothing would happen. */
  readonly hint: (id: KeyActionId) => string
} {
  const app = useApp()
  const { t } = useI18n()
  const keys = computed(() => keyMapOf(app.settings?.keys ?? {}))
  const isOff = (key: string) => app.settings?.singleKeys === false && isCharacter(key)

  function printed(key: string): string {
    const isWithAlt = key.startsWith('alt+')
    const bare = isWithAlt ? key.slice('alt+'.length) : key
    const word = bare === ' ' ? t('shortcuts.keys.space') : bare.toUpperCase()
    return isWithAlt ? `${t('shortcuts.keys.alt')} ${word}` : word
  }
  return {
    keys,
    pressed: (event) => {
      const key = pressedKey(event)
      return key === null || isOff(key) ? null : key
    },
    printed,
    hint: (id) => {
      const key = keys.value[id]
      return key === null || isOff(key) ? '' : printed(key)
    },
  }
}
