import type { StudyRow } from '#core/contract/studies'
import type { ExperimentSpec } from '#core/experimentSpec'
import { languages } from '#core/languages'
import { inLanguage } from '#core/samples/inLanguage'
import { samples, type Sample } from '#core/samples/index'
import { specHash } from '#core/specHash'

/** What to type for the same run: a sample by its id (whatever language its name is in), any other spec from a file of its name. */
export const rerunCommand = (spec: ExperimentSpec, seed: number): string =>
  `npm run -s duelist -- run ${sourceOf(spec)} --seed ${seed}`

/** What to type for the same study: its spec from a file of its name, unless the kind has a verb. */
export const studyCommand = (study: StudyRow): string =>
  `npm run -s duelist -- ${studyVerb(study)} --seed ${study.seed}`

function studyVerb(study: StudyRow): string {
  const file = fileName(study.name)
  if (study.kind !== 'calibration') return `study ${study.kind} ${file}`
  const { experiment, repetitions, effect } = study.spec
  return `calibrate ${sourceOf(experiment)} --repetitions ${repetitions} --effect ${effect}`
}

function sourceOf(spec: ExperimentSpec): string {
  const hash = specHash(spec)
  const isIt = ([id, sample]: [string, Sample]) =>
    languages.some((language) => specHash(inLanguage(id, sample.spec, language)) === hash)
  return Object.entries(samples).find(isIt)?.[0] ?? fileName(spec.name)
}

function fileName(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return `${words?.join('-') ?? 'experiment'}.json`
}
