/**
 * Columns of a feature vector that belong together (DRN §4.1): of the user, the context of the
 * request, the item, or the pair of user and item.
 */
export type FeatureGroup = PlacedGroup | StateGroup

interface PlacedGroup {
  readonly group: 'user' | 'context' | 'item' | 'userItem'
  readonly name: PlacedFeature
  readonly width: number
  /**
   * The vector the columns stand in: `item` once per item for good, `pair` once per candidate of a
   * request, where also item features stand that change with time.
   */
  readonly place: 'item' | 'pair'
}

/** Columns of the state, which stands once per request. */
export interface StateGroup {
  readonly group: 'user' | 'context'
  readonly name: StateFeature
  readonly width: number
  readonly place: 'state'
  /** Length of the window that is counted, where there is one. */
  readonly hours?: number
}

/** What columns of a candidate mean. */
type PlacedFeature =
  | 'vector' // of the space that tastes live in
  | 'visibleRatings' // how many, and their mean
  | 'views'
  | 'topic' // one column of them is 1
  | 'provider'
  | 'category'
  | 'action'
  | 'content'
  | 'document' // of the query and the document, as the log has it
  | 'clicks' // so far, per window
  | 'freshness' // age
  | 'shares' // of the user's clicks, by topic and provider
  | 'affinity' // of the item to what the user clicked

/** What columns of a state mean, and with it how they read. */
type StateFeature =
  | 'visibleTaste' // visible ratings in the space of the items' vectors, as sign · ln(1 + size)
  | 'visibleCount' // ln(1 + visible ratings), standardised over users
  | 'clickedItems' // sum of the clicked items' vectors / √(1 + requests)
  | 'clickedContent' // mean content of what was clicked
  | 'readContent' // mean content of what was read
  | 'viewedItems' // mean vector of the viewed products
  | 'lastViewed' // vector of the product viewed last
  | 'topicClicks' // ln(1 + clicks) per topic
  | 'providerClicks' // ln(1 + clicks) per provider
  | 'allClicks' // ln(1 + clicks)
  | 'allViews' // ln(1 + views)
  | 'allReads' // ln(1 + items read) / 4
  | 'requests' // ln(1 + requests)
  | 'clickRate' // clicks / (1 + requests)
  | 'timeOfDay' // sine and cosine
  | 'weekday' // one column of seven is 1
  | 'loggedContext' // as the log has it
  | 'constant'
