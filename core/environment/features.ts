/**
 * Columns of a feature vector that belong together (DRN §4.1): of the user, the context of the
 * request, the item, or the pair of user and item.
 */
export interface FeatureGroup {
  readonly group: 'user' | 'context' | 'item' | 'userItem'
  readonly name: string
  readonly width: number
  /**
   * The vector the columns stand in: `state` once per request, `item` once per item for good, `pair`
   * once per candidate of a request, where also item features stand that change with time.
   */
  readonly place: 'state' | 'item' | 'pair'
}
