import type { TrafficSpec } from '#core/experimentSpec'
import { exponential, geometric, permutation } from '#core/random/distributions'
import type { StreamFactory } from '#core/random/philox'

/** Who asks when. Fixed before the first request, so that every arm meets the same users. */
export interface Schedule {
  readonly total: number
  readonly user: Int32Array // [total], row of the world
  readonly seconds: Float64Array // [total], simulated time, increasing
  readonly last: Uint8Array // [total], 1 where a user is served for the last time
}

/**
 * Users arrive in random order; at any time `concurrentUsers` of them are active and one, drawn
 * uniformly, asks next. A user leaves after a geometric number of requests and the next one enters.
 *
 * @param worldUsers users of the environment; the experiment enrols min(spec.users, worldUsers)
 */
export function schedule(spec: TrafficSpec, worldUsers: number, stream: StreamFactory): Schedule {
  const enrolled = Math.min(spec.users, worldUsers)
  const order = permutation(stream('arrival', 0), worldUsers).subarray(0, enrolled)
  const visits = stream('visits', 0)
  const remaining = Int32Array.from(order, () => geometric(visits, spec.impressionsPerUser))
  let total = 0
  for (const n of remaining) total += n

  const user = new Int32Array(total)
  const seconds = new Float64Array(total)
  const last = new Uint8Array(total)
  const active: number[] = []
  let entered = 0
  let time = 0
  const turns = stream('turns', 0)
  const gaps = stream('gaps', 0)
  for (let i = 0; i < total; i++) {
    while (active.length < spec.concurrentUsers && entered < enrolled) active.push(entered++)
    const place = turns.int(active.length)
    const arrival = active[place]!
    time += exponential(gaps, spec.secondsBetweenRequests)
    user[i] = order[arrival]!
    seconds[i] = time
    if (--remaining[arrival]! === 0) {
      last[i] = 1
      active[place] = active[active.length - 1]!
      active.pop()
    }
  }
  return { total, user, seconds, last }
}
