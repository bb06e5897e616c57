import type { ModelId } from '#core/contract/ids'
import type { ModelFile } from '#core/model/modelFile'
import type { SavedModel } from '#core/model/savedModel'
import type { RankerSpec } from '#core/ranker/params'
import type { Models } from '#db/models'

/**
 * The models that rankers name, by hash.
 * @throws Error for one that is not in the workspace any more
 */
export function modelsOf(
  rankers: readonly RankerSpec[],
  models: Pick<Models, 'contentOf'>,
): Record<string, SavedModel> {
  const found: Record<string, SavedModel> = {}
  rankers.forEach((ranker, place) => {
    if (ranker.kind !== 'model') return
    const content = models.contentOf(ranker.model)
    if (!content) {
      const name = ranker.label ?? ''
      throw new Error(
        `rankers.${place}.model "${name}" (${ranker.model.slice(0, 12)}…) is not in the workspace any more; import its file and start again`,
      )
    }
    found[ranker.model] = content
  })
  return found
}

/** The same with what lists say of them, without those that the workspace does not have any more. */
export function modelFiles(rankers: readonly RankerSpec[], models: Models): readonly ModelFile[] {
  const hashes = new Set(rankers.flatMap((ranker) => (ranker.kind === 'model' ? ranker.model : [])))
  return [...hashes].flatMap((hash) => {
    const id = models.withHash(hash)
    const file = id === undefined ? undefined : modelFile(id, models)
    return file ? [file] : []
  })
}

/** A model as it leaves the workspace. */
export function modelFile(id: ModelId, models: Models): ModelFile | undefined {
  const [row, model] = [models.row(id), models.content(id)]
  if (!row || !model) return undefined
  const { name, provenance, metrics } = row
  return { name, model, provenance, metrics }
}
