import type { RunState } from '#core/contract/runs'

/** Whether a run has not come to its end, though it may stand still. */
export const isGoing = (state: RunState): boolean =>
  state === 'running' || state === 'queued' || state === 'paused'

/** Where one looks at a run first. */
export const viewOf = (state: RunState): 'results' | 'live' =>
  state === 'finished' ? 'results' : 'live'
