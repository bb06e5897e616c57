/** Item vectors, one row per item: [items × width]. */
export interface ItemVectors {
  readonly items: number
  readonly width: number
  readonly values: Float32Array
}
