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
  formulas: {
    delta: {
      title: 'Preference Δ',
      text: 'Mean over users of the mean vote, less one half. Each user counts once; above 0 A is preferred. The interval is that of the engine the plan locked.',
    },
    eValue: {
      title: 'e-value',
      text: 'Wealth of a bet against Δ = 0, in units of the first stake. It may be looked at as often as one likes; 1 divided by the error rate is enough to reject.',
    },
    users: {
      title: 'Users',
      text: 'Users whose enrolment has closed: the last list they were planned to see has been judged. Those without any vote are not part of Δ.',
    },
    duels: {
      title: 'Duels',
      text: 'Lists in which a click gave credit: won by A, won by B, or tied. A list without an attributed click is a no-vote and counted apart.',
    },
    effectiveItems: {
      title: 'Effective items',
      text: 'exp of the entropy of exposures: as many items as would share the exposures equally.',
    },
    explorationCost: {
      title: 'Exploration cost',
      text: 'Clicks expected on Q’s list less those expected on the list that was served instead, summed over the run; exact under the simulator’s click model.',
    },
    overlap: {
      title: 'Overlap of L and L̃',
      text: 'Mean share of the items of L that L̃ holds as well.',
    },
    normRatio: {
      title: 'Growth of the weights',
      text: 'Norm of all weights divided by their norm at the first request. Above 1.1 the minor updates are worth a look.',
    },
    designEffect: {
      title: 'Design effect',
      text: 'Variance of Δ at impression level with users as clusters, divided by that of independent votes. Above 1 impressions of one user resemble each other.',
    },
    ctr: {
      title: 'Expected clicks per item',
      text: 'Mean over the run of the probability that an item is looked at at its rank, times the probability that it is clicked then.',
    },
  },
  keys: {
    palette: 'search everything',
    rail: 'places of the rail',
    jump: 'Experiments, Compare, Simulator, Trees',
    duplicate: 'duplicate the run on screen',
    rows: 'next / previous row',
    select: 'select the row',
    compare: 'compare what is selected',
    baseline: 'pin or swap the baseline',
    export: 'export the run on screen',
    runs: 'previous / next run',
    draft: 'step through a draft or a focused chart',
    groups: { everywhere: 'Everywhere', lists: 'In lists', run: 'On a run' },
    single: 'Single-letter keys',
    singleHelp:
      'Letters without Ctrl. They rest while you type; switched off, only Ctrl/Cmd keys remain.',
  },
  audit: {
    export: 'Export as CSV',
    filter: 'Filter the audit log',
    none: 'No action matches.',
  },
}
