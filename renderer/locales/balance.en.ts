/** Words of the balance of the teams on Live. */
export const balance = {
  title: 'Team balance',
  unit: 'sequential checks, alarm below {limit}',
  first: 'First slot',
  all: 'All slots',
  none: 'No slot counts for a team: the method gives credit without teams, or no impression is stored.',
  note: 'Share of slots by position, %; n = {n} slots of {lists} lists.',
}
