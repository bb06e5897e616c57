/** Words of the gauge of item collapse. */
export const collapse = {
  gauge: 'How many items the lists amount to',
  gaugeUnit: 'effective items, last {n} impressions, of {catalogue} items; logarithmic',
  policy: 'Lists of',
  served: 'Served',
  fine: 'The served lists amount to {n} items; popularity would show {popularity}.',
  amber:
    'Narrow: the served lists amount to {n} items, fewer than {limit}, that is {share} × what popularity would show.',
  red: 'Collapse: the served lists amount to {n} items, fewer than {limit}, that is {share} × what popularity would show.',
  unknown:
    'The served lists amount to {n} items; this run holds no lists of other policies to compare.',
  limitAmber: 'Amber below',
  limitRed: 'red below',
  limitUnit: '× popularity',
  lorenz: 'Lorenz curve',
  lorenzUnit: 'share of exposures over the catalogue, least shown first, in %',
  lorenzSay:
    'The top ten items hold {top10} of the served exposures, under popularity {popularity}.',
  lorenzAlone: 'The top ten items hold {top10} of the served exposures.',
  trend: 'Effective items over time',
  trendUnit: 'windows of {n} impressions',
  trendSay: 'Effective items of the served lists from {first} to {last}, {n} windows.',
  table: 'Exposure by policy',
  open: 'Items of {name}',
  itemsOf: 'Most shown: {name}',
  item: 'Item',
  share: 'Share',
  reached: 'Users reached',
  nobody: 'These lists were not served: they reach nobody.',
  close: 'Close the items',
}
