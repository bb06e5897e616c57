/** Words of the analysis plan: guardrails, sizes, families, challengers. */
export const plan = {
  fields: {
    scoreBound: {
      label: 'Bound M of scores',
      help: 'Lets the betting engine average scores without a bound; a user beyond it makes the run invalid; 0 sets none.',
    },
    minimumEffect: {
      label: 'Smallest effect',
      help: 'Smallest Δ worth finding, beside or instead of the region; the users it needs are shown at the right; 0 names none.',
    },
    power: {
      label: 'Power',
      help: 'Probability of finding the smallest effect with the users that are needed.',
    },
    correction: {
      label: 'Correction',
      help: 'All challengers are one family; how their comparisons are corrected together.',
    },
    guardrails: {
      ctrFloor: {
        label: 'Clicks kept, floor',
        help: 'Share of the expected clicks on A’s own lists that the served lists must keep, like 0.95; 0 switches it off.',
      },
      diversityFloor: {
        label: 'Effective items, floor',
        help: 'Effective items that must be shown in the whole run; 0 switches it off.',
      },
      latencyCeiling: {
        label: 'Time per list, ceiling',
        help: 'Milliseconds per list on this machine, watched while the run is served; no part of the result; 0 switches it off.',
      },
    },
  },
  options: {
    correction: {
      auto: 'e-BH, or BH for one look',
      eBh: 'e-BH',
      bh: 'Benjamini–Hochberg',
      by: 'Benjamini–Yekutieli',
      holm: 'Holm',
      bonferroni: 'Bonferroni',
      holmSidak: 'Holm–Šidák',
      hommel: 'Hommel',
    },
  },
  guardrails: {
    title: 'Guardrails',
    sub: 'outside the family: they warn and never decide',
    ctrFloor: 'Clicks kept',
    diversityFloor: 'Effective items shown',
    latency: 'Time per list',
    floor: 'floor {limit}',
    ceiling: 'ceiling {limit}',
    holds: 'holds',
    open: 'not settled yet',
    breached: 'breached',
    milliseconds: '{n} ms',
    notMeasured: 'measured while the run is served; no part of its result',
    users: '{n} users',
    items: '{n} shown items',
  },
  needs: {
    detectable: 'Detectable Δ',
    detectableNote: 'by {users} users, power {power}, one look',
    required: 'Users for Δ = {effect}',
    requiredNote: '{votes} decisive votes, exact search, power {power}',
    short: 'more than the {users} planned',
    assumed:
      'Assumed before the first vote: {ties} ties, {noVotes} no-votes, correlation {icc} of one user’s votes. For one look; what a sequence needs, the Peek Lab measures.',
  },
  challenger: {
    pick: 'Challenger shown',
    against: '{a} against {b}',
    family:
      'One family of {n} comparisons, corrected by {method} at {rate}. Named with a direction: {named}.',
    none: 'none',
    rate: 'an error rate of {rate}',
  },
  notUnbiased: 'not unbiased',
  notIndependent: 'Impressions are not independent: one user’s count like 1 / {deff} each.',
  notIndependentUnknown: 'Impressions are not independent.',
}
