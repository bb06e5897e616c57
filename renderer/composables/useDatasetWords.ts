import { useI18n } from 'vue-i18n'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import { formatInteger } from '#core/format'

/** What a dataset holds, in half a sentence. */
export function useDatasetWords(): (meta: DatasetMeta) => string {
  const { t } = useI18n()
  return (meta) => {
    const named = {
      rows: formatInteger(meta.rows),
      users: formatInteger(meta.users),
      items: formatInteger(meta.items),
    }
    switch (meta.kind) {
      case 'ratings':
        return t('data.what.ratings', named)
      case 'impressions':
        return t('data.what.impressions', {
          ...named,
          impressions: formatInteger(meta.impressions),
          clicks: formatInteger(meta.clicks),
        })
      case 'interleaving':
        return t('data.what.interleaving', {
          ...named,
          impressions: formatInteger(meta.impressions),
          teams: meta.teams.join(', '),
        })
      case 'bandit':
        return t('data.what.bandit', named)
      case 'queries':
        return t('data.what.queries', { ...named, features: formatInteger(meta.features) })
    }
  }
}
