import { describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { evaluateEpisodes } from '#core/episode/evaluateEpisodes'
import { openWorld } from '#core/largeAction/openWorld'
import { pathPolicy } from '#core/largeAction/tpgr/pathPolicy'
import { PathRollout } from '#core/largeAction/tpgr/pathRollout'
import { advantages } from '#core/largeAction/tpgr/reinforce'
import { loadTpgr } from '#core/largeAction/tpgr/tpgrModel'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import { SavedModel } from '#core/model/savedModel'
import { streams } from '#core/random/philox'
import type { StudyStep } from '#core/study/study'

const spec = training.spec.parse({
  kind: 'tpgr',
  world: { kind: 'typedLatent', users: 60, items: 40, types: 2, horizon: 8 },
  tree: { depth: 2, split: 'pca' },
  agent: {
    updates: 24,
    episodesPerUpdate: 64,
    learningRate: 0.03,
    hidden: 8,
    belief: 2,
    warmUpdates: 2,
  },
  evaluateEvery: 8,
})

async function train(checkpoint: unknown = null, until = Infinity) {
  let last: StudyStep<TrainReport> | null = null
  let kept: unknown = null
  const data = { ratings: null }
  const input = { spec, seed: 5, ops: tfOps, backend: 'none', data, checkpoint }
  for await (const step of training.run(input)) {
    last = step
    if (step.type !== 'point') continue
    kept = structuredClone(step.checkpoint())
    if (step.done >= until) break
  }
  return { last: last!, kept }
}

const report = ({ last }: Awaited<ReturnType<typeof train>>): TrainReport => {
  if (last.type !== 'finished') throw new Error('the training did not finish')
  return last.report
}

describe('training a path policy', async () => {
  const whole = await train()

  it('earns more than any fixed list after few updates, and draws the baselines', () => {
    const { baselines, points, tree, notes } = report(whole)
    const of = (id: string) => baselines.find((one) => one.id === id)!.figures.raw
    const end = points.at(-1)!
    expect(points.map(({ update }) => update)).toEqual([0, 8, 16, 24])
    expect(end.sampled!.raw).toBeGreaterThan(of('staticBest') + 0.1)
    expect(of('oracle')).toBeGreaterThan(end.sampled!.raw)
    expect(end.gauges['entropy']).toBeLessThan(points[1]!.gauges['entropy']!)
    expect(tree!.summary).toMatchObject({ items: 40, depth: 2, children: 7, balance: 1 })
    // every decision of the evaluation passed the root
    expect(tree!.levels[0]![0]!.visits).toBe(12 * 8)
    expect(tree!.levels[1]!.reduce((sum, { visits }) => sum + visits, 0)).toBe(12 * 8)
    expect(notes).toEqual([])
    expect(JSON.stringify(report(whole))).not.toContain('null,"raw"')
  })

  it('goes on from a checkpoint to the same report, bit for bit', async () => {
    const paused = await train(null, 8)
    expect(report(await train(paused.kept))).toEqual(report(whole))
  })

  it('leaves a model that decides as the policy did', () => {
    if (whole.last.type !== 'finished') throw new Error('the training did not finish')
    const model = SavedModel.parse(structuredClone(whole.last.models![0]))
    const { world } = openWorld(spec.world, null, 5)
    const starts = world.starts.test
    const { network } = loadTpgr(model, 100_000)
    const rollout = new PathRollout(network, starts.length, 8, { taped: false, sampling: 'masked' })
    const rng = streams(5)('evaluation', 1)
    const again = evaluateEpisodes(world, pathPolicy(rollout, 'argmax'), starts, rng, null)
    expect(again.raw).toBe(report(whole).points.at(-1)!.argmax.raw)
    expect(() => loadTpgr({ ...model, kind: 'other' }, 1)).toThrow('of kind other, not tpgr')
  })

  it('subtracts the mean of the same user at the same step', () => {
    const rewards = Float64Array.of(1, 3, 10, 10, 0, 0, 5, 5)
    const found = advantages(rewards, new Uint8Array(8).fill(1), 4, 2, 0.5)
    // step 0: returns 1, 3, 12.5, 12.5; users 0 and 1 have two episodes each
    const sd = Math.sqrt(2 / 8)
    expect([...found].map((x) => Math.round(x * sd * 1e4) / 1e4)).toEqual([-1, 1, 0, 0, 0, 0, 0, 0])
  })
})
