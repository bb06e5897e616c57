import type { Clock } from '#core/rpc/clock'

/** The machine's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  later: (milliseconds, f) => {
    const timer = setTimeout(f, milliseconds)
    return () => clearTimeout(timer)
  },
}
