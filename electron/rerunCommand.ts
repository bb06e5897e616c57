import type { ExperimentSpec } from '#core/experimentSpec'
import { samples } from '#core/samples/index'
import { specHash } from '#core/specHash'

/** What to type for the same run: a sample by its id, any other spec from a file of its name. */
export const rerunCommand = (spec: ExperimentSpec, seed: number): string =>
  `npm run -s duelist -- run ${sourceOf(spec)} --seed ${seed}`

/** What to type for the same calibration. */
export const calibrateCommand = (calibration: {
  readonly spec: ExperimentSpec
  readonly seed: number
  readonly total: number
  readonly effect: number
}): string => {
  const { spec, seed, total, effect } = calibration
  return `npm run -s duelist -- calibrate ${sourceOf(spec)} --repetitions ${total} --effect ${effect} --seed ${seed}`
}

function sourceOf(spec: ExperimentSpec): string {
  const hash = specHash(spec)
  const sample = Object.entries(samples).find(([, candidate]) => specHash(candidate.spec) === hash)
  const words = spec.name.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return sample?.[0] ?? `${words?.join('-') ?? 'experiment'}.json`
}
