import * as tf from '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import { evaluateEpisodes } from '#core/episode/evaluateEpisodes'
import { openWorld } from '#core/largeAction/openWorld'
import { decisionPath } from '#core/largeAction/tpgr/decisionPath'
import { openTree } from '#core/largeAction/tpgr/openTree'
import { pathPolicy } from '#core/largeAction/tpgr/pathPolicy'
import { PathRollout } from '#core/largeAction/tpgr/pathRollout'
import { advantages } from '#core/largeAction/tpgr/reinforce'
import { loadTpgr } from '#core/largeAction/tpgr/tpgrModel'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import { modelHash, SavedModel } from '#core/model/savedModel'
import { streams } from '#core/random/philox'
import type { StudyStep } from '#core/study/study'
import { nodeFigures } from '#core/tree/nodeFigures'

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

const model = ({ last }: Awaited<ReturnType<typeof train>>): SavedModel => {
  if (last.type !== 'finished') throw new Error('the training did not finish')
  return SavedModel.parse(structuredClone(last.models![0]))
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
    const resumed = await train(paused.kept)
    expect(report(resumed)).toEqual(report(whole))
    expect(modelHash(model(resumed))).toBe(modelHash(model(whole)))
  })

  it('leaves a model that decides as the policy did', () => {
    const { world } = openWorld(spec.world, null, 5)
    const starts = world.starts.test
    const { network } = loadTpgr(model(whole), 100_000)
    const rollout = new PathRollout(network, starts.length, 8, { taped: false, sampling: 'masked' })
    const rng = streams(5)('evaluation', 1)
    const again = evaluateEpisodes(world, pathPolicy(rollout, 'argmax'), starts, rng, null)
    expect(again.raw).toBe(report(whole).points.at(-1)!.argmax.raw)
    expect(() => loadTpgr({ ...model(whole), kind: 'other' }, 1)).toThrow('of kind other, not tpgr')
  })

  it('keeps what its decisions left at the nodes', () => {
    const inspected = openTree(model(whole))
    const { levels } = report(whole).tree!
    levels.forEach((rows, level) => {
      rows.forEach((row, node) => {
        const figures = nodeFigures(inspected, { level, node })
        expect(figures.visits).toBe(row.visits)
        if (row.meanReward !== null) expect(figures.reward).toBeCloseTo(row.meanReward, 5)
      })
    })
    // every update has passed the root
    expect(nodeFigures(inspected, { level: 0, node: 0 }).lastUpdate).toBe(24)
    const { visits, ...rest } = nodeFigures(inspected, { level: 2, node: 0 })
    expect(rest).toMatchObject({ items: 1, children: 0, entropy: null, lastUpdate: null })
    expect(visits).toBe(inspected.found!.exposure[0])
  })

  it('still reads a model that was saved without them', () => {
    const { arrays, ...rest } = model(whole)
    const older = { ...rest, arrays: arrays.filter(({ name }) => !/^(visit|last)/.test(name)) }
    expect([openTree(model(whole)).itemVectors?.items, openTree(older).itemVectors]).toEqual([
      40,
      null,
    ])
    const root = nodeFigures(openTree(older), { level: 0, node: 0 })
    expect(root).toMatchObject({ items: 40, visits: null, entropy: null, reward: null })
  })

  describe('a decision taken apart', () => {
    const { world } = openWorld(spec.world, null, 5)
    const { network } = loadTpgr(model(whole), 100_000)
    const start = world.starts.test[0]!
    const ask = (step: number, choice: 'argmax' | 'sample' = 'argmax') =>
      decisionPath(network, world, 'masked', { start, step, choice, top: 10, listed: 4 })

    it('is a path of probabilities that sum to 1 at every level and multiply to the leaf', () => {
      for (const step of [0, 3, 7]) {
        const found = ask(step)
        expect(found.history).toHaveLength(step)
        let path = ''
        for (const { path: at, alternatives, rest, chosen, open } of found.levels) {
          expect(at).toBe(path)
          path = chosen.path
          expect(alternatives.map((one) => one.path)).toContain(chosen.path)
          expect(alternatives.length).toBeLessThanOrEqual(4)
          const sum = alternatives.reduce((total, one) => total + one.probability, rest)
          expect(sum).toBeCloseTo(1, 5)
          if (open <= 4) expect(rest).toBeCloseTo(0, 5)
        }
        const product = found.levels.reduce((all, { chosen }) => all * chosen.probability, 1)
        expect(found.probability).toBeCloseTo(product, 12)
      }
    })

    it('never shows an item twice, and lists the most probable ones first', () => {
      const { history, item, top } = ask(7, 'sample')
      const seen = [...history.map((one) => one.item), item]
      expect(new Set(seen).size).toBe(8)
      expect(new Set(top.map((one) => one.item)).size).toBe(top.length)
      for (const one of top) expect(history.map((shown) => shown.item)).not.toContain(one.item)
      const chances = top.map(({ probability }) => probability)
      expect(chances).toEqual(chances.toSorted((a, b) => b - a))
    })

    it('plays the same steps whatever step is asked for', () => {
      const last = ask(7, 'sample')
      expect(last.history[3]).toEqual({
        item: ask(3, 'sample').item,
        answer: ask(3, 'sample').answer,
      })
      expect(() => ask(8)).toThrow('steps 0 to 7')
    })
  })

  it('gives the same curve for the same seed, and leaves no tensor in 1,000 updates', async () => {
    const tiny = training.spec.parse({
      kind: 'tpgr',
      world: { kind: 'typedLatent', users: 10, items: 9, types: 2, horizon: 3 },
      representation: { kind: 'rating', width: 2 },
      agent: { updates: 1000, episodesPerUpdate: 4, episodesPerUser: 2, feedback: 2 },
      evaluateEvery: 500,
      evaluationUsers: 2,
    })
    const before = tf.memory().numTensors
    const curve = async () => {
      const data = { ratings: null }
      const input = { spec: tiny, seed: 3, ops: tfOps, backend: 'none', data, checkpoint: null }
      for await (const step of training.run(input)) {
        if (step.type === 'finished') return step.report
      }
      return null
    }
    const first = await curve()
    expect(first!.points.map(({ update }) => update)).toEqual([0, 500, 1000])
    expect(await curve()).toEqual(first)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('subtracts the mean of the same user at the same step', () => {
    const rewards = Float64Array.of(1, 3, 10, 10, 0, 0, 5, 5)
    const found = advantages(rewards, new Uint8Array(8).fill(1), 4, 2, 0.5)
    // step 0: returns 1, 3, 12.5, 12.5; users 0 and 1 have two episodes each
    const sd = Math.sqrt(2 / 8)
    expect([...found].map((x) => Math.round(x * sd * 1e4) / 1e4)).toEqual([-1, 1, 0, 0, 0, 0, 0, 0])
  })

  it('are what the decision added, where the state says what was earned before', () => {
    // one user, one step: ten times a feature of the state, and what the decision did
    const state = Float32Array.of(0, 0, 1, 1)
    const rewards = Float64Array.from(state, (x, i) => 10 * x + (i % 2 === 0 ? 1 : -1))
    const lived = new Uint8Array(4).fill(1)
    const alone = advantages(rewards, lived, 4, 4, 0.5)
    expect([...alone].map(Math.sign)).toEqual([-1, -1, 1, 1])
    const found = advantages(rewards, lived, 4, 4, 0.5, state)
    ;[1, -1, 1, -1].forEach((x, i) => expect(found[i]).toBeCloseTo(x, 1))
  })
})
