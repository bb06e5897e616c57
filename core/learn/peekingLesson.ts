import { clusteredPopulation } from '#core/stats/calibration'
import { meanVote, simulatedRuns } from '#core/stats/calibration/runs'
import { engines } from '#core/stats/engine/index'
import { noMoments, withValue } from '#core/stats/moments'
import { phiInverse } from '#core/stats/special'

/** Share of A/A runs that have named a winner so far, when somebody looks after every user. */
export interface PeekingLesson {
  readonly runs: number
  readonly alpha: number
  readonly users: readonly number[]
  readonly naive: readonly number[]
  readonly betting: readonly number[]
}

const runs = 200
const alpha = 0.05
const every = 5 // users between two points of the curves
const fewest = 10 // users before the naive test is looked at

/**
 * The clustered A/A of the specification, 200 times: a z test of the users' mean votes that is
 * repeated after every user, against the betting sequence of the same means.
 */
export function peekingLesson(seed = 1): PeekingLesson {
  const { users } = clusteredPopulation
  const found = { naive: new Float64Array(users + 1), betting: new Float64Array(users + 1) }
  const limit = phiInverse(1 - alpha / 2)
  for (const votes of simulatedRuns(clusteredPopulation, { runs, alpha, seed })) {
    const engine = engines.betting.create({ alpha, horizon: users })
    let moments = noMoments
    const first = { naive: 0, betting: 0 }
    votes.forEach((own, i) => {
      const x = meanVote(own)
      moments = withValue(moments, x)
      const n = i + 1
      const error = Math.sqrt(moments.squares / Math.max(1, n - 1) / n)
      if (!first.naive && n >= fewest && Math.abs(moments.mean - 0.5) >= limit * error) {
        first.naive = n
      }
      if (first.betting) return
      engine.add(x)
      if (engine.logE()! >= -Math.log(alpha)) first.betting = n
    })
    for (const id of ['naive', 'betting'] as const) if (first[id]) found[id][first[id]]!++
  }
  const at = Array.from({ length: Math.floor(users / every) }, (_, i) => (i + 1) * every)
  const soFar = (firsts: Float64Array) =>
    at.map((n) => firsts.subarray(0, n + 1).reduce((sum, count) => sum + count, 0) / runs)
  return { runs, alpha, users: at, naive: soFar(found.naive), betting: soFar(found.betting) }
}
