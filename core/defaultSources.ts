import type { AgentSpec } from '#core/agent/params'
import type { SimulatedWorld } from '#core/environment/params'
import type { ExplorerSpec } from '#core/explorer/params'

/** Publications that a default is taken from. */
export const papers = {
  drn: 'Zheng et al., DRN, WWW 2018',
  yue: 'Yue & Joachims, ICML 2009',
  schuth: 'Schuth et al., WSDM 2016',
  salimans: 'Salimans et al., arXiv 1703.03864, 2017',
  mnih2015: 'Mnih et al., Nature 2015',
  mnih2016: 'Mnih et al., ICML 2016',
  hasselt: 'van Hasselt et al., AAAI 2016',
  schaul: 'Schaul et al., ICLR 2016',
  gae: 'Schulman et al., ICLR 2016',
  ppo: 'Schulman et al., arXiv 1707.06347, 2017',
  sac: 'Haarnoja et al., ICML 2018',
  mcmahan: 'McMahan et al., KDD 2013',
  li: 'Li et al., WWW 2010',
  watkins: 'Watkins & Dayan, Machine Learning 1992',
  pdgdCode: 'HarrieO/OnlineLearningToRank',
  recoGym: 'criteo-research/reco-gym',
  ultra: 'ULTR-Community/ULTRA',
} as const

/**
 * Where a default comes from: a publication or its code; `reported`: DRN's value as others report it, as
 * the paper's own is not at hand; `bench`: what the drift bench was measured with; `choice`: ours.
 */
export type DefaultSource = keyof typeof papers | 'reported' | 'bench' | 'choice'

/** One source for every parameter but the kind: a new parameter without one does not compile. */
type SourcesOf<Spec extends { readonly kind: string }> = {
  readonly [Kind in Spec['kind']]: {
    readonly [
      Name in Exclude<keyof Extract<Spec, { readonly kind: Kind }>, 'kind'>
    ]-?: DefaultSource
  }
}

const rounds = { duelImpressions: 'choice', duelSeconds: 'choice' } as const
const majors = {
  majorEveryDuels: 'choice',
  majorSeconds: 'choice',
  majorDuringDuel: 'choice',
  pretrainSteps: 'choice',
} as const
const replay = {
  batch: 'choice',
  replayImpressions: 'choice',
  majorSteps: 'choice',
  openTail: 'choice',
} as const

const agent: SourcesOf<AgentSpec> = {
  drn: {
    ...majors,
    ...replay,
    dueling: 'drn',
    head: 'choice',
    hidden: 'choice',
    gamma: 'reported',
    learningRate: 'choice',
    majorInit: 'drn',
    beta: 'choice',
    sampling: 'mnih2015',
    recencyHalfLife: 'choice',
    priorityExponent: 'schaul',
    priorityCorrection: 'schaul',
    loss: 'drn',
    huberDelta: 'mnih2015',
    gradientClip: 'choice',
    centreAdvantage: 'drn',
    targetTau: 'choice',
    targetCopyEvery: 'choice',
    doubleQ: 'hasselt',
  },
  linear: { ...majors, learningRate: 'choice' },
  ftrl: { ...majors, alpha: 'choice', beta: 'mcmahan', l1: 'choice', l2: 'choice' },
  linUcb: { ...majors, bonus: 'bench', decay: 'bench', ridge: 'li' },
  pdgd: { ...majors, learningRate: 'pdgdCode' },
  qLearning: {
    ...majors,
    target: 'watkins',
    features: 'choice',
    stateBits: 'choice',
    itemBits: 'choice',
    alpha: 'choice',
    gamma: 'reported',
    pretrainRate: 'choice',
  },
  policy: {
    ...majors,
    method: 'choice',
    hidden: 'choice',
    learningRate: 'choice',
    gamma: 'choice',
    lambda: 'gae',
    clip: 'ppo',
    epochs: 'choice',
    entropyBonus: 'mnih2016',
    batch: 'choice',
  },
  sac: {
    ...majors,
    ...replay,
    hidden: 'choice',
    gamma: 'reported',
    learningRate: 'choice',
    temperature: 'choice',
    temperatureRate: 'choice',
    entropyFraction: 'choice',
    targetTau: 'sac',
  },
}

const weightDuel = {
  ...rounds,
  alpha: 'reported',
  eta: 'reported',
  credit: 'drn',
  minorRule: 'yue',
  perturbScope: 'drn',
  perturbLayers: 'drn',
  normGuard: 'choice',
} as const

const explorer: SourcesOf<ExplorerSpec> = {
  dbgd: { ...weightDuel, exchangeable: 'choice' },
  mgd: { ...weightDuel, directions: 'choice' },
  es: {
    ...rounds,
    pairs: 'choice',
    sigma: 'bench',
    eta: 'choice',
    shaping: 'salimans',
    credit: 'bench',
    perturbLayers: 'drn',
  },
  genetic: {
    ...rounds,
    offspring: 'choice',
    alpha: 'reported',
    credit: 'bench',
    perturbScope: 'drn',
    perturbLayers: 'drn',
  },
  epsilonGreedy: { ...rounds, epsilon: 'choice' },
  boltzmann: { ...rounds, temperature: 'choice' },
  none: rounds,
}

const graded = {
  attractionByGrade: 'ultra',
  unratedAttraction: 'choice',
  historyShare: 'choice',
  factors: 'choice',
} as const

const environment: SourcesOf<Exclude<SimulatedWorld, { readonly kind: 'ratings' }>> = {
  typedLatent: {
    ...graded,
    users: 'choice',
    items: 'choice',
    types: 'choice',
    likeSame: 'choice',
    likeOther: 'choice',
    ratingsPerUser: 'choice',
    worldSeed: 'choice',
  },
  lowRank: {
    ...graded,
    users: 'choice',
    items: 'choice',
    ratingsPerUser: 'choice',
    worldSeed: 'choice',
  },
  news: {
    users: 'choice',
    days: 'choice',
    logDays: 'choice',
    newsPerHour: 'choice',
    candidates: 'choice',
    topics: 'choice',
    providers: 'choice',
    dimensions: 'choice',
    contentSpread: 'choice',
    qualityMean: 'choice',
    qualitySpread: 'choice',
    freshnessHours: 'drn',
    expiryHours: 'choice',
    tasteWeight: 'choice',
    tasteDrift: 'choice',
    tasteJump: 'choice',
    topicDrift: 'choice',
    boredom: 'choice',
    boredomHours: 'choice',
    returnEffect: 'choice',
    baitShare: 'choice',
    baitLift: 'choice',
    inSession: 'choice',
    targetCtr: 'choice',
    offset: 'choice',
    worldSeed: 'choice',
  },
  sessions: {
    users: 'choice',
    products: 'choice',
    dimensions: 'recoGym',
    popularitySpread: 'recoGym',
    drift: 'recoGym',
    flips: 'recoGym',
    leave: 'recoGym',
    toOrganic: 'recoGym',
    toBandit: 'recoGym',
    logUsers: 'choice',
    worldSeed: 'choice',
  },
}

const byPart: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, DefaultSource>>>>>
> = { agent, explorer, environment }

/**
 * Where the default of a parameter comes from; null for what has none.
 * @param path of the field, such as `agent.gamma`
 * @param kind of learner, strategy or world
 */
export function defaultSource(path: string, kind: string): DefaultSource | null {
  const [part = '', name = ''] = path.split('.').slice(-2)
  return byPart[part]?.[kind]?.[name] ?? null
}
