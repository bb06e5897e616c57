/** Words of the interleaving methods and of the click models in a setup. */
export const serving = {
  fields: {
    click: {
      kind: { label: 'Click model', help: 'How simulated users examine and click a list.' },
      eta: { label: 'Position bias', help: 'Strength of position bias; 0 switches it off.' },
      stop: {
        label: 'Stop coin',
        help: 'When users may stop: after a click, as in the papers, or at every rank, as in some libraries.',
      },
      satisfaction: {
        label: 'Satisfaction',
        help: 'Probability that a click is enough: of any item in the cascade, times its attraction in the dynamic Bayesian model.',
      },
      lambda: { label: 'Reads on λ', help: 'Probability to read on after a click.' },
      gamma: {
        label: 'Patience γ',
        help: 'Probability that a user who is not satisfied reads the next slot.',
      },
      users: {
        label: 'Users',
        help: 'Click and stop probabilities by grade, as published; they replace the world’s attraction.',
      },
    },
    interleaver: {
      kind: { label: 'Method', help: 'How the two top-k lists become the one that is shown.' },
      sharedDocs: {
        label: 'Shared items',
        help: 'Which team an item belongs to that both lists would show.',
      },
      sampling: {
        label: 'Turns',
        help: 'A fair coin for each slot, or each network once in every two slots.',
      },
      maxLists: {
        label: 'Possible lists',
        help: 'Lists that one request chooses among; more are sampled.',
      },
      tau: {
        label: 'Decay τ',
        help: 'How quickly the weight of a rank falls, rank^−τ: of its chance, or of its credit.',
      },
      theta: {
        label: 'Assumed examination',
        help: 'How often the credit takes a rank to be looked at; uniform can not see a change of order.',
      },
    },
  },
  options: {
    click: {
      kind: {
        positionBased: 'Position-based',
        cascade: 'Cascade',
        dependentClick: 'Dependent click',
        dynamicBayesian: 'Dynamic Bayesian',
        userBrowsing: 'User browsing',
        graded: 'By grade',
      },
      stop: { after_click: 'after a click', every_rank: 'at every rank' },
      users: {
        perfect: 'perfect',
        navigational: 'navigational',
        informational: 'informational',
        almostRandom: 'almost random',
        random: 'random',
      },
    },
    interleaver: {
      kind: {
        teamDraft: 'Team draft',
        probabilistic: 'Probabilistic',
        optimized: 'Optimized',
        balanced: 'Balanced (not unbiased)',
        debiasedBalanced: 'Debiased balanced',
        pairwisePreference: 'Pairwise preference',
        sampleOnlyScored: 'Sample-only scored (not unbiased)',
      },
      sharedDocs: {
        drawer: 'the team that draws it',
        prefix_neutral: 'common prefix neutral',
        same_rank_neutral: 'same rank neutral',
        same_pick_neutral: 'same pick neutral',
      },
      sampling: { replace: 'a coin for each slot', noReplace: 'each once per two slots' },
      theta: { inverse: '1 / rank', uniform: 'uniform' },
    },
  },
}
