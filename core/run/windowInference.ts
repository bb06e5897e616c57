import type { AnalysisSpec } from '#core/experimentSpec'
import { rangeStarts } from './rangeStarts.ts'
import type { Estimate } from './summary.ts'
import { UserSubset, type ClosedUser } from './userSubset.ts'

/** One that has left, and when: its last list. */
export interface TimedUser extends ClosedUser {
  readonly last: number // index of the impression
  readonly seconds: number // simulated
}

/** Δ of the users that left in one window of a finished run. */
interface DeltaWindow {
  readonly from: number // users that had left before it
  readonly to: number // and by its end
  readonly impressions: number // served by its end
  readonly seconds: number // simulated, at its end
  /** At the error rate of the plan, as if the window were the only one. */
  readonly alone: Estimate
  /** At the error rate over the number of windows: all of them cover at once. */
  readonly delta: Estimate
}

/** Windows in order, and what their intervals may miss together, in (0, 1). */
export interface DeltaWindows {
  readonly windows: readonly DeltaWindow[]
  readonly errorRate: number
}

/**
 * How Δ moved: the locked engine on the users that left in each of at most 20 windows of equally many
 * users, begun anew in each. The windows are those between `rangeStarts`, declared before anybody looks;
 * they share nobody, and by the union bound all intervals cover at once with probability 1 − the error
 * rate. It is for looking, not for the verdict: a window holds a twentieth of the users.
 *
 * A user counts whole, in the window of its last list, by the mean of all its votes.
 *
 * @param closed all users of a finished run in the order in which they left
 */
export function windowInference(
  closed: readonly TimedUser[],
  { engine, errorRate }: Pick<AnalysisSpec, 'engine' | 'errorRate'>,
): DeltaWindows {
  const starts = rangeStarts(closed.length)
  return {
    errorRate,
    windows: starts.map((from, i) => {
      const to = starts[i + 1] ?? closed.length
      const users = closed.slice(from, to)
      const at = (alpha: number) => {
        const subset = new UserSubset(engine, alpha, users.length)
        for (const user of users) subset.add(user)
        subset.finish()
        return subset.estimate()
      }
      const { last, seconds } = users.at(-1)!
      return {
        from,
        to,
        impressions: last + 1,
        seconds,
        alone: at(errorRate),
        delta: at(errorRate / starts.length),
      }
    }),
  }
}
