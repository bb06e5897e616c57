import { streams } from '#core/random/philox'
import { driftAgent } from './driftAgent.ts'
import type { DriftResult, DriftRow } from './driftRow.ts'
import { DriftWorld, dimension, listLength, poolSize, type DriftWorldParams } from './driftWorld.ts'
import { miniNetwork, miniStep } from './miniNetwork.ts'
import { topPlaces } from './topPlaces.ts'
import { weightNorm } from '#core/explorer/weightSpace'

/** Requests that one value of a curve stands for. */
const curveWindow = 100

export interface DriftBenchInput {
  readonly world: DriftWorldParams
  readonly rows: readonly DriftRow[]
  readonly seed: number
  /** Batches of 32 logged clicks that the networks are trained on beforehand; 3,000 in drn.md. */
  readonly pretrainSteps?: number
}

export interface DriftBenchResult {
  readonly oracle: number // mean of the ten largest click probabilities
  readonly random: number // mean click probability of the pool
  readonly rows: readonly DriftResult[] // in the order of the input
}

/**
 * The drift bench of drn.md §10: every row serves the same requests of one seed, starts from the same
 * pre-trained network (LinUCB starts cold) and has a random stream of its own.
 */
export function runDriftBench(input: DriftBenchInput): DriftBenchResult {
  const { rows, seed, pretrainSteps = 3000 } = input
  const stream = streams(seed)
  const world = new DriftWorld(input.world, stream)
  const pretrained = miniNetwork(stream('weights', 0))
  const x = new Float64Array(32 * dimension)
  const y = new Float64Array(32)
  const all = Int32Array.from(y, (_, i) => i)
  for (let step = 0; step < pretrainSteps; step++) {
    world.logged(step, x, y)
    miniStep(pretrained, x, all, y, 0.1)
  }
  const startNorm = weightNorm(pretrained)
  const agents = rows.map((row) => ({
    agent: driftAgent(row, pretrained, stream(`sides ${row.id}`, 0)),
    rng: stream(`lists ${row.id}`, 0),
    clicks: new Float64Array(input.world.requests),
  }))
  const list = new Int32Array(listLength)
  const clicked = new Uint8Array(listLength)
  let oracle = 0
  let random = 0
  for (let t = 0; t < input.world.requests; t++) {
    const request = world.next(t)
    topPlaces(request.probability, list)
    for (const place of list) oracle += request.probability[place]! / listLength
    for (const p of request.probability) random += p / poolSize
    for (const { agent, rng, clicks } of agents) {
      agent.serve(request, rng, list)
      let sum = 0
      list.forEach((place, slot) => {
        clicked[slot] = request.coin[place]! < request.probability[place]! ? 1 : 0
        sum += clicked[slot]
      })
      clicks[t] = sum / listLength
      agent.learn(request, list, clicked)
    }
  }
  const requests = input.world.requests
  const half = Math.floor(requests / 2)
  return {
    oracle: oracle / requests,
    random: random / requests,
    rows: agents.map(({ agent, clicks }) => ({
      ctr: mean(clicks, 0, requests),
      beforeJump: mean(clicks, Math.max(0, half - 500), half),
      afterJump: mean(clicks, half, Math.min(requests, half + 300)),
      last: mean(clicks, Math.max(0, requests - 500), requests),
      // a norm beyond all numbers is the largest of them: a report is plain JSON
      normGrowth: agent.weights
        ? Math.min(weightNorm(agent.weights) / startNorm, Number.MAX_VALUE)
        : null,
      guardEvents: agent.duels.guarded,
      duels: agent.duels,
      overlap: agent.overlap === 0 ? 1 : agent.overlap / requests,
      curve: Array.from({ length: Math.floor(requests / curveWindow) }, (_, w) =>
        mean(clicks, w * curveWindow, (w + 1) * curveWindow),
      ),
    })),
  }
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]!
  return sum / (to - from)
}
