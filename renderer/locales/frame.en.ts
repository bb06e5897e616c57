/** Words of the frame: palette, drawer, keys. */
export const frame = {
  palette: {
    open: 'Search runs, pages, settings, commands',
    label: 'Command palette',
    placeholder: 'A run, a page, a setting, a command',
    none: 'Nothing is called that.',
    found: '{n} entry | {n} entries',
    help: '↑ ↓ to choose, Enter to go, Esc to close',
    groups: { runs: 'Runs', pages: 'Pages', settings: 'Settings', commands: 'Commands' },
  },
  command: {
    new: 'New experiment',
    fork: 'Duplicate this run into a new experiment',
    compare: 'Compare this run',
    copyLink: 'Copy a link to this view',
    copied: 'The link is on the clipboard.',
    keys: 'Show the keyboard map',
    singleKeysOn: 'Switch single-letter keys on',
    singleKeysOff: 'Switch single-letter keys off',
    theme: 'Theme: {name}',
    language: 'Language: {name}',
  },
  drawer: {
    label: 'Details',
    close: 'Close the details',
    unknown: 'There are no details under this address.',
  },
  formula: {
    values: 'With the values of this run',
    notYet: 'The run has not stored a result yet.',
    source: 'Source',
    test: 'Held by the test',
    run: 'Run {id} · {name}',
    explain: 'How this number comes about: {name}',
  },
  audit: {
    export: 'Export as CSV',
    filter: 'Filter the audit log',
    none: 'No action matches.',
  },
}
