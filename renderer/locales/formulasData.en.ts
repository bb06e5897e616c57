/** Words of the numbers of a dataset that open. */
export const formulasData = {
  propensityMean: {
    title: 'Mean of 1/propensity',
    text: 'Over many rows it comes to the number of actions where the logged propensities are the probabilities of what was logged.',
  },
  smallPropensity: {
    title: 'Least propensity',
    text: 'Its row has the largest weight in an estimate; 1/propensity rows of the usual kind weigh as much.',
  },
  teamBalance: {
    title: 'First position of the first team',
    text: 'Teams that are drawn fairly are first equally often.',
  },
  clickRate: { title: 'Click rate', text: 'Clicks per row of the log.' },
  unclicked: {
    title: 'Lists without a click',
    text: 'They decide no duel and teach no label.',
  },
  heavyUser: {
    title: 'Largest share of one user',
    text: 'Lists of the user with the most, over all lists. One user with much of the traffic may be a bot.',
  },
  singleGrade: {
    title: 'Queries of one grade',
    text: 'On these queries every order of the documents is worth the same.',
  },
  columnMissing: {
    title: 'Rows without a value',
    text: 'Share of the rows of the file in which this column is empty.',
  },
  columnDistinct: {
    title: 'Distinct values',
    text: 'Counted approximately, in one pass; it may be off by a few per cent.',
  },
}
