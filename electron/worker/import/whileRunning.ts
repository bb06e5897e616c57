import { setTimeout as later } from 'node:timers/promises'

const BEAT_MS = 200

/** Events at least every 200 ms while something is computed elsewhere; then its result. */
export async function* whileRunning<Event, T>(
  work: Promise<T>,
  event: () => Event,
): AsyncGenerator<Event, T> {
  const settled = work.then(
    () => true,
    () => true,
  )
  for (;;) {
    const done = await Promise.race([settled, later(BEAT_MS, false)])
    if (done) return work
    yield event()
  }
}
