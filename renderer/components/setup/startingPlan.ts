import type { LocationQuery } from 'vue-router'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { Language } from '#core/languages'
import { datasetDesigns, datasetExperiment } from '#core/samples/datasetExperiment'
import { inLanguage } from '#core/samples/inLanguage'
import type { SampleRow } from '#core/contract/specs'
import { api } from '../../api.ts'
import { modelDuel } from '../models/modelDuel.ts'
import { withKind, type Schema } from './formFields.ts'

/** What a form begins with. */
export interface StartingPlan {
  readonly draft: Readonly<Record<string, unknown>>
  /** What its review is held against. */
  readonly base: ExperimentSpec | null
  /** The run that it is a fork of. */
  readonly parent: { readonly experiment: number; readonly name: string } | null
  readonly seed: number | null // null: the one of the settings
}

/** What is known when a plan is begun. */
interface Known {
  readonly schema: Schema
  readonly samples: readonly SampleRow[]
  readonly datasets: readonly DatasetMeta[]
  readonly language: Language
  /** What the settings want in a new plan. */
  readonly analysis: Partial<ExperimentSpec['analysis']>
  readonly title: string // of a plan that has no name yet
}

/**
 * The plan that the address asks for: a fork of a run, a sample, a duel of a model, an experiment on a
 * dataset, a world of the editor, or every default. What does not pass the checks is begun with all the
 * same, so that the form shows what is wrong.
 * @throws Error if a run or a model is asked for that does not exist
 */
export async function startingPlan(asked: LocationQuery, known: Known): Promise<StartingPlan> {
  const { from, dataset, design, sample, model, world } = asked
  const checked = async (spec: object) => (await api.call('spec.check', { spec })).spec
  const checkedOrRaw = async (spec: object) => (await checked(spec)) ?? (spec as ExperimentSpec)
  const withDefaults = <S extends object>(spec: S): S => {
    const own = 'analysis' in spec ? (spec.analysis as object) : {}
    return { ...spec, analysis: { ...known.analysis, ...own } }
  }

  if (typeof from === 'string') {
    const { spec, experiment, name, seed } = await api.call('runs.get', { run: Number(from) })
    return { draft: spec, base: spec, parent: { experiment, name }, seed }
  }
  const base = await checked(
    withDefaults({ name: known.title, environment: { kind: 'typedLatent' } }),
  )
  const plain = { base, parent: null, seed: null }
  const begun = (spec: ExperimentSpec | null): StartingPlan => ({ ...plain, draft: spec ?? {} })

  if (typeof sample === 'string') {
    const row = known.samples.find(({ id }) => id === sample)
    if (row) return { ...begun(inLanguage(row.id, row.spec, known.language)), seed: row.seed }
  }
  if (typeof model === 'string') {
    const duel = modelDuel(await api.call('models.get', { model: Number(model) }), known.datasets)
    if (duel) return begun(await checkedOrRaw(withDefaults(duel)))
  }
  if (typeof world === 'string') {
    const settings = JSON.parse(world) as object
    return begun(await checkedOrRaw({ ...base, ...settings, name: known.title }))
  }
  if (typeof dataset === 'string') {
    const meta = known.datasets.find(({ name }) => name === dataset)
    const wanted = datasetDesigns.find((one) => one === design)
    const experiment = meta && wanted ? datasetExperiment(meta, wanted) : null
    if (experiment) return begun(await checkedOrRaw(withDefaults(experiment)))
    return { ...plain, draft: onDataset(base, dataset, meta, known.schema) }
  }
  return begun(base)
}

/** A plan in the world that reads a dataset; worlds are named as the kinds of data they are made of. */
function onDataset(
  base: ExperimentSpec | null,
  dataset: string,
  meta: DatasetMeta | undefined,
  schema: Schema,
): StartingPlan['draft'] {
  const kind = meta === undefined || meta.kind === 'interleaving' ? 'ratings' : meta.kind
  const environment = withKind(schema, 'environment', kind, base?.environment)
  return { ...base, name: dataset, environment: { ...environment, dataset } }
}
