import { clusteredRatio } from '../clusteredRatio.ts'
import { clusterRobust } from '../clusterRobust.ts'
import type { EngineId } from '../engine/index.ts'
import { iccOfSums } from '../icc.ts'
import { meanTest, sum } from '../meanTest.ts'
import { normalTwoSided } from '../special.ts'
import { engineAfter, holds, meanVote, simulatedRuns, type CalibrationSize } from './runs.ts'
import type { Population, SimulatedVotes } from './simulatedUsers.ts'

type Users = readonly SimulatedVotes[]
type Finds = (users: Users, alpha: number) => boolean

/** Ways to find a preference; the first two take a vote for the independent unit, wrongly. */
const preferenceTests = {
  /** z test of all decisive votes, at the end. */
  impressionZ: (users, alpha) => below(zOfVotes(users), alpha),
  /** Beta(1, 1) e-process over decisive votes, looked at after every user. */
  impressionEProcess: crossesAtSomeUser,
  /** t with user-clustered standard error and G − 1 degrees of freedom, at the end. */
  clusterRobustT: (users, alpha) => below(clusteredP(users, alpha), alpha),
  /** The same with bias-reduced variance and Satterthwaite's degrees of freedom, as results show it. */
  clusteredRatioT: (users, alpha) => excludesHalf(users, alpha),
  /** t of the users' mean votes, at the end. */
  userMeanT: (users, alpha) => below(meanTest(users.map(meanVote), 0.5, alpha).p, alpha),
  /** t of the users' vote sums, at the end. */
  userSumT: (users, alpha) => below(meanTest(users.map(surplus), 0, alpha).p, alpha),
  /** The engines on users' scores, looked at after every user where they allow that. */
  betting: refutation('betting'),
  betaBinomial: refutation('betaBinomial'),
  asymptotic: refutation('asymptotic'),
  fixedUserT: refutation('fixedUserT'),
} satisfies Record<string, Finds>

export type PreferenceTest = keyof typeof preferenceTests

export const preferenceTestIds = [
  'impressionZ',
  'impressionEProcess',
  'clusterRobustT',
  'clusteredRatioT',
  'userMeanT',
  'userSumT',
  'betting',
  'betaBinomial',
  'asymptotic',
  'fixedUserT',
] as const satisfies readonly PreferenceTest[]

export interface FalsePositives {
  readonly test: PreferenceTest
  /** Share of runs. */
  readonly rate: number
}

/**
 * Shares of runs without any preference in which each method finds one: on clustered traffic the
 * wrong unit fails whatever the method, the right unit holds at any number of looks.
 *
 * @param population one whose mean taste is ½
 */
export function falsePositives(
  tests: readonly PreferenceTest[],
  population: Population,
  size: CalibrationSize,
): readonly FalsePositives[] {
  const alarms = tests.map(() => 0)
  for (const users of simulatedRuns(population, size)) {
    tests.forEach((test, i) => {
      if (preferenceTests[test](users, size.alpha)) alarms[i] = alarms[i]! + 1
    })
  }
  return tests.map((test, i) => ({ test, rate: alarms[i]! / size.runs }))
}

const below = (p: number | null, alpha: number): boolean => p !== null && p <= alpha

function refutation(id: EngineId): Finds {
  return (users, alpha) => !holds(engineAfter(id, users.map(meanVote), alpha), 0.5)
}

const surplus = (votes: SimulatedVotes): number => sum(votes) - votes.length / 2

function zOfVotes(users: Users): number | null {
  const decisive = users.flat().filter((x) => x !== 0.5)
  if (decisive.length === 0) return null
  const signs = decisive.reduce((total, x) => total + Math.sign(x - 0.5), 0)
  return normalTwoSided(signs / Math.sqrt(decisive.length))
}

function crossesAtSomeUser(users: Users, alpha: number): boolean {
  let [wins, losses, lnE] = [0, 0, 0]
  return users.some((votes) => {
    for (const x of votes) {
      if (x === 0.5) continue
      // The mixture predicts the next vote by Laplace's rule; the null hypothesis by ½.
      const seen = x > 0.5 ? wins++ : losses++
      lnE += Math.log((2 * (seen + 1)) / (wins + losses + 1))
    }
    return lnE >= -Math.log(alpha)
  })
}

const clustersOf = (users: Users) =>
  users.map((votes) => ({ votes: votes.length, voteSum: sum(votes) }))

const squaresOf = (users: Users): number => users.flat().reduce((total, x) => total + x * x, 0)

const clusteredP = (users: Users, alpha: number): number | null =>
  clusterRobust(clustersOf(users), squaresOf(users), alpha).p

function excludesHalf(users: Users, alpha: number): boolean {
  const clusters = clustersOf(users)
  const { interval } = clusteredRatio(
    clusters.map(({ voteSum }) => voteSum),
    clusters.map(({ votes }) => votes),
    alpha,
    iccOfSums(clusters, squaresOf(users))?.icc,
  )
  return interval !== null && (interval.low > 0.5 || interval.high < 0.5)
}
