import { streams } from '#core/random/philox'
import { SequentialSampleRatio } from '../sampleRatio.ts'
import type { CalibrationSize } from './runs.ts'

/** Share of fair two-arm splits on which the live check alarms at level α at some daily look. */
export function sampleRatioAlarms(
  days: number,
  usersPerDay: number,
  { runs, alpha, seed }: CalibrationSize,
): number {
  const stream = streams(seed)
  let alarms = 0
  for (let run = 0; run < runs; run++) {
    const rng = stream('sampleRatio', run)
    const check = new SequentialSampleRatio([0.5, 0.5])
    for (let day = 0; day < days; day++) {
      let first = 0
      for (let user = 0; user < usersPerDay; user++) first += rng.int(2)
      check.add([first, usersPerDay - first])
    }
    if (check.p() <= alpha) alarms++
  }
  return alarms / runs
}
