import { formulasData } from './formulasData.en.ts'
import { formulasMore } from './formulasMore.en.ts'

/** Words of the numbers that open: what each is, and where its rows are. */
export const formulas = {
  gone: 'This number is no longer on the page.',
  values: 'With its values',
  rows: {
    title: 'The rows behind it',
    users: 'Users: each with its votes and its share in Δ',
    impressions: 'Impressions: each list with its teams and clicks',
    networks: 'Networks: both networks, update by update',
    points: 'Raw: every point of the run as it is stored',
    places: 'Position and attribution: slots by position and team',
    segments: 'Segments: every row of the family',
    runs: 'Experiments: every run with its seed',
    nodes: 'Node table: every node with items, visits and reward',
    models: 'Models: what was trained, by what',
    datasets: 'Data: the rows as they were imported',
    drawn:
      'Nothing is kept of single repetitions: the seed and the command line on the page draw them again, to the same digest.',
    plan: 'The settings of this form.',
    preview:
      'The lists on this page: requests, draws of ΔW and clicks come from fixed seeds and change with the plan alone.',
  },
  of: {
    ...formulasMore,
    ...formulasData,
    delta: {
      title: 'Preference Δ',
      text: 'Mean over users of the mean vote, less one half. Each user counts once; above 0 A is preferred. The interval is that of the engine the plan locked.',
    },
    eValue: {
      title: 'e-value',
      text: 'Wealth of a bet against Δ = 0, in units of the first stake. It may be looked at as often as one likes; 1 divided by the error rate is enough to reject.',
    },
    users: {
      title: 'Users',
      text: 'Users whose enrolment has closed: the last list they were planned to see has been judged. Those without any vote are not part of Δ.',
    },
    duels: {
      title: 'Duels',
      text: 'Lists in which a click gave credit: won by A, won by B, or tied. A list without an attributed click is a no-vote and counted apart.',
    },
    effectiveItems: {
      title: 'Effective items',
      text: 'exp of the entropy of exposures: as many items as would share the exposures equally.',
    },
    explorationCost: {
      title: 'Exploration cost',
      text: 'Clicks expected on Q’s list less those expected on the list that was served instead, summed over the run; exact under the simulator’s click model.',
    },
    overlap: {
      title: 'Overlap of L and L̃',
      text: 'Mean share of the items of L that L̃ holds as well.',
    },
    normRatio: {
      title: 'Growth of the weights',
      text: 'Norm of all weights divided by their norm at the first request. Above 1.1 the minor updates are worth a look.',
    },
    designEffect: {
      title: 'Design effect',
      text: 'Variance of Δ at impression level with users as clusters, divided by that of independent votes. Above 1 impressions of one user resemble each other.',
    },
    ctr: {
      title: 'Expected clicks per item',
      text: 'Mean over the run of the probability that an item is looked at at its rank, times the probability that it is clicked then.',
    },
    usersNeeded: {
      title: 'More users',
      text: 'Rough forecast: users until the interval leaves 0 or fits into the equivalence region, if Δ stays where it is and the interval narrows like √(ln n / n).',
    },
    betting: {
      title: 'Users, betting sequence',
      text: 'Means that no bet has refused: the interval holds at every look, and is intersected over all looks so far.',
    },
    asymptotic: {
      title: 'Users, asymptotic sequence',
      text: 'A normal mixture around the mean of the users’ votes; it holds at every look as far as the central limit does.',
    },
    fixedUserT: {
      title: 'Users, one look at the end',
      text: 'Student’s t on the users’ mean votes. It is valid for the one look that the plan names, and not for peeking.',
    },
    betaBinomial: {
      title: 'Users by sign, beta-binomial sequence',
      text: 'Users who saw more wins of A against users who saw more of B. Users with as many of both drop out.',
    },
    impression: {
      title: 'Impressions, clustered by user',
      text: 'Every vote counts once. As votes of one user resemble each other, the variance is that of users as clusters.',
    },
    identical: {
      title: 'Identical lists',
      text: 'Lists on which both sides ranked the same items in the same order: clicked ones are ties, and dilute Δ.',
    },
    signTest: {
      title: 'Sign test',
      text: 'Users with more wins of A against users with more wins of B, exact and two-sided. A second opinion; it decides nothing.',
    },
    segment: {
      title: 'Δ of a segment',
      text: 'The locked engine on the users of one segment. All segments are one family, corrected as the plan says, apart from the verdict.',
    },
    range: {
      title: 'Δ of a range of users',
      text: 'The locked engine on the users that left in one range, alone and corrected for a range that was picked by looking.',
    },
    updates: {
      title: 'Update duels and updates',
      text: 'M lists are one update duel: Q̃ wins it, loses it, ties, or the lists never differed (void). Major updates replay stored requests.',
    },
    majorUpdate: {
      title: 'The last major update',
      text: 'Loss is the mean squared temporal-difference error of the replayed batch; ‖step‖ the norm of the change of all weights.',
    },
    ndcg: {
      title: "nDCG{'@'}k",
      text: 'Gain of the grades of a list with a logarithmic discount, over the best possible. Requests without a graded candidate are left out.',
    },
    precision: {
      title: "Precision{'@'}k",
      text: 'Share of the k items whose grade is at least 3 (3.5 of 5 stars).',
    },
    guardrail: {
      title: 'Clicks kept',
      text: 'Expected clicks on what was served over those on A’s own lists, with an interval clustered by user. It warns and never decides.',
    },
    latency: {
      title: 'Time per list',
      text: 'Milliseconds between two lists on this machine while the run is served. It is no part of the result.',
    },
    place: {
      title: 'Position × team',
      text: 'Slots of one position by the side that they count for, and the share of them that was clicked.',
    },
    returnsPerDay: {
      title: 'Returns',
      text: 'Requests after a user’s first, per day between the first and the last, over all users; interval clustered by user. Told per hour where users come back more than once an hour. Days and hours are those of the world.',
    },
    activeness: {
      title: 'Activeness S',
      text: 'How likely a user is to come back: it decays with time and rises with each request.',
    },
    clickedSimilarity: {
      title: 'Likeness of clicked items',
      text: 'Mean cosine between the items that one user clicked, averaged over users with at least two clicks.',
    },
    clickAge: {
      title: 'Age of clicked items',
      text: 'Hours between the item’s appearance and the click on it.',
    },
    calibration: {
      title: 'Calibration of Q',
      text: 'Predicted value against the target that replay learnt from, by tenths of the predictions. Equal where Q foretells well.',
    },
    clickLevel: {
      title: 'Level of clicks',
      text: 'The offset that brings random lists to the share of clicks which the world was set to.',
    },
    window: {
      title: 'Δ in windows of time',
      text: 'The locked engine on the users that left in one window. All windows hold at once, each at the error rate over their number.',
    },
  },
}
