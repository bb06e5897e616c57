/** Words of the bootstrap of Δ. */
export const bootstrap = {
  title: 'Bootstrap of Δ',
  unit: '{n} draws of the users with a vote',
  say: 'Δ = {delta}, {level} BCa interval {interval}, {n} users; drawn once, at the end, without paying for earlier looks.',
  sayPercentile:
    'Δ = {delta}, {level} percentile interval {interval}, {n} users; drawn once, at the end, without paying for earlier looks.',
  from: 'From Δ',
  to: 'to Δ',
  count: 'Draws',
}
