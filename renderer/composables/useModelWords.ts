import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'
import type { ModelRow } from '#core/contract/models'
import { formatInteger, formatNumber } from '#core/format'
import type { FormulaId } from '../formulas/index.ts'
import { trainedIn } from '#core/model/modelMisfit'

/** Of a figure that a model was saved with; a file may bring others. */
const formulaOf = (figure: string): FormulaId | null =>
  figure === 'argmax' || figure === 'sampled' ? 'treeReward' : figure === 'ctr' ? 'modelCtr' : null

/** Words for what a list says of a model. */
export function useModelWords() {
  const i18n = useI18n()
  const { t } = i18n
  const known = (key: string, otherwise: string) => (i18n.te(key, 'en') ? t(key) : otherwise)

  const kind = (of: string): string =>
    known(`models.kinds.${of}`, known(`options.agent.kind.${of}`, of))

  /** The world that it was trained in: its kind, or the data. */
  function world(model: ModelRow): string {
    const found = trainedIn(model)?.world
    if (!found) return t('models.unknownWorld')
    if (typeof found['dataset'] === 'string') return found['dataset']
    const worldKind = String(found['kind'])
    return known(
      `models.worlds.${worldKind}`,
      known(`options.environment.kind.${worldKind}`, worldKind),
    )
  }

  function origin({ provenance }: ModelRow): string {
    if (provenance.imported) return t('models.fromFile', { file: provenance.imported })
    return 'study' in provenance
      ? t('models.fromStudy', { id: provenance.study })
      : t('models.fromRun', { id: provenance.run })
  }

  /** Where its origin can be seen; null when that is in another workspace. */
  function originLink({ provenance }: ModelRow): RouteLocationRaw | null {
    if (provenance.imported) return null
    if ('run' in provenance) return { name: 'results', params: { id: provenance.run } }
    return { name: 'train', query: { study: provenance.study } }
  }

  const figures = ({ metrics }: Pick<ModelRow, 'metrics'>) =>
    Object.entries(metrics)
      .filter(([, value]) => value !== null)
      .map(([id, value]) => ({
        id,
        name: known(`models.figures.${id}`, id),
        text: id === 'impressions' ? formatInteger(value) : formatNumber(value, 3),
        formula: formulaOf(id),
      }))

  return { kind, world, origin, originLink, figures }
}
