import type { ExperimentSpec } from '#core/experimentSpec'
import { samples } from '#core/samples/index'
import { specHash } from '#core/specHash'

/** What to type for the same run: a sample by its id, any other spec from a file of its name. */
export function rerunCommand(spec: ExperimentSpec, seed: number): string {
  const hash = specHash(spec)
  const sample = Object.entries(samples).find(([, candidate]) => specHash(candidate.spec) === hash)
  const words = spec.name.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  const source = sample?.[0] ?? `${words?.join('-') ?? 'experiment'}.json`
  return `npm run -s duelist -- run ${source} --seed ${seed}`
}
