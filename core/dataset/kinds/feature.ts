/** One column of a feature table, a number or a category per row. */
export type Feature =
  | {
      readonly name: string
      readonly type: 'number'
      readonly values: Float32Array // [rows]; NaN where it was not logged
    }
  | {
      readonly name: string
      readonly type: 'category'
      readonly code: Int32Array // [rows], 0 … names.length − 1; −1 where it was not logged
      readonly names: readonly string[]
    }

/** A categorical feature, as segments are. */
export type Category = Extract<Feature, { readonly type: 'category' }>
