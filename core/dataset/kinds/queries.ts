import { optional, required, type LogKind } from './logField.ts'

/** Graded query-document pairs with features; the documents of one query are neighbours. */
export interface QueryLog {
  readonly queries: number
  readonly documents: number
  readonly queryIds: readonly string[] // [queries]
  readonly documentIds: readonly string[] | null // [documents]; null where not logged
  readonly first: Int32Array // [queries + 1]: documents first[q] … first[q + 1] − 1 are query q's
  readonly grade: Float32Array // [documents], 0 = irrelevant
  readonly width: number
  readonly featureNames: readonly string[] // [width]
  readonly features: Float32Array // [documents × width], row-major; 0 where not given
}

export const queries: LogKind = {
  fields: [
    required('query', 'id', 'queryid qid'),
    optional('document', 'id', 'documentid docid item itemid'),
    required('grade', 'amount', 'label relevance rel'),
    { ...optional('feature', 'number'), many: true },
  ],
  alternatives: [],
}
