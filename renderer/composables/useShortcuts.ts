import { tryOnScopeDispose, useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { onMenu } from '../api.ts'
import { places } from '../places.ts'
import { useRuns } from '../stores/runs.ts'
import { useKeys } from './useKeys.ts'

/** Milliseconds in which a second key must follow G. */
const CHORD = 1500

/** Places that a letter reaches after G as well as their digit. */
const letters: Readonly<Record<string, string>> = {
  e: 'experiments',
  c: 'compare',
  s: 'simulator',
  t: 'trees',
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
  let pressedG = Number.NEGATIVE_INFINITY

  function goTo(key: string): boolean {
    const place = places.find(({ digit, name }) => digit === key || letters[key] === name)
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
    else if (!(window.duelist && /^[1-9]$/.test(event.key) && goTo(event.key))) return
    event.preventDefault()
  })

  const chord = (event: KeyboardEvent): boolean => {
    if (event.timeStamp - pressedG >= CHORD) return false
    pressedG = Number.NEGATIVE_INFINITY
    if (!goTo(event.key.toLowerCase())) return false
    event.preventDefault()
    return true
  }
  const digits = Object.fromEntries('1234567890'.split('').map((key) => [key, chord]))
  const chords = Object.fromEntries(Object.keys(letters).map((key) => [key, chord]))
  useKeys({
    ...digits,
    ...chords,
    '?': showHelp,
    g: (event) => (pressedG = event.timeStamp),
    n: () => void router.push({ name: 'setup' }),
    d: () => {
      const from = runOnScreen()
      if (from) void router.push({ name: 'setup', query: { from } })
    },
    '[': () => stepRun(1),
    ']': () => stepRun(-1),
  })

  tryOnScopeDispose(
    onMenu((command) => {
      if (command === 'shortcuts.show') showHelp()
      else if (command === 'experiment.new') void router.push({ name: 'setup' })
      else if (command === 'settings.open') void router.push({ name: 'settings' })
    }),
  )
}
