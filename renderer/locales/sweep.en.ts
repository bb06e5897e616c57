/** Words of the chart over α. */
export const sweep = {
  title: '{metric} over α',
  say: '{n} values of α from {from} to {to}, {seeds} seeds: boxes hold the middle half of the seeds, whiskers all of them. Runs that differ in α and seed alone.',
  alone:
    'No other finished run differs from this one in α alone. Fork it with another α, and both stand here side by side.',
  fork: 'Fork with another α',
  metric: 'Number',
  least: 'least',
  most: 'most',
  seeds: 'seeds',
  of: { delta: 'Δ', ctr: 'CTR', cost: 'cost' },
}
