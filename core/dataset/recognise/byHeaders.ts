import { planProblems } from '../importPlan.ts'
import type { DatasetKindId } from '../kinds/index.ts'
import { mapColumns } from '../mapColumns.ts'
import { none, type Recogniser } from './recogniser.ts'

/** A file whose headers name every field that the kind needs, as docs/log-formats.md lists them. */
export const byHeaders = (kind: DatasetKindId, title: string): Recogniser => ({
  title,
  companions: none,
  recognise({ columns, format }) {
    if (format.id === 'libsvm') return null
    const plan = mapColumns(kind, columns)
    return planProblems(plan).length === 0 ? plan : null
  },
})
