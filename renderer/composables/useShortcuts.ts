import { tryOnScopeDispose, useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import type { KeyActionId } from '#core/keyboard/keyActions'
import { onMenu } from '../api.ts'
import { places } from '../places.ts'
import { pressedKey } from '../pressedKey.ts'
import { useRuns } from '../stores/runs.ts'
import { useKeyMap } from './useKeyMap.ts'
import { isFree, useKeys } from './useKeys.ts'

/** Milliseconds in which a second key must follow the one for going somewhere. */
const CHORD = 1500

/** Places that have a key of their own after it, besides their digit. */
const placeKeys: Readonly<Partial<Record<string, KeyActionId>>> = {
  experiments: 'goExperiments',
  compare: 'goCompare',
  simulator: 'goSimulator',
  trees: 'goTrees',
}

/** Keys and menu commands that work on every screen. */
export function useShortcuts({
  showHelp,
  showPalette,
}: {
  readonly showHelp: () => void
  readonly showPalette: () => void
}): void {
  const router = useRouter()
  const runs = useRuns()
  const { keys } = useKeyMap()
  let goingSince = Number.NEGATIVE_INFINITY

  function goTo(isPlace: (place: (typeof places)[number]) => boolean): boolean {
    const place = places.find(isPlace)
    if (place) void router.push({ name: place.views[0].name })
    return place !== undefined
  }
  const runOnScreen = () => Number(router.currentRoute.value.params['id']) || null

  /** The run before or after the one on screen, on the same tab. */
  function stepRun(by: number) {
    const { name, query } = router.currentRoute.value
    const at = runs.rows.findIndex(({ id }) => id === runOnScreen())
    const next = runs.rows[at + by]
    if (at >= 0 && next && name) void router.push({ name, query, params: { id: next.id } })
  }

  // with a modifier: these work in text fields too
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.shiftKey) return
    if (!event.ctrlKey && !event.metaKey) return
    if (event.key.toLowerCase() === 'k') showPalette()
    // in a browser these belong to its tabs
    else if (!window.duelist || !goTo(({ digit }) => digit === event.key)) return
    event.preventDefault()
  })

  // the second key of a chord is taken before any action that the same key has alone
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.timeStamp - goingSince >= CHORD || !isFree(event)) return
    const key = pressedKey(event)
    if (key === null) return
    goingSince = Number.NEGATIVE_INFINITY
    const isGone = goTo(({ digit, name }) => {
      const id = placeKeys[name]
      return digit === key || (id !== undefined && keys.value[id] === key)
    })
    if (isGone) event.preventDefault()
  })
  useKeys({
    help: showHelp,
    goTo: (event) => (goingSince = event.timeStamp),
    newExperiment: () => void router.push({ name: 'setup' }),
    duplicate: () => {
      const from = runOnScreen()
      if (from) void router.push({ name: 'setup', query: { from } })
    },
    previousRun: () => stepRun(1),
    nextRun: () => stepRun(-1),
  })

  tryOnScopeDispose(
    onMenu((command) => {
      if (command === 'shortcuts.show') showHelp()
      else if (command === 'experiment.new') void router.push({ name: 'setup' })
      else if (command === 'settings.open') void router.push({ name: 'settings' })
    }),
  )
}
