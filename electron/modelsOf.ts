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
