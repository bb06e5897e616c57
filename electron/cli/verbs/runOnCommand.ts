import { AgentSpec, type AgentKind } from '#core/agent/params'
import type { DatasetDesign } from '#core/samples/datasetExperiment'
import type { Workspace } from './verb.ts'

/** The experiment of a design on a dataset, as `run` and `train` make it with --on. */
export interface RunOnCommand extends Workspace {
  readonly verb: 'runOn'
  readonly design: DatasetDesign
  readonly dataset: string
  readonly learner?: AgentKind // of design train
  readonly seed: number | null
  readonly json: boolean
}

export const learnerKinds = AgentSpec.options.map(({ shape }) => shape.kind.value)
