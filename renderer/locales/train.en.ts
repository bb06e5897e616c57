/** Words of the Train page, and of the bar of a study. */
export const train = {
  title: 'Train',
  sub: 'An agent for many items, beside its baselines',
  form: 'What to train',
  start: 'Train',
  sample: 'Train the sample',
  sampleHelp: 'A tree policy on 256 items of hidden types: about a minute',
  noRatings: 'No ratings yet: import a table under Data.',
  none: 'Nothing has been trained yet.',
  noReport: 'The first point comes after the tree and the baselines.',
  noneHelp:
    'Choose a learner and a world and start, or train the sample. A finished training leaves a model.',
  toModel: 'Model {id}',
  toTree: 'Its tree',
  stages: {
    preparing: 'preparing',
    representation: 'item vectors',
    keptVectors: 'item vectors, kept from an earlier training',
    tree: 'building the tree',
    baselines: 'baselines',
    warmStart: 'warm start',
    updates: 'first updates',
  },
  updates: 'updates',
  vectors: 'Item vectors',
  vectorsHelp:
    ', learnt once for the same ratings, split, parameters and seed: the next training takes them from beside the dataset.',
  argmax: 'Argmax',
  sampled: 'Sampled',
  curve: 'Learning curve',
  rewardUnit: 'mean answer per step',
  worldItems: '{name}, {items} items',
  curveSummary:
    '{world}. The same evaluation stream at every point; dashed lines are the baselines.',
  between: 'Above {below}, below {above}.',
  aboveAll: 'Above every baseline, the nearest is {below}.',
  belowAll: 'Below every baseline, the nearest is {above}.',
  unknown: 'not known',
  episodes: '{n} episodes',
  se: '± {se} (s.e.), {n}',
  precision: 'Hits per step',
  recall: 'Recall',
  f1: 'F1 {f1}',
  longestRun: 'Longest positive run',
  steps: 'steps, mean',
  unique: 'Different items shown',
  gini: 'Gini {gini}, of {items}',
  seen: 'Learnt from',
  parameters: '{n} parameters',
  baselines: {
    random: 'random',
    popularity: 'popularity',
    staticBest: 'static best',
    greedySvd8: 'greedy MF (rank 8)',
    greedySvd32: 'greedy MF (rank 32)',
    greedyAcceptance: 'greedy next',
    userMean: 'user mean',
    oracle: 'oracle',
  },
  notes: {
    unratedIsZero: 'Items without a rating answer 0, so that finding rated items pays too.',
    middleIsUnrated: 'The middle rating answers 0, as an item without one.',
    noUsersHeldBack: 'This world has no users to hold back: it is tested where it was trained.',
  },
  gauges: {
    entropy: 'Entropy of a decision',
    protoDistance: 'Proto-action to its nearest item',
    distinctShare: 'Share of distinct items',
    protoLength: 'Length of the actor’s output',
    nearestLoss: 'Loss at the nearest item',
    cost: 'Exposure of popular items while learning',
    servedCost: 'Exposure of popular items as served',
    klMost: 'KL of an update',
  },
  gaugeUnits: {
    entropy: 'nats',
    protoDistance: 'median spacings of the items',
    distinctShare: 'of all items',
    protoLength: 'in units of the item vectors',
    nearestLoss: 'squared values',
    cost: 'cost of a trajectory',
    servedCost: 'cost of a trajectory, users held back',
    klMost: 'mean over states, largest update',
  },
  gaugeHelp: {
    entropy: 'Falls as the policy makes up its mind; at zero it no longer explores.',
    protoDistance: 'About 1 or less is healthy; what runs away proposes where no item is.',
    distinctShare: 'Near zero the policy has collapsed to a few items.',
    protoLength:
      'Mean before any normalising; without a cure it grows into the corners, where the critic has seen nothing.',
    nearestLoss:
      '(Q at the proto-action − Q at its nearest item)², the term that ties the critic to the items.',
    cost: 'Drawn lists of users it learns from, mean since the last point; it is to stay at or below the limit.',
    servedCost:
      'Lists of the policy’s mean, as a saved model shows them, for users it never met; it is to stay at or below the limit.',
    klMost: 'Largest since the last point; the line search lets no update pass its limit.',
  },
  healthy: 'healthy up to 1',
  costLimit: 'limit',
  klLimit: 'largest KL',
  neighbours: 'Value against k',
  neighboursSummary:
    '{n} trainings that differ in k alone; dashed is eq. 7-6 fitted to them by least squares.',
  neighboursFew:
    '{n} trainings that differ in k alone; three different k are needed to fit eq. 7-6.',
  sweep: 'Train for k = 1 item, 1 %, 5 %, 10 % and all',
  k: 'k, items',
  measured: 'Measured',
  closedForm: 'Eq. 7-6',
  equation: 'eq. 7-6: Q {q}, p {p}, b {b}, c {c}',
}

export const studyBar = {
  progress: 'Progress',
  earlier: 'Earlier ones',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  delete: 'Delete',
  doneOf: '{done} of {total}',
  again: 'Repeat it with',
}

