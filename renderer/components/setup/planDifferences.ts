import { AgentSpec } from '#core/agent/params'
import { EnvironmentSpec } from '#core/environment/params'
import type { ExperimentSpec } from '#core/experimentSpec'
import { ExplorerSpec } from '#core/explorer/params'
import { ClickSpec, InterleaverSpec } from '#core/servingParams'
import { differences } from './specPaths.ts'

/** Parts of a plan that come in kinds, each with settings of its own. */
const kinds = {
  environment: EnvironmentSpec,
  agent: AgentSpec,
  explorer: ExplorerSpec,
  interleaver: InterleaverSpec,
  click: ClickSpec,
} as const
type Part = keyof typeof kinds
const parts = Object.keys(kinds) as Part[]

/**
 * What a plan sets differently. A part of another kind has other settings: it differs by its kind,
 * and by what it sets besides the defaults of that kind; what the old kind had is gone with it.
 */
export function planDifferences(
  before: ExperimentSpec,
  after: ExperimentSpec,
): ReturnType<typeof differences> {
  const replaced = parts.filter((part) => before[part].kind !== after[part].kind)
  const isReplaced = (path: string) =>
    replaced.some((part) => path.startsWith(`${part}.`) && path !== `${part}.kind`)
  return [
    ...differences(before, after).filter(({ path }) => !isReplaced(path)),
    ...replaced.flatMap((part) =>
      differences({ [part]: defaultsOf(part, after) }, { [part]: after[part] }),
    ),
  ]
}

/** The part of this kind with nothing set that can be left out. */
function defaultsOf(part: Part, spec: ExperimentSpec): unknown {
  const given = spec[part]
  const { kind } = given
  const least = 'dataset' in given ? { kind, dataset: given.dataset } : { kind }
  return kinds[part].safeParse(least).data ?? given
}
