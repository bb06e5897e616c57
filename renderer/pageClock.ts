import type { Clock } from '#core/rpc/clock'

/** The page's monotonic clock. */
export const pageClock: Clock = {
  now: () => performance.now(),
  later: (milliseconds, f) => {
    const timer = setTimeout(f, milliseconds)
    return () => clearTimeout(timer)
  },
}
