import type { Recogniser } from './recogniser.ts'

const fields = ['impression', 'user', 'time', 'history', 'candidates'] as const

/** `behaviors.tsv` of MIND (Wu et al., ACL 2020): five columns without a header. */
export const mind: Recogniser = {
  title: 'MIND behaviors.tsv',
  companions: () => ['news.tsv'],
  companionFormat: { id: 'delimited', separator: '\t', quoted: false, header: false },
  recognise({ format, columns, rows }) {
    const isTable = format.id === 'delimited' && format.separator === '\t' && !format.header
    if (!isTable || columns.length !== fields.length) return null
    const isBehavior = rows.every((row) => /^\S+-[01](\s|$)/.test(row[4] ?? ''))
    if (!isBehavior) return null
    return {
      kind: 'impressions',
      columns: fields.map((field, i) => ({ column: columns[i]!, field })),
    }
  },
}
