/** One training of the study: a spec as an analyst would fill it in, and the seeds it runs with. */
export interface TreesArm {
  readonly id: string
  readonly seeds: readonly number[]
  readonly spec: object
}

const three = [1, 2, 3]
const eight = [1, 2, 3, 4, 5, 6, 7, 8]

const latent = (alpha: number) => ({ kind: 'typedLatent', alpha })
const latentAgent = {
  episodesPerUpdate: 128,
  learningRate: 0.01,
  entropy: 0.02,
  feedback: 8,
  hidden: 32,
  recurrent: false,
  stateBaseline: false,
}

const tpgr = (
  world: object,
  tree: object,
  agent: object,
  evaluateEvery: number,
): TreesArm['spec'] => ({ kind: 'tpgr', world, tree, agent, evaluateEvery })

const movielens = { kind: 'ratings', dataset: 'MovieLens 100K' }
const movieAgent = {
  episodesPerUpdate: 256,
  recurrent: false,
  entropy: 0.005,
  stateBaseline: false,
}

const wolpertinger = (k: object, agent: object = {}): TreesArm['spec'] => ({
  kind: 'wolpertinger',
  world: { kind: 'itemToItem', roughness: 0.3 },
  agent: { k, steps: 4000, batch: 128, ...agent },
  evaluateEvery: 4000,
})
const share = (of: number) => ({ unit: 'share', share: of })
const one = { unit: 'count', count: 1 }

const fcpoAgent = {
  updates: 160,
  users: 200,
  steps: 4,
  width: 8,
  hidden: 4,
  maxKl: 0.5,
  damping: 0.3,
}

export const treesArms: readonly TreesArm[] = [
  {
    id: 'latent pca',
    seeds: three,
    spec: tpgr(latent(0), { depth: 2, split: 'pca' }, { ...latentAgent, updates: 1100 }, 100),
  },
  {
    id: 'latent random',
    seeds: three,
    spec: tpgr(latent(0), { depth: 2, split: 'random' }, { ...latentAgent, updates: 1100 }, 100),
  },
  {
    id: 'latent flat',
    seeds: three,
    spec: tpgr(latent(0), { depth: 1 }, { ...latentAgent, updates: 400 }, 100),
  },
  ...[0, 0.1, 0.2].map((alpha) => ({
    id: `bonus alpha ${alpha}`,
    seeds: eight,
    spec: tpgr(
      latent(alpha),
      { depth: 2 },
      { ...latentAgent, stateBaseline: true, updates: 400 },
      400,
    ),
  })),
  ...[0, 0.2].map((alpha) => ({
    id: `users’ mean alone, alpha ${alpha}`,
    seeds: eight,
    spec: tpgr(latent(alpha), { depth: 2 }, { ...latentAgent, updates: 400 }, 400),
  })),
  ...[0, 0.2].map((alpha) => ({
    id: `patient alpha ${alpha}`,
    seeds: three,
    spec: tpgr(latent(alpha), { depth: 2 }, { ...latentAgent, gamma: 0.9, updates: 400 }, 400),
  })),
  {
    id: 'movielens heads',
    seeds: three,
    spec: tpgr(
      movielens,
      { depth: 2 },
      {
        ...movieAgent,
        entropy: 0,
        belief: 32,
        headSharpness: 50,
        shown: true,
        hidden: 64,
        warmUpdates: 250,
        warmRate: 0.01,
        updates: 30,
        learningRate: 0.0005,
        finalRate: 0.1,
      },
      15,
    ),
  },
  {
    id: 'movielens plain',
    seeds: three,
    spec: tpgr(movielens, { depth: 2 }, { ...movieAgent, updates: 400, entropy: 0.02 }, 100),
  },
  {
    id: 'fcpo constrained',
    seeds: three,
    spec: { kind: 'fcpo', world: movielens, agent: fcpoAgent, evaluateEvery: 40 },
  },
  {
    id: 'fcpo unconstrained',
    seeds: three,
    spec: {
      kind: 'fcpo',
      world: movielens,
      agent: { ...fcpoAgent, constrained: false },
      evaluateEvery: 40,
    },
  },
  { id: 'items k 1 %', seeds: eight, spec: wolpertinger(share(0.01)) },
  { id: 'items k 1', seeds: eight, spec: wolpertinger(one) },
  { id: 'items nnLoss', seeds: three, spec: wolpertinger(share(0.01), { cure: 'nnLoss' }) },
  { id: 'items no cure', seeds: three, spec: wolpertinger(share(0.01), { cure: 'none' }) },
  { id: 'items clustered', seeds: three, spec: wolpertinger(share(0.01), { index: 'clustered' }) },
  { id: 'items k 5 %', seeds: three, spec: wolpertinger(share(0.05)) },
  { id: 'items k 10 %', seeds: three, spec: wolpertinger(share(0.1)) },
]
