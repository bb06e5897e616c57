/** A tree policy that beats its baselines without personalisation within about a minute. */
export const sampleTraining = {
  kind: 'tpgr',
  world: { kind: 'typedLatent', users: 500, items: 256, types: 8, horizon: 16 },
  agent: { updates: 240, episodesPerUpdate: 128, learningRate: 0.01, entropy: 0.01 },
  evaluateEvery: 10,
  evaluationUsers: 100,
} as const
