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
  stale: 'Stale',
  changed:
    'The dataset {name} is another one now: {before} then, {after} today. What stands below is about the one of then.',
  gone: 'The dataset {name} ({before}) is no longer in this workspace; what stands below is about it.',
  recompute: 'Recompute',
  restarted: 'The engine crashed and was started again.',
  restartedHelp:
    'It goes on from its last checkpoint and comes to the same result; nothing is lost. If it crashes there once more, it stops and waits for you.',
}
