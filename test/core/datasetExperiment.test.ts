import { describe, expect, it } from 'vitest'
import { AgentSpec } from '#core/agent/params'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import { ExperimentSpec } from '#core/experimentSpec'
import { datasetDesigns, datasetExperiment } from '#core/samples/datasetExperiment'

const common = { hash: 'a'.repeat(64), path: 'x', rows: 9, source: 'x.csv', bytes: 9 }
const span = { from: 0, to: 1 }
const metas: readonly DatasetMeta[] = [
  {
    ...common,
    ...{ kind: 'ratings', name: 'r', users: 943, items: 1682, minRating: 1, maxRating: 5 },
    ...{ histogram: [], hasTime: true },
  },
  {
    ...common,
    ...{ kind: 'impressions', name: 'i', users: 40_000, items: 3, impressions: 9, clicks: 1, span },
    ...{ hasPositions: false, hasHistory: true },
  },
  {
    ...common,
    ...{ kind: 'bandit', name: 'b', users: 0, items: 34, positions: 3, meanReward: 0.01, span },
    ...{ contexts: [], actionFeatures: [] },
  },
  { ...common, kind: 'queries', name: 'q', users: 201, items: 3005, features: 300, grades: [] },
]

describe('an experiment on a dataset', () => {
  it.each(
    metas.flatMap((meta) => datasetDesigns.map((design) => [meta.kind, design, meta] as const)),
  )('%s: %s is a whole spec of that world', (kind, design, meta) => {
    const spec = ExperimentSpec.parse(datasetExperiment(meta, design))
    expect(spec).toMatchObject({
      design: design === 'train' ? 'explore' : design,
      environment: { kind, dataset: meta.name },
    })
    const { listLength, poolSize } = spec.traffic
    expect(listLength).toBeLessThanOrEqual(poolSize)
    expect(poolSize).toBeLessThanOrEqual(meta.items)
  })

  it.each(AgentSpec.options.map(({ shape }) => shape.kind.value))(
    'trains %s on the past alone',
    (learner) => {
      const spec = ExperimentSpec.parse(datasetExperiment(metas[1]!, 'train', learner))
      expect(spec.agent).toMatchObject({ kind: learner, majorEveryDuels: 0 })
      expect(spec.environment).toMatchObject({ pastShare: 0.7 })
      expect(spec.explorer.kind).toBe('none')
    },
  )

  it('is nothing for the log of a duel that has been', () => {
    const log: DatasetMeta = {
      ...common,
      ...{ kind: 'interleaving', name: 'l', users: 9, items: 9, impressions: 9, clicks: 1, span },
      ...{ teams: ['A', 'B'], hasTeams: true, hasRanks: false, hasDwell: false, hasOrders: false },
      ...{ hasClickTime: false, segments: [] },
    }
    expect(datasetExperiment(log, 'duel')).toBeNull()
  })
})
