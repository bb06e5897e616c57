import type { Recogniser } from './recogniser.ts'

const fields: Readonly<Record<string, string>> = {
  timestamp: 'time',
  item_id: 'action',
  position: 'position',
  click: 'reward',
  propensity_score: 'propensity',
}
const isContext = (name: string) => /^(user_feature_|user-item_affinity_)\d+$/.test(name)

/** Open Bandit Dataset (Saito et al., NeurIPS Datasets 2021), with `item_context.csv` beside it. */
export const openBandit: Recogniser = {
  title: 'Open Bandit',
  companions: () => ['item_context.csv'],
  recognise({ columns }) {
    const isBandit = Object.keys(fields).every((name) => columns.includes(name))
    if (!isBandit || !columns.some(isContext)) return null
    return {
      kind: 'bandit',
      columns: columns.flatMap((column) => {
        const field = fields[column] ?? (isContext(column) ? 'context' : null)
        return field === null ? [] : [{ column, field }]
      }),
    }
  },
}
