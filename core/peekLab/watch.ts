import type { EnginePlan } from '#core/stats/engine/engine'
import type { PeekMethod, Side, Truth, Watcher } from './methods.ts'
import type { ClosedUser } from './resample.ts'

/** How one method fared in one repetition. */
export interface Watched {
  /**
   * Users that had left when it first named a side, negative when that was B; 0 when it never did.
   * Users without a vote count as well: they have been waited for.
   */
  readonly stop: number
  readonly covered: boolean | null
}

/**
 * Lets every method watch the same users leave.
 *
 * @param looks evenly spaced looks of the methods that have them
 */
export function watch(
  methods: readonly PeekMethod[],
  users: readonly ClosedUser[],
  plan: EnginePlan,
  truth: Truth,
  looks: number,
): Watched[] {
  const lookAt = lookTimes(users.length, looks)
  return methods.map((method) => {
    const { peeking } = method
    const watcher = method.begin(plan, truth)
    let stop = 0
    users.forEach((user, i) => {
      if (user.wins + user.losses + user.ties > 0) watcher.add(user)
      const looksNow = peeking === 'everyUser' || (peeking === 'looks' && lookAt.has(i + 1))
      if (looksNow) stop = firstStop(watcher, stop, i + 1)
    })
    watcher.finish()
    if (peeking === 'end') stop = firstStop(watcher, stop, users.length)
    return { stop, covered: watcher.covers() }
  })
}

/** A method that has stopped still looks on: its coverage is that of all looks. */
function firstStop(watcher: Watcher, stop: number, users: number): number {
  const side: Side = watcher.look()
  return stop === 0 ? side * users || 0 : stop
}

/** Numbers of users, evenly spaced up to all of them. */
function lookTimes(users: number, looks: number): ReadonlySet<number> {
  return new Set(Array.from({ length: looks }, (_, i) => Math.ceil(((i + 1) * users) / looks)))
}