/** Fields and choices of a training. */
export const trainFields = {
  kind: {
    label: 'Learner',
  },
  world: {
    kind: {
      label: 'World',
    },
    dataset: {
      label: 'Dataset',
    },
    minRating: {
      label: 'Rating worth −1',
    },
    maxRating: {
      label: 'Rating worth +1',
    },
    relevantFrom: {
      label: 'Relevant from',
    },
    neutral: {
      label: 'Middle rating',
    },
    alpha: {
      label: 'α, bonus per run',
    },
    trainShare: {
      label: 'Share of training users',
    },
    horizon: {
      label: 'Steps of an episode',
    },
    users: {
      label: 'Users',
    },
    items: {
      label: 'Items',
    },
    types: {
      label: 'Hidden types',
    },
    likeSame: {
      label: 'P(like), same type',
    },
    likeOther: {
      label: 'P(like), other type',
    },
    worldSeed: {
      label: 'World seed',
    },
    width: {
      label: 'Item vector length',
    },
    roughness: {
      label: 'Roughness',
    },
  },
  representation: {
    kind: {
      label: 'Item vectors',
    },
    width: {
      label: 'Vector length',
    },
    learningRate: {
      label: 'Vectors: step size',
    },
    l2: {
      label: 'Vectors: weight decay',
    },
    epochs: {
      label: 'Vectors: passes',
    },
    patience: {
      label: 'Vectors: patience',
    },
    hidden: {
      label: 'Vectors: hidden units',
    },
    klWeight: {
      label: 'Vectors: KL weight',
    },
    batch: {
      label: 'Vectors: batch',
    },
  },
  tree: {
    depth: {
      label: 'Tree depth d',
    },
    split: {
      label: 'Split rule',
    },
  },
  agent: {
    updates: {
      label: 'Updates',
    },
    episodesPerUpdate: {
      label: 'Episodes per update',
    },
    episodesPerUser: {
      label: 'Episodes per user',
    },
    gamma: {
      label: 'γ, discount',
    },
    stateBaseline: {
      label: 'Baseline from the state',
    },
    entropy: {
      label: 'Entropy bonus',
    },
    learningRate: {
      label: 'Step size',
    },
    finalRate: {
      label: 'Share of step size left',
    },
    clip: {
      label: 'Gradient clip',
    },
    sampling: {
      label: 'Masking',
    },
    recurrent: {
      label: 'Recurrent state',
    },
    hidden: {
      label: 'Hidden units',
    },
    feedback: {
      label: 'Width of the feedback sum',
    },
    belief: {
      label: 'Rank of the user estimate',
    },
    warmUpdates: {
      label: 'Warm-start steps',
    },
    shown: {
      label: 'Counts of what was shown in the state',
    },
    headSharpness: {
      label: 'Heads start from item vectors, sharpness',
    },
    warmRate: {
      label: 'Step size of the warm start',
    },
    warmRank: {
      label: 'Rank of its teacher',
    },
    steps: {
      label: 'Steps',
    },
    environments: {
      label: 'Environments',
    },
    updatesPerStep: {
      label: 'Updates per step',
    },
    k: {
      unit: {
        label: 'Neighbours k',
      },
      count: {
        label: 'k, items',
      },
      share: {
        label: 'k, share of items',
      },
    },
    cure: {
      label: 'Keeps the proto-action near',
    },
    index: {
      label: 'Neighbour search',
    },
    tau: {
      label: 'τ of the targets',
    },
    actorRate: {
      label: 'Step size, actor',
    },
    criticRate: {
      label: 'Step size, critic',
    },
    batch: {
      label: 'Batch',
    },
    replay: {
      label: 'Transitions kept',
    },
    epsilonEnd: {
      label: 'ε in the end',
    },
    epsilonShare: {
      label: 'Share of steps with falling ε',
    },
    users: {
      label: 'Users per update',
    },
    listLength: {
      label: 'K, items of a list',
    },
    width: {
      label: 'd, width of a row',
    },
    history: {
      label: 'Liked items in the state',
    },
    initialLogStd: {
      label: 'Initial log σ',
    },
    userWeight: {
      label: 'Weight of the user vector',
    },
    constrained: {
      label: 'Limit exposure',
    },
    exposureRatio: {
      label: 'α, exposure ratio',
    },
    popularShare: {
      label: 'Share of popular items',
    },
    regroupEvery: {
      label: 'Regroup after updates',
    },
    costSum: {
      label: 'Cost is summed',
    },
    gaeLambda: {
      label: 'λ of advantages',
    },
    maxKl: {
      label: 'Largest KL',
    },
    damping: {
      label: 'Damping',
    },
  },
  evaluateEvery: {
    label: 'Evaluate every',
  },
  evaluationUsers: {
    label: 'Test users',
  },
}

export const trainOptions = {
  kind: {
    tpgr: 'TPGR tree policy',
    wolpertinger: 'Wolpertinger',
    fcpo: 'FCPO matrix policy',
  },
  world: {
    kind: {
      typedLatent: 'Generated: hidden types',
      ratings: 'Imported ratings',
      itemToItem: 'From item to item',
    },
    neutral: {
      asUnrated: 'as unrated',
      threshold: 'by the threshold',
    },
  },
  representation: {
    kind: {
      rating: 'rating columns',
      factorised: 'matrix factorisation',
      vae: 'variational autoencoder',
      content: 'the world’s own',
    },
  },
  tree: {
    split: {
      pca: 'principal component',
      kmeans: 'balanced k-means',
      random: 'random (ablation)',
    },
  },
  agent: {
    sampling: {
      masked: 'masked',
      authors: 'as the authors',
    },
    k: {
      unit: {
        count: 'a number of items',
        share: 'a share of the items',
      },
    },
    cure: {
      normalise: 'unit length',
      nnLoss: 'loss at the nearest',
      none: 'nothing (demonstration)',
    },
    index: {
      exact: 'exact',
      clustered: 'by clusters',
    },
    costSum: {
      discounted: 'discounted',
      plain: 'plain',
    },
  },
}
