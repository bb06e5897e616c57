import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'

/** When a source should make its next item: there is news, and the last item is old enough. */
export interface Pace {
  /** There is news. */
  wake(): void
  /** Settles with the next news, at the earliest `gap` milliseconds after the last; false = aborted. */
  next(): Promise<boolean>
}

/** @param gap milliseconds; there is news from the start */
export function pace(clock: Clock, gap: number, cancel: Cancel): Pace {
  let news = true
  let last = -Infinity
  let resume: () => void = () => undefined
  cancel.onAbort(() => resume())
  const woken = () => new Promise<void>((resolve) => (resume = resolve))

  // an abort ends the wait through `resume`, so that no listener is added for every item
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const disarm = clock.later(milliseconds, resolve)
      resume = () => {
        if (!cancel.aborted) return // more news
        disarm()
        resolve()
      }
    })

  return {
    wake() {
      news = true
      resume()
    },
    async next() {
      while (!news && !cancel.aborted) await woken()
      const early = last + gap - clock.now()
      if (early > 0 && !cancel.aborted) await wait(early)
      news = false
      last = clock.now()
      return !cancel.aborted
    },
  }
}
