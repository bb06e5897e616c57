/** Words of a range of users that was brushed, and of segments that were picked. */
export const range = {
  title: 'A range of users',
  unit: 'picked by looking: exploratory',
  hint: 'Drag over the chart of Δ, or hold Shift and press ← → on its cursor, or write two numbers. Δ and its interval are then those of the users that left in between.',
  cursorHelp: 'Shift with ← → Home End chooses a range.',
  from: 'After user',
  to: 'up to user',
  read: 'Read the range',
  clear: 'Clear',
  bad: 'write whole numbers, the first from 0, the second up to {n} and larger',
  snapped:
    'Read from user {from}: a range starts at one of the {n} starts that were declared before anybody looked.',
  prefers:
    'Users {from} to {to}: {name} is preferred also after the correction, Δ = {delta} ({interval}).',
  withheld: 'Users {from} to {to}: Δ from {interval}; no conclusion while a health check fails.',
  open: 'Users {from} to {to}: not told from 0 after the correction, Δ from {interval}.',
  none: 'Users {from} to {to}: Δ is not estimable yet, too few of them have a vote.',
  onlyRaw:
    'Alone it would seem to differ from 0. Of many ranges one always does, which is what the correction pays for.',
  raw: 'alone, as if chosen before launch',
  corrected: 'corrected, for a range that was chosen by looking',
  which: 'Read',
  rate: 'Error rate',
  p: 'p',
  users: 'Users with a vote',
  starts:
    'Corrected by the union bound over {n} starts, error rate {rate} in all and {each} each. A confidence sequence holds at each of its ends, so that ends cost nothing: whichever range is brushed, its interval holds with at least the rest.',
  ranges:
    'Corrected by the union bound over {n} ranges, error rate {rate} in all and {each} each: this engine looks once, so that each pair of start and end is paid for.',
  secondary:
    'The verdict stands on all users. Within a range the preference is taken to be the same for all of its users.',
  first: 'Of the first challenger: stored impressions hold its votes alone.',
  reason: {
    split:
      'A split compares arms, and a range of users would hold both: nothing is said of a range.',
    score: 'Scores have no common range: nothing is said of a range.',
    noImpressions: 'No impressions are stored with this run, as it came in a bundle.',
    emptyRange: 'Nobody left in this range.',
    unfinished:
      'A range is read when the run has finished: until then users may still come back, and each counts once.',
  },
  reading: 'Reading the stored impressions: {share}',
  marks: 'Marked above the bars that hold one',
  alone: 'Δ alone',
  together: 'Δ, all rows at once',
  pRaw: 'p alone',
  pAdjusted: 'p corrected',
  pick: 'Pick {name}',
  picked: 'Picked segments',
  pickHint: 'Pick a segment to read it out; the correction covers whichever is picked.',
  say: '{name}: {state}. Alone Δ = {delta} ({raw}), {p}. All {n} at once {interval}; after {method} {adjusted}.',
  sayNone: '{name}: Δ is not estimable yet, too few of its users have a vote.',
  togetherNote:
    'The interval of all rows at once takes an error rate of {each}, so that every row covers and any may be picked. {method} decides: it may name a row whose wider interval is still open.',
}
