import type { ReportWords } from './words.ts'

export const en: ReportWords = {
  report: 'Duelist report',
  run: (id) => `run ${id}`,
  comma: ', ',
  semicolon: '; ',
  stop: ' ',
  sections: {
    design: 'Question and design',
    result: 'Result',
    health: 'Health',
    arms: 'Policies on the same traffic',
    policy: 'Policy change',
    methods: 'Methods',
    reproduce: 'Reproduce',
  },
  columns: {
    quantity: 'Quantity',
    value: 'Value',
    n: 'n',
    check: 'Check',
    limit: 'Limit',
    state: 'State',
    setting: 'Setting',
    outcome: 'Outcome',
    count: 'Impressions',
    share: 'Share',
  },
  noResult: {
    headline: 'No verdict yet: the run has not stored a result.',
    second: 'The design below is locked; numbers follow once users have been served.',
  },
  unfinished: (state, done, total) =>
    `This run is ${state}: ${done} of ${total} impressions were served. The numbers below are of that part.`,
  exchangeable:
    'An A/A run: both sides are independent perturbations of Q, equally distributed, so that the truth is Δ = 0. Anything but “undecided” or “practically equal” would be a false alarm.',
  facts: {
    alpha: 'Exploration coefficient α',
    rankers: 'Rankers, the first is A',
    current: 'Current network Q ●',
    explore: 'Explore network Q̃ ▲',
    minorRule: 'Minor update',
    duel: 'Update duel',
    majorUpdate: 'Major update',
    interleaving: 'Interleaving',
    traffic: 'Traffic',
    world: 'World',
    clicks: 'Click model',
    engine: 'Unit and engine',
    errorRate: 'Error rate',
    parent: 'Forked from',
    appVersion: 'Duelist',
    engineVersion: 'Engine',
    backend: 'Compute backend',
    dataset: 'Dataset SHA-256',
    specHash: 'Spec SHA-256',
    seed: 'Seed',
    digest: 'Digest of the run',
    created: 'Started',
  },
  design: {
    alpha: (value, perturb) =>
      `${value}, ${{ element: 'noise per weight', additive: 'noise scaled by layer', tensor: 'one number per tensor' }[perturb]}`,
    current: (hidden, gamma) => `dueling network, ${hidden} hidden units, γ ${gamma}`,
    explore: 'Q + ΔW, drawn for each duel',
    exploreExchangeable: 'both sides perturbed (A/A)',
    minorRule: {
      step: (eta) => `W + η·ΔW, η ${eta}`,
      printed: (eta) => `W + η·W̃ (as printed), η ${eta}`,
      replace: () => 'W ← W̃',
      none: () => 'none: duels are only counted',
    },
    duel: (impressions) => `M = ${impressions} impressions`,
    majorUpdate: (duels, steps) => `every ${duels} duels, ${steps} gradient steps`,
    noMajorUpdate: 'none',
    interleaving: (spec, k) =>
      spec.kind === 'probabilistic'
        ? `probabilistic, τ ${spec.tau}, top ${k}`
        : spec.kind === 'teamDraft'
          ? `team draft, top ${k}`
          : `optimized, top ${k}`,
    traffic: (users, impressions, pool) =>
      `${users} users, ${impressions} lists each on average, ${pool} candidates`,
    ratings: (name, users, items, rows) =>
      `${name}: ${users} users, ${items} items, ${rows} ratings`,
    ratingsUnknown: (name) => name,
    typedLatent: (users, items, types) =>
      `generated: ${users} users, ${items} items, ${types} types`,
    clicks: (eta) => `position-based, strength of the bias ${eta}`,
    engine: (engine) => `user, ${engine}`,
    errorRate: (rate, region) => `${rate}, equal within ±${region}`,
    errorRateOnly: (rate) => `${rate}, no equivalence region`,
    parent: (experiment) => `experiment ${experiment}`,
  },
  engines: {
    betting: 'betting sequence',
    betaBinomial: 'beta-binomial sequence on signs',
    asymptotic: 'asymptotic sequence',
    fixedUserT: 'one look at the end',
  },
  intervalOf: (level) => `${level} interval`,
  decides: '(decides)',
  quantities: {
    delta: 'Δ, users',
    deltaImpression: 'Δ, impressions, clustered by user',
    eValue: 'e-value against no preference',
    signTest: 'Exact sign test of users, p',
    designEffect: 'Design effect of repeated users',
    explorationCost: 'Exploration cost, clicks lost against L',
    overlap: 'Mean overlap of L and L̃',
    identical: 'Lists with L = L̃ (ties when clicked)',
    updatesWon: 'Update duels won by Q̃ (step applied)',
    updatesLost: 'Update duels lost by Q̃',
    updatesTied: 'Update duels tied',
    updatesVoid: 'Update duels void',
    updatesMajor: 'Major updates',
    updatesGuard: 'Steps rescaled by the norm guard',
    normRatio: '‖W‖ at the end against the first request',
    effectiveItems: 'Items shown, effective number',
    ndcg: 'nDCG@k of Q',
    precision: 'Precision@k of Q',
  },
  units: {
    users: 'users',
    impressions: 'impressions',
    updateDuels: 'update duels',
    clicks: 'clicks',
    preference: 'preference',
    ctr: 'clicks per shown item',
    ratio: 'ratio',
    items: 'items',
    p: 'p value',
    share: 'share',
    count: 'count',
    eValue: 'e-value',
  },
  eValueNeeded: (needed) => `${needed} needed`,
  signTestNote: (a, b) => `${a} for Q, ${b} for Q̃`,
  outcomes: { a: 'A wins', b: 'B wins', tie: 'ties', noVote: 'no-votes' },
  identicalNote: (count) => `lists were identical: ${count}`,
  checks: {
    firstPickFairness: 'First picks of the teams, fair coin',
    positionTeam: 'Position × team, independence',
    noVoteByCoin: 'No-votes against first picker, independence',
    dilution: 'Slots that could tell the lists apart',
    heavyUsers: 'Votes of the most active 1 % of users',
    duplicates: 'Items shown twice in one list',
    sampleRatio: 'Users per arm against the planned shares',
    firstListLead: 'Users by the team that led their first list, fair coin',
    teamMismatch: 'Lists that the method can not have made',
    repeatedLists: 'Repeated lists that were left in',
    automaticUsers: 'Users that look like programs, left in',
    unmeasuredClicks: 'Clicks without a dwell time',
  },
  levels: { ok: '✓ passes', warn: '! warning', block: '✕ blocks' },
  atLeast: (limit) => `at least ${limit}`,
  atMost: (limit) => `at most ${limit}`,
  arms: {
    served: 'Served list (interleaved)',
    q: 'Current network Q',
    explore: 'Explore network Q̃',
    random: 'Random',
    popularity: 'Popularity',
    staticBest: 'Static best list',
    untrained: 'Untrained network',
    oracle: 'Oracle (upper bound)',
  },
  interleavers: {
    probabilistic: 'probabilistic interleaving (Hofmann, Whiteson & de Rijke, CIKM 2011)',
    teamDraft: 'team-draft interleaving (Radlinski, Kurup & Joachims, CIKM 2008)',
    optimized: 'optimized interleaving (Radlinski & Craswell, WSDM 2013)',
  },
  armsIntro:
    'Expected clicks per shown item on the same requests, from the click model of the simulator; only the served list was shown to users. Intervals are clustered by user.',
  figures: {
    forest: 'Preference Δ by engine',
    forestCaption: (level, region) =>
      `Preference Δ with ${level} intervals; positive favours Q, negative favours Q̃.${
        region === null ? '' : ` Shaded: equivalence region ±${region}.`
      } Only the first row decides; it was locked before launch.`,
    otherEngines: 'For comparison',
    locked: 'locked',
    sequence: 'Δ and its confidence sequence over users',
    sequenceSummary: (users, interval, anytime) =>
      `After ${users} users the interval of Δ is ${interval}. ${anytime ? 'It holds at every look, so peeking was safe.' : 'Only the look at the planned end decides.'}`,
    sequenceEmpty: 'No user has closed yet: there is no interval.',
    decidedAt: (users) => `0 left the interval at ${users} users`,
    outcomes: 'Impressions by outcome',
    outcomesSummary: (parts) => `Of all impressions: ${parts}.`,
    curves: 'Expected clicks per shown item over the run',
    curvesSummary: (parts, impressions) =>
      `Means of up to 30 equal parts of the run; the last, at ${impressions} impressions: ${parts}.`,
    curvesEmpty: 'No point has been stored yet.',
  },
  methods: (plan) => [
    `Each request was answered with one list of ${plan.k} items, interleaved from the top ${plan.k} of the current network Q (A) and of the explore network Q̃ (B) by ${en.interleavers[plan.interleaver]}. An impression counts for the side whose items got more credit from clicks; identical lists with a click are ties; a list without any attributed click is a no-vote and not part of n.`,
    'The unit of analysis is the user: each user’s votes are averaged to one score in [0, 1] (1 = A, ½ = tie, 0 = B), which enters once, when the user’s last impression has been judged. Δ is the mean score less ½.',
    plan.engine === 'fixedUserT'
      ? `The verdict comes from a t interval of the user scores at the planned end, with an error rate of ${plan.errorRate}; earlier looks decide nothing.`
      : `The verdict comes from ${
          {
            betting: 'a betting confidence sequence (Waudby-Smith & Ramdas, JRSS-B 2024)',
            betaBinomial: 'a beta-binomial confidence sequence on the users’ signs (Robbins 1970)',
            asymptotic:
              'an asymptotic confidence sequence (Waudby-Smith et al., Annals of Statistics 2024)',
          }[plan.engine]
        } with an error rate of ${plan.errorRate}, intersected over looks; it is valid however often one looks. Evidence decides at an e-value of ${plan.needed}.`,
    plan.equivalence === null
      ? 'No equivalence region was set.'
      : `|Δ| up to ${plan.equivalence} was set as practically equal before launch.`,
    `Reference policies were computed on the same requests, candidates and users, without being shown. The recommender could see ${plan.historyShare} of each user’s ratings; clicks follow the rest.`,
  ],
  reproduceIntro:
    'The same spec and seed give the same digest on the same engine and backend. Save the spec under the name that the command uses (a sample needs no file), then:',
  commandTitle: 'Command line',
  specTitle: 'Experiment spec (JSON)',
  tableTitle: 'The numbers',
}
