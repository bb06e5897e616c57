import type { AnalysisSpec } from '#core/experimentSpec'
import { engines } from '#core/stats/engine/index'
import { rangeStarts, snapRange } from './rangeStarts.ts'
import type { Estimate } from './summary.ts'
import { UserSubset, type ClosedUser } from './userSubset.ts'

/** Δ of one range at one price. */
export interface RangeEstimate {
  readonly delta: Estimate
  /** Two-sided, against Δ = 0; null where the engine has none yet. */
  readonly p: number | null
  /** What the interval may miss, in (0, 1). */
  readonly errorRate: number
}

/** What may be said of the users of one range of a run. */
export interface RangeFindings {
  readonly from: number // users that had left before it
  readonly to: number // and by its end
  /** As if the range had been chosen before launch. */
  readonly raw: RangeEstimate
  /** For a range that was chosen by looking. */
  readonly corrected: RangeEstimate
  readonly family: {
    /** What the error rate is shared over: starts, each with every end, or pairs of start and end. */
    readonly kind: 'starts' | 'ranges'
    readonly size: number
    readonly errorRate: number
  }
  /** By the corrected interval. */
  readonly state: 'aBetter' | 'bBetter' | 'undecided'
}

/**
 * Δ of the users that left in one range of a finished run, when the range was picked by looking at the
 * run: valid for the range that looks best as well.
 *
 * Why. The family is declared before anybody looks: starts at the `rangeStarts` of the enrolment, K of
 * them, a number that no click changes. From each start the locked sequence begins anew on the users
 * that leave after it, at α/K. A confidence sequence covers at all of its ends at once (Ville), so
 * with probability 1 − α all K sequences cover at all ends (union bound), and so does the one at the
 * brushed start and end, whatever made the analyst brush there: simultaneous coverage is what makes
 * inference after selection valid (Berk, Brown, Buja, Zhang & Zhao, Annals of Statistics 41(2), 2013).
 * Ends are free, which is why the price is K and not the number of ranges, about K²/2. An engine that
 * looks once has no such ends: there the ends are on the same grid and the price is all pairs.
 *
 * As in the run's own sequence the preference is taken to be the same for all users of the range; it
 * may differ between ranges. The asymptotic engine and t keep their level as far as the central limit
 * holds for the users of the range. The users' order (the last list of each) is data, and is the same
 * for both sides.
 *
 * @param closed all users of a finished run in the order in which they left
 * @param range users that had left before it and by its end; read at `snapRange`
 * @returns null where the range holds nobody
 */
export function rangeInference(
  closed: readonly ClosedUser[],
  range: readonly [number, number],
  { engine, errorRate }: Pick<AnalysisSpec, 'engine' | 'errorRate'>,
): RangeFindings | null {
  const { anytime } = engines[engine]
  const snapped = snapRange(closed.length, range, anytime)
  if (!snapped) return null
  const [from, to] = snapped
  const starts = rangeStarts(closed.length).length
  const size = anytime ? starts : (starts * (starts + 1)) / 2
  const users = closed.slice(from, to)
  // the ends are free only if nothing but the start decides how a sequence is tuned
  const horizon = anytime ? closed.length - from : users.length
  const at = (alpha: number) => {
    const subset = new UserSubset(engine, alpha, horizon)
    for (const user of users) subset.add(user)
    subset.finish()
    return { delta: subset.estimate(), p: subset.evidence().p }
  }
  const raw = { ...at(errorRate), errorRate }
  const each = { ...at(errorRate / size), errorRate: errorRate / size }
  const { low, high } = each.delta
  return {
    from,
    to,
    raw,
    // bets follow the error rate, so that a stricter one may happen to bet better: never below the raw p
    corrected: {
      ...each,
      p: each.p === null ? null : Math.min(1, Math.max(each.p * size, raw.p ?? 0)),
    },
    family: { kind: anytime ? 'starts' : 'ranges', size, errorRate },
    state:
      low !== null && low > 0 ? 'aBetter' : high !== null && high < 0 ? 'bBetter' : 'undecided',
  }
}
