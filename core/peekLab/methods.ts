import { engines, type EngineId } from '#core/stats/engine/index'
import type { EnginePlan } from '#core/stats/engine/engine'
import type { Interval } from '#core/stats/interval'
import { noMoments, sampleSd, withValue } from '#core/stats/moments'
import { phiInverse, studentInverse } from '#core/stats/special'
import type { ClosedUser } from './resample.ts'

/** What a look says: −1 for B, 1 for A, 0 for nothing yet. */
export type Side = -1 | 0 | 1

/** What the methods estimate, as it was made; null where it is not known. */
export interface Truth {
  /** Mean score. */
  readonly score: number
  /** Mean of the signs of the users' majorities, as ½ + ½·sign. */
  readonly sign: number | null
}

export type MethodId = EngineId | 'impressionZ' | 'userT'

/** When a method looks: after every user, at evenly spaced looks, or once at the end. */
export type Peeking = 'everyUser' | 'looks' | 'end'

/** One method at work on one repetition. */
export interface Watcher {
  /** @param user with at least one vote */
  add(user: ClosedUser): void
  /** Enrolment is over. */
  finish(): void
  look(): Side
  /** Whether the intervals of all looks so far held the truth; null without interval or truth. */
  covers(): boolean | null
}

export interface PeekMethod {
  readonly id: MethodId
  /** Breaks the rule on purpose: the wrong unit, or looks that its level does not pay for. */
  readonly naive: boolean
  readonly peeking: Peeking
  begin(plan: EnginePlan, truth: Truth): Watcher
}

/** Every engine that a plan may name, and two ways to fool oneself beside them. */
export const peekMethods: readonly PeekMethod[] = [
  ...Object.keys(engines).map((id) => engineMethod(id as EngineId)),
  { id: 'impressionZ', naive: true, peeking: 'looks', begin: impressionZ },
  { id: 'userT', naive: true, peeking: 'looks', begin: userT },
]

function engineMethod(id: EngineId): PeekMethod {
  const kind = engines[id]
  return {
    id,
    naive: false,
    peeking: kind.anytime ? 'everyUser' : 'end',
    begin(plan, truth) {
      const engine = kind.create(plan)
      // the beta-binomial engine is exact for signs only, as in a run
      const bySign = id === 'betaBinomial'
      const mean = bySign ? truth.sign : truth.score
      return {
        add: ({ score, wins, losses }) =>
          engine.add(bySign ? (1 + Math.sign(wins - losses)) / 2 : score),
        finish: () => engine.finish(),
        look: () => sideOf(engine.interval()),
        // the interval is the intersection over all users so far
        covers: () => (mean === null ? null : holds(engine.interval(), mean)),
      }
    },
  }
}

/** z test of all decisive votes, taking a vote for the independent unit. */
function impressionZ({ alpha }: EnginePlan): Watcher {
  const limit = phiInverse(1 - alpha / 2)
  let [wins, losses] = [0, 0]
  return {
    add(user) {
      wins += user.wins
      losses += user.losses
    },
    finish: () => undefined,
    look() {
      const isBeyond = Math.abs(wins - losses) >= limit * Math.sqrt(wins + losses)
      return isBeyond ? side(wins - losses) : 0
    },
    covers: () => null, // its estimand is another one: every vote counts once
  }
}

/** Student's t test of the users' scores, repeated at every look as if it were the only one. */
function userT({ alpha }: EnginePlan, truth: Truth): Watcher {
  let moments = noMoments
  let hasCovered: boolean | null = null
  return {
    add({ score }) {
      moments = withValue(moments, score)
    },
    finish: () => undefined,
    look() {
      const { n, mean } = moments
      const sd = sampleSd(moments, 0.5)
      if (sd === null || sd <= 0) return 0
      const half = (studentInverse(1 - alpha / 2, n - 1) * sd) / Math.sqrt(n)
      const interval = { low: mean - half, high: mean + half }
      hasCovered = (hasCovered ?? true) && holds(interval, truth.score)
      return sideOf(interval)
    },
    covers: () => hasCovered,
  }
}

const side = (difference: number): Side => (difference > 0 ? 1 : difference < 0 ? -1 : 0)

function sideOf(interval: Interval | null): Side {
  if (interval === null) return 0
  return interval.low > 0.5 ? 1 : interval.high < 0.5 ? -1 : 0
}

const holds = (interval: Interval | null, mean: number): boolean =>
  interval === null || (interval.low <= mean && mean <= interval.high)
