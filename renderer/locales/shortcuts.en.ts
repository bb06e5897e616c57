import type { KeyActionId } from '#core/keyboard/keyActions'

const actions: Record<KeyActionId, string> = {
  help: 'Show the keyboard map',
  newExperiment: 'New experiment',
  goTo: 'Go to a place: the key of the place follows',
  goExperiments: 'Go to Experiments',
  goCompare: 'Go to Compare',
  goSimulator: 'Go to the Simulator',
  goTrees: 'Go to Trees',
  nextRow: 'Next row or impression',
  previousRow: 'Previous row or impression',
  selectRow: 'Select the row',
  compareSelected: 'Compare what is selected',
  baseline: 'Pin or swap the baseline',
  pauseOrResume: 'Pause or resume the run on screen',
  duplicate: 'Duplicate the run on screen',
  exportRun: 'Export what is on screen',
  previousRun: 'Previous run',
  nextRun: 'Next run',
}

/** Words of the keyboard map and of the table in Settings that changes it. */
export const shortcuts = {
  title: 'Keyboard',
  close: 'Close',
  change: 'Change keys',
  actions,
  fixed: {
    palette: 'Search everything',
    place: 'Go to a place by its number',
    escape: 'Close one layer',
    draft: 'Step through a draft, a chart or a group of numbers',
  },
  groups: { everywhere: 'Everywhere', lists: 'In lists', run: 'On a run' },
  keys: { space: 'Space', alt: 'Alt', none: 'none' },
  single: 'Single-character keys',
  singleHelp:
    'Keys without Ctrl, Cmd or Alt. They rest while you type; switched off, function keys and those with Alt remain.',
  table: {
    title: 'Shortcuts',
    action: 'Action',
    key: 'Key',
    sub: '{n} changed',
    record: 'Change',
    recordOf: 'Change the key of “{action}”, now {key}',
    recording: 'Press a key',
    recordingHelp: 'Esc keeps the old key, Backspace takes it away.',
    reset: 'Default',
    resetOf: 'Give “{action}” its default key back, {key}',
    resetAll: 'All defaults',
    refused: 'It can not be {key}: take a character that is no digit, F2 to F12, or one with Alt.',
    composing: 'An input method has this key: switch it to Latin letters first.',
    taken: '{key} is the key of “{other}”.',
    swap: 'Swap the two',
    keep: 'Keep both',
    set: '“{action}” is now {key}.',
  },
}
