import { nextTick } from 'vue'

/** Milliseconds of one frame that are given to drawing; what is left waits for the next. */
const SLICE = 10

const waiting = new Set<() => void>()
let isGoing = false
let isMounting = false

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))

async function go(): Promise<void> {
  isGoing = true
  try {
    while (waiting.size > 0) {
      if (isMounting) {
        isMounting = false
        await nextFrame()
      }
      await nextFrame()
      const begun = performance.now()
      for (const job of waiting) {
        waiting.delete(job)
        job()
        await nextTick() // what it changed is drawn by now
        if (performance.now() - begun > SLICE) break
      }
    }
  } finally {
    isGoing = false // a chart that fails keeps no other from its turn
    if (waiting.size > 0) void go()
  }
}

/**
 * Lets heavy components draw one after the other, as many in a frame as fit, so that several which are
 * mounted together, or get new data at once, do not share one long frame. A job that waits already
 * keeps its place.
 * @param mounts its component has just been made, with others: that has a frame of its own
 */
export function inTurn(job: () => void, mounts = false): void {
  waiting.add(job)
  isMounting ||= mounts
  if (!isGoing) void go()
}

export const leaveTurn = (job: () => void): boolean => waiting.delete(job)
