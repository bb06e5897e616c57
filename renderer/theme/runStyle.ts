import type { RunId } from '#core/contract/ids'

/** Marks of runs, in the order in which they are given out. */
const runShapes = ['circle', 'rect', 'diamond', 'triangle', 'plus', 'pin', 'star', 'bar'] as const
export type RunShape = (typeof runShapes)[number]

/**
 * Colour and shape of a run: a function of its number, which is stored and never given out again, so
 * that they are the same on every screen. 64 runs in a row are all different.
 */
export function runStyle(run: RunId): { readonly token: string; readonly shape: RunShape } {
  const place = run - 1
  const shift = Math.floor(place / 8)
  return { token: `run-${(place % 8) + 1}`, shape: runShapes[(place + shift) % 8]! }
}
