import type { AgentKind } from '#core/agent/params'
import { datasetExperiment, type DatasetDesign } from '#core/samples/datasetExperiment'
import { nearest } from './nearest.ts'
import type { SpecSource } from './readSpec.ts'
import type { Api } from './session.ts'
import { UsageError } from './usageError.ts'

/**
 * The experiment of a design on a dataset of the workspace.
 * @throws UsageError for what is no dataset, or a log that is analysed
 */
export async function readDataset(
  api: Api,
  design: DatasetDesign,
  name: string,
  learner?: AgentKind,
): Promise<SpecSource> {
  const datasets = await api.call('datasets.list', {})
  const meta = datasets.find((known) => known.name === name)
  if (!meta) {
    const names = datasets.map((known) => known.name)
    const near = nearest(name, names)
    const all = names.length > 0 ? `there are ${names.join(', ')}` : 'import one first'
    throw new UsageError(
      `there is no dataset "${name}"; ${near === null ? all : `did you mean ${near}?`}`,
    )
  }
  const spec = datasetExperiment(meta, design, learner)
  if (spec) return { spec, seed: 1, label: `${design} on "${name}"` }
  throw new UsageError(`"${name}" is an interleaving log; read it with: analyze "${name}"`)
}
