/** Words of the live preview of a plan. */
export const preview = {
  title: 'First lists',
  sub: 'fixed seed and requests: only your change shows',
  waits:
    'The first lists and what the plan needs appear once {n} thing is set. | The first lists and what the plan needs appear once {n} things are set.',
  goThere: 'Go there',
  request: 'Request {n} of {total}',
  earlier: 'Previous request',
  later: 'Next request',
  rank: 'Rank',
  item: 'item {id}',
  same: 'same rank',
  up: 'up {n}',
  down: 'down {n}',
  onlyHere: 'only here',
  overlap: 'RBO',
  overlapNote: '{low} to {high}, 10–90 %',
  ties: 'Ties',
  noVotes: 'No-votes',
  identical: 'Dilution',
  identicalNote: 'lists are the same',
  clicks: 'Clicks per list',
  clicksNote: '{a} of A, {b} of B, expected',
  ofImpressions: 'of {n} impressions',
  curve: 'Overlap of the lists',
  curveSummary:
    'RBO of the two lists is {now} here; it goes from {first} to {last} over the axis ({n} requests).',
  power: 'Power',
  powerUnit: 'to find Δ = {effect}, one look',
  powerSummaryNamed:
    'With {users} users the power to find the smallest effect is {power}; {required} users are needed for {wanted}.',
  powerSummary:
    'Δ = {effect} is the smallest that {users} users find with a power of {wanted}; name an effect to see its own curve.',
  users: 'users',
  low: '10 %',
  high: '90 %',
  noDecisive:
    'No vote is decisive here, so no number of users can be named. The lists hardly differ or nobody clicks: raise the exploration, lengthen the lists, or choose another click model.',
  approximate: 'Approximate',
  approximateText:
    '{requests} first requests, {draws} draws, before anything is learned from clicks.',
  approximateDuel: '{requests} first requests, before anything is learned from clicks.',
  smallerWorld: 'The world is smaller than the plan’s.',
  smallerPretraining: 'Pre-training is shorter than the plan’s.',
  building: 'Building the world and training Q; a second or two, once per world.',
  logged:
    'No preview: a world that is made of a log is read whole before its first list. Launch to see its lists.',
  failed: 'No preview: {reason}',
  measured:
    'From the preview: {ties} ties, {noVotes} no-votes; assumed: correlation {icc} of one user’s votes. For one look; what a sequence needs, the Peek Lab measures.',
}
