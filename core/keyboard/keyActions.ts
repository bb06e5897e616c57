/** An action that a key of the console starts. */
interface KeyAction {
  /** Where it works, which is how the keyboard map is ordered. */
  readonly group: 'everywhere' | 'lists' | 'run'
  /** As `isKey` takes it; what a fresh workspace has. */
  readonly key: string
  /** Pressed after the key of `goTo`, so that the same letter may mean something else alone. */
  readonly afterGo?: true
}

/**
 * Every action that has a key which can be changed, in the order in which they are listed. Its words are
 * `shortcuts.actions.<id>` in both languages; what it does is said where it is done.
 */
const keyActions = {
  help: { group: 'everywhere', key: '?' },
  newExperiment: { group: 'everywhere', key: 'n' },
  goTo: { group: 'everywhere', key: 'g' },
  goExperiments: { group: 'everywhere', key: 'e', afterGo: true },
  goCompare: { group: 'everywhere', key: 'c', afterGo: true },
  goSimulator: { group: 'everywhere', key: 's', afterGo: true },
  goTrees: { group: 'everywhere', key: 't', afterGo: true },
  nextRow: { group: 'lists', key: 'j' },
  previousRow: { group: 'lists', key: 'k' },
  selectRow: { group: 'lists', key: 'x' },
  compareSelected: { group: 'lists', key: 'c' },
  baseline: { group: 'lists', key: 'b' },
  pauseOrResume: { group: 'run', key: ' ' },
  duplicate: { group: 'run', key: 'd' },
  exportRun: { group: 'run', key: 'e' },
  previousRun: { group: 'run', key: '[' },
  nextRun: { group: 'run', key: ']' },
} as const satisfies Record<string, KeyAction>

export type KeyActionId = keyof typeof keyActions
export const keyActionIds = Object.keys(keyActions) as KeyActionId[]
export const keyActionOf = (id: KeyActionId): KeyAction => keyActions[id]
