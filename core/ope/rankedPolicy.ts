import type { OwnedRanker } from '#core/agent/agent'
import type { AgentWorld } from '#core/agent/drn'
import { createAgent } from '#core/agent/index'
import type { AgentSpec } from '#core/agent/params'
import type { ComputeOps } from '#core/compute/ops'
import type { BanditLog } from '#core/dataset/kinds/bandit'
import { banditView, type BanditView } from '#core/environment/logged/banditView'
import type { ModelsByHash } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'
import { modelRanker } from '#core/run/modelSide'
import type { BanditDesign } from './banditDesign.ts'

/** What rankers are made of. */
export interface PolicyParts {
  readonly ops: ComputeOps
  readonly models: ModelsByHash
}

/** Scores of every action in one round, as a recommender gives them to a first request. */
export interface ActionScores {
  /** @param out [actions] */
  score(round: number, out: Float32Array): void
  dispose(): void
}

/**
 * A learner as it is after it has been shown some rounds of a log as lists of one item; a reward
 * above 0 is a click. Every round ends there: the log does not tell what would have come next.
 *
 * @param rounds that it learns from, in their order
 */
export function trainedScores(
  spec: AgentSpec,
  log: BanditLog,
  design: BanditDesign,
  rounds: ArrayLike<number>,
  { ops }: PolicyParts,
  stream: StreamFactory,
): ActionScores {
  const view = banditView(log, design)
  const open = 'openTail' in spec ? ({ ...spec, openTail: 'terminal' } as const) : spec
  const agent = createAgent(open, worldOf(view, log), ops, stream)
  try {
    const pool = Int32Array.from({ length: log.actions }, (_, action) => action)
    const state = new Float32Array(view.stateWidth)
    for (let i = 0; i < rounds.length; i++) {
      const round = rounds[i]!
      view.writeState(round, 0, state, 0)
      agent.observe({
        impression: i,
        previous: -1,
        user: i,
        seconds: log.time?.[round] ?? i,
        state,
        pool,
        pairs: new Float32Array(0),
        shown: Int32Array.of(log.action[round]!),
        teams: Int8Array.of(-1),
        clicked: Uint8Array.of(log.reward[round]! > 0 ? 1 : 0),
        activeness: 0,
        last: true,
      })
    }
    const steps = rounds.length > 0 ? spec.pretrainSteps : 0
    for (let step = 0; step < steps; step++) agent.pretrainStep(step, { kind: 'log' })
    agent.begin()
    const scores = scoresOf(agent.rankerOf(agent.weights), view, log)
    return {
      ...scores,
      dispose() {
        scores.dispose()
        agent.dispose()
      },
    }
  } catch (error) {
    agent.dispose()
    throw error
  }
}

/** @throws RangeError for a model that was not handed over, or that reads another log than this */
export function savedScores(
  hash: string,
  log: BanditLog,
  design: BanditDesign,
  { ops, models }: PolicyParts,
  stream: StreamFactory,
): ActionScores {
  const model = models[hash]
  if (!model) {
    throw new RangeError(`policy.model ${hash.slice(0, 12)}… is not a model of this workspace`)
  }
  const view = banditView(log, design)
  return scoresOf(modelRanker(model, worldOf(view, log), ops, stream), view, log)
}

const worldOf = ({ observed, stateWidth }: BanditView, log: BanditLog): AgentWorld => ({
  observed,
  stateWidth,
  pairWidth: 0,
  listLength: 1,
  poolSize: log.actions,
})

function scoresOf(ranker: OwnedRanker, view: BanditView, { actions }: BanditLog): ActionScores {
  const states = new Float32Array(view.stateWidth)
  const pools = Int32Array.from({ length: actions }, (_, action) => action)
  const users = new Int32Array(1)
  return {
    score(round, out) {
      view.writeState(round, 0, states, 0)
      ranker.score({ first: round, rows: 1, users, states, pools, poolSize: actions }, out)
    },
    dispose: () => ranker.dispose(),
  }
}
