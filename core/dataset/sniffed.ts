/** How the rows lie in a file. */
export type SourceFormat =
  | {
      readonly id: 'delimited'
      readonly separator: string
      readonly quoted: boolean
      readonly header: boolean
    }
  | { readonly id: 'json' } // an object per line
  | { readonly id: 'libsvm' } // grade, perhaps qid, then index:value
  | { readonly id: 'parquet' }

/** What the head of a file shows. */
export interface Sniffed {
  readonly format: SourceFormat
  readonly columns: readonly string[] // distinct; 'column 1' … where the file names none
  readonly rows: readonly (readonly string[])[] // [at most 50][columns]
}
