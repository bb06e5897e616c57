/** What several fields of a plan break together, and what would do. */
export const issues = {
  poolBelowList: 'Candidates must be at least as many as the items of a list.',
  ratingsAboveItems: 'A user can not rate more items than the catalogue has.',
  ratingsAboveHalf: 'Users of this world rate at most half of the catalogue.',
  typesAboveItems: 'There can not be more hidden types than items.',
  rankersInExplore: 'Exploring has no rankers of its own: its sides are Q and the explore network.',
  tooFewRankers: 'A comparison needs two to six rankers.',
  splitEngine:
    'This engine needs votes between 0 and 1; a split compares clicks per list, by the asymptotic sequence or by one look at the end.',
  methodRankers:
    'This method merges two rankings only; team draft, probabilistic, optimised, pairwise preference and sample-only-scored merge more.',
  scoreSigns:
    'This engine counts signs, and the sign of this method’s score is biased: average it by the asymptotic sequence or by one look.',
  scoreBound:
    'Scores of this method have no bound: take the asymptotic sequence or one look, or lock a bound M.',
  correctionAnytime:
    'This correction needs a single look; with an engine that may be looked at at any time take auto or e-BH.',
  correctionEBh:
    'e-BH corrects e-values, and this engine has none: take auto or a correction of p-values.',
  fixedWeights:
    'This strategy moves weights, and those of this learner are worked out from its sums: show its own lists instead, or choose another learner.',
  marginalSlots:
    'This credit needs slots that are drawn independently: two sides and probabilistic interleaving with a coin per slot. Credit by rate takes any list with teams.',
  teamCredit:
    'This strategy credits the side that drew an item, which only team draft and probabilistic interleaving tell.',
  tooManySides: 'Too many sides would share a list; six are the most.',
  centreWithoutV: 'Without a dueling network there is no advantage to centre.',
  clicksWithoutGrades: 'The items of this world have no grades; choose another click model.',
  needsRatings: 'A world of items has no ratings, which this needs.',
  vectorsOfItems: 'Items of this world come with vectors: use those.',
  vectorsOfRatings: 'Items of this world come without vectors: learn them from the ratings.',
  scaleReversed: 'The largest rating must be above the smallest.',
  scaleOfTypes: 'Users of this world rate from 1 to 5.',
  horizonAboveItems:
    'No item is shown twice, so an episode has at most as many steps as there are items.',
  itemsBelowLists:
    'Too few items: a user is shown as many different ones as all lists of an episode hold, and 20 in an evaluation.',
}
