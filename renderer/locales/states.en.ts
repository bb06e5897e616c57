/** Words of what a screen says while it has nothing, or not everything, to show. */
export const states = {
  loading: 'Loading',
  failed: 'This could not be read',
  kept: 'Nothing was changed; what is stored stays as it is.',
  retry: 'Try again',
  copy: 'Copy details',
  copied: 'The details are on the clipboard.',
  log: 'Open the log',
  where: 'Page',
  when: 'At',
  updated: 'as of {at}',
  deleted: 'This run was deleted meanwhile.',
  deletedHelp: 'What is shown is the last that this window read of it; it can not be read again.',
  stale: 'Stale',
  changed:
    'The dataset {name} has changed: {before} then, {after} now. The figures below are of the earlier one; Recompute runs the same settings on the present one.',
  gone: 'The dataset {name} ({before}) is no longer in this workspace. The figures below are of it; import it again under this name to recompute them.',
  withheld: 'The verdict is withheld: a health check failed.',
  withheldHelp:
    'What is drawn below supports no conclusion in either direction. Look at the causes under Health, then run it again.',
  withheldLog:
    'What is drawn below supports no conclusion in either direction. The checks say what is wrong with the log; repair it where it was written, and import it again.',
  noConclusion: 'no conclusion',
  older: 'Computed by engine {before}; the present engine {after} may come to other figures.',
  recompute: 'Recompute',
  restarted: 'The engine crashed and was started again.',
  restartedHelp:
    'It goes on from its last checkpoint, or from the start where there is none yet, and comes to the same result. If it crashes there once more, it stops and waits for you.',
}
