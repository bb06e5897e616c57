/** Words of learners and exploration strategies. */
export const learners = {
  story: {
    mgd: 'Q and several explore networks share each list of {k}: {formula}.',
    es: 'Mirrored pairs of explore networks share each list of {k}: {formula}.',
    genetic: 'Q and its mutated children share each list of {k}: {formula}.',
    epsilonGreedy:
      'Side B of each list of {k} has slots that fall to random candidates, {formula}; W is not moved by duels.',
    boltzmann: 'Side B of each list of {k} is drawn at random, {formula}; W is not moved by duels.',
    none: 'The learner’s own list of {k} is shown whole; nothing is interleaved and nobody votes.',
    agent: 'The learner computes {formula}',
  },
  gauges: {
    major: 'Major update after {n}: loss {loss}, ‖step‖ {step}.',
    entropy: 'Each slot is drawn with {entropy} nats of entropy, as from {items} equal items.',
  },
  fields: {
    agent: {
      dueling: {
        label: 'Dueling Q',
        help: 'Q = V(s) + A(s, a), as DRN; off: one network gives Q itself, as DQN.',
      },
      majorInit: { label: 'Major start', help: 'Where a major update starts from.' },
      beta: {
        label: 'Activeness β',
        help: 'Weight of the user’s activeness at the return in the reward, or what dampens FTRL.',
      },
      openTail: { label: 'Open ends', help: 'Lists whose user never returned.' },
      sampling: { label: 'Replay', help: 'Which transitions a gradient step takes.' },
      recencyHalfLife: {
        label: 'Replay half-life',
        help: 'Impressions after which a list is replayed half as often.',
      },
      priorityExponent: {
        label: 'Priority exponent',
        help: 'How much a large error is preferred in prioritised replay.',
      },
      priorityCorrection: {
        label: 'Priority correction',
        help: 'Exponent of the importance weights that make up for it.',
      },
      loss: { label: 'Loss', help: 'What an error costs.' },
      huberDelta: { label: 'Huber δ', help: 'Error from which the Huber loss is linear.' },
      gradientClip: { label: 'Gradient clip', help: 'Largest norm of a gradient; 0 = unlimited.' },
      centreAdvantage: {
        label: 'Centred advantage',
        help: 'A less its mean over the candidates; changes no ranking.',
      },
      targetTau: {
        label: 'Soft target τ',
        help: 'Share by which the target network follows at every step; 0 copies by period.',
      },
      majorSeconds: {
        label: 'Major period',
        help: 'Simulated seconds between two major updates; 0 counts duels instead.',
      },
      majorDuringDuel: {
        label: 'Major in a duel',
        help: 'What a major update by time does to an open duel.',
      },
      learningRate: { label: 'Learning rate', help: 'Step size of an update.' },
      alpha: { label: 'Step size α', help: 'How far one observation moves the weights.' },
      l1: { label: 'L1', help: 'How much makes a weight exactly 0.' },
      l2: { label: 'L2', help: 'How much keeps weights small.' },
      bonus: {
        label: 'Bonus c',
        help: 'Weight of the confidence bonus in the learner’s own list.',
      },
      decay: { label: 'Decay', help: 'Of old evidence at every list, for tastes that drift.' },
      ridge: { label: 'Ridge λ', help: 'Of the prior A = λI.' },
      target: { label: 'Target', help: 'What the next request is worth.' },
      features: { label: 'Features', help: 'A table of clusters, or a linear function.' },
      stateBits: { label: 'State bits', help: 'Of a table: 2^bits clusters of states.' },
      itemBits: { label: 'Item bits', help: 'Of a table: 2^bits clusters of items.' },
      pretrainRate: {
        label: 'Pretraining rate',
        help: 'Step size on the visible ratings before the first request.',
      },
      method: { label: 'Method', help: 'How returns weigh the lists that were shown.' },
      lambda: { label: 'GAE λ', help: 'How far advantages look ahead (A2C, PPO).' },
      clip: { label: 'Clip', help: 'How far π/π_old may move from 1 (PPO).' },
      epochs: { label: 'Epochs', help: 'Passes over the lists of one update (PPO).' },
      temperature: {
        label: 'Temperature α',
        help: 'Of π = softmax(Q/α), in units of Q; where it starts if it is tuned.',
      },
      temperatureRate: {
        label: 'Temperature rate',
        help: 'How fast ln α goes to the target entropy; 0 keeps α.',
      },
      entropyFraction: {
        label: 'Target entropy',
        help: 'Share of the entropy of a uniform choice that π is held to.',
      },
      entropyBonus: {
        label: 'Entropy bonus',
        help: 'Weight of the entropy of each slot’s choice.',
      },
    },
    explorer: {
      duelSeconds: {
        label: 'Duel period',
        help: 'Simulated seconds that one update duel lasts; 0 counts impressions instead.',
      },
      credit: { label: 'Credit', help: 'How the clicks of a round are counted for the sides.' },
      directions: { label: 'Directions n', help: 'Explore networks that share a list with Q.' },
      pairs: { label: 'Pairs', help: 'Mirrored pairs W ± σε that share a list.' },
      sigma: { label: 'Noise σ', help: 'Size of the noise in units of a layer’s RMS.' },
      shaping: { label: 'Fitness', help: 'What a side is worth: its rank, or its credit.' },
      offspring: { label: 'Offspring n', help: 'Mutated children that share a list with Q.' },
      epsilon: {
        label: 'Exploration ε',
        help: 'Probability that a slot of side B holds a random candidate.',
      },
      temperature: {
        label: 'Temperature T',
        help: 'In units of Q; towards 0 side B is Q’s own list.',
      },
    },
  },
  options: {
    agent: {
      kind: {
        linear: 'Linear, online SGD',
        ftrl: 'FTRL logistic regression',
        linUcb: 'LinUCB',
        pdgd: 'PDGD',
        qLearning: 'Q-learning, SARSA',
        policy: 'REINFORCE, A2C, PPO',
        sac: 'Soft actor-critic (SAC)',
      },
      majorInit: { continue: 'current weights', scratch: 'fresh weights' },
      openTail: { drop: 'not replayed', terminal: 'replayed without a future' },
      sampling: { uniform: 'uniform', recency: 'by recency', prioritised: 'prioritised' },
      loss: { squared: 'squared', huber: 'Huber' },
      majorDuringDuel: { void: 'duel is void', carry: 'duel goes on' },
      target: { qLearning: 'best next candidate', sarsa: 'next list (SARSA)' },
      features: { cells: 'table of clusters', pair: 'linear' },
      method: { reinforce: 'REINFORCE', a2c: 'A2C', ppo: 'PPO' },
    },
    explorer: {
      kind: {
        mgd: 'Multi-direction (MGD)',
        es: 'Evolution strategy',
        genetic: 'Genetic',
        epsilonGreedy: 'ε-greedy',
        boltzmann: 'Boltzmann',
        none: 'None',
      },
      credit: { count: 'clicks', rate: 'clicks per slot', marginal: 'expected clicks' },
      shaping: { rank: 'rank', raw: 'credit' },
    },
  },
  rankerAgent: 'Learner of ranker {side}',
  sharedAgent: 'the learner below',
}
