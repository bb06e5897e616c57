/** Words of what the arms of an A/B test earned. */
export const armRates = {
  title: 'Clicks per list',
  unit: 'of each arm’s own users · {n} users',
  difference: 'Difference of clicks per list',
  served: 'Lists as served',
  users: '{n} users',
}
