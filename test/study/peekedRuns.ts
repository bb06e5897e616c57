import { closedUser, type ClosedUser } from '#core/peekLab/resample'
import { peekMethods, type MethodId } from '#core/peekLab/methods'
import { watch } from '#core/peekLab/watch'
import { simulatedRuns, type CalibrationSize } from '#core/stats/calibration/runs'
import { trueDelta, type Population } from '#core/stats/calibration/simulatedUsers'

export interface PeekedMethod {
  readonly id: MethodId
  readonly naive: boolean
  /** Runs in which it named a side at some look. */
  readonly found: number
  /** Runs whose intervals held the truth at all looks; null where that can not be told. */
  readonly covered: number | null
}

/**
 * Runs on a population with a known preference, watched by every engine after every user and by the
 * naive methods at evenly spaced looks.
 *
 * @param population one with a Beta taste
 */
export function peekedRuns(
  population: Population,
  size: CalibrationSize,
  looks: number,
): readonly PeekedMethod[] {
  const delta = trueDelta(population)
  const truth = { score: 0.5 + delta, sign: delta === 0 ? 0.5 : null }
  const totals = peekMethods.map(() => ({ found: 0, covered: 0, judged: 0 }))
  for (const votes of simulatedRuns(population, size)) {
    const users: readonly ClosedUser[] = votes.map((own) => closedUser(own))
    const plan = { alpha: size.alpha, horizon: population.users }
    watch(peekMethods, users, plan, truth, looks).forEach(({ stop, covered }, i) => {
      const total = totals[i]!
      if (stop !== 0) total.found++
      if (covered !== null) total.judged++
      if (covered === true) total.covered++
    })
  }
  return peekMethods.map(({ id, naive }, i) => {
    const { found, covered, judged } = totals[i]!
    return { id, naive, found, covered: judged === 0 ? null : covered }
  })
}
