import { BettingHistory, type Wealth } from './bettingHistory.ts'
import { PredictableBet } from './bettingProcess.ts'
import { crossing } from './crossing.ts'
import { unitInterval, type Interval } from './interval.ts'

/**
 * The hedged betting confidence set of a mean at one moment: {m : max(½K⁺(m), ½K⁻(m)) < 1/α}. It is
 * valid at every n, but looking twice asks for the intersection: see `BettingSequence`.
 *
 * The specification searches a grid of step 0.001 and bisects inside one step; as K⁺ and K⁻ are
 * monotone in m, the two crossings are found directly and are the same points.
 *
 * Source: Waudby-Smith & Ramdas, JRSS-B 86(1), 2024, Theorem 3 with θ = ½.
 * @param scores each in [0, 1]; [0, 1] is returned when there are none
 * @param alpha error rate in (0, 1)
 */
export function bettingInterval(scores: Iterable<number>, alpha: number): Interval {
  const bet = new PredictableBet(alpha)
  const history = new BettingHistory()
  for (const x of scores) {
    history.add(x, bet.next())
    bet.add(x)
  }
  if (history.n === 0) return unitInterval
  return {
    low: lowEnd(history, Math.log(2 / alpha), 0),
    high: highEnd(history, Math.log(2 / alpha), 1),
  }
}

/** The m ≥ `from` at which ln K⁺ falls to `limit`; `from` itself where it is below already. */
export function lowEnd(history: BettingHistory, limit: number, from: number): number {
  return fallFrom((m) => history.above(m), limit, from)
}

/** The m ≤ `from` at which ln K⁻ falls to `limit`; `from` itself where it is below already. */
export function highEnd(history: BettingHistory, limit: number, from: number): number {
  const mirrored = (m: number): Wealth => {
    const { ln, slope } = history.below(1 - m)
    return { ln, slope: -slope }
  }
  return 1 - fallFrom(mirrored, limit, 1 - from)
}

/** An end is found when a step is shorter than this. */
const precision = 1e-13

/**
 * Where a falling ln K meets the limit, from `from` upwards. Newton's steps are enough as a rule: an
 * end moves little from one score to the next, and ln K is almost straight over that distance.
 */
function fallFrom(wealth: (m: number) => Wealth, limit: number, from: number): number {
  let m = from
  for (let i = 0; i < 6; i++) {
    const { ln, slope } = wealth(m)
    if (m === from && ln < limit) return from
    const step = (limit - ln) / slope
    if (Math.abs(step) < precision) return m
    if (!(m + step > from && m + step < 1)) break
    m += step
  }
  // At 1 no factor exceeds 1, so that ln K ≤ 0 < limit: the bracket always holds the crossing.
  return crossing((x) => wealth(x).ln - limit, from, 1)
}
