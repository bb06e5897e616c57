import type { BanditLog } from '#core/dataset/kinds/bandit'
import type { StreamFactory } from '#core/random/philox'
import type { StudyStep } from '#core/study/study'
import { banditDesign, type BanditDesign } from './banditDesign.ts'
import { evaluationPolicy, type RankedSpec } from './evaluationPolicy.ts'
import type { LoggedRounds } from './loggedRounds.ts'
import type { ReplayReport } from './replayReport.ts'
import type { ReplaySpec } from './replaySpec.ts'
import { savedScores, trainedScores, type ActionScores, type PolicyParts } from './rankedPolicy.ts'
import { meanModel, regressionModel, type RewardModel } from './rewardModel.ts'

const stride = 5000

/** The log as the evaluated policy sees it. */
export interface Target {
  readonly rounds: LoggedRounds
  /** An action of π_e of each round, drawn once; for Li's replay. */
  readonly drawn: Int32Array
  readonly unsupported: number
}

/** Weights and predictions of every round; models and counts are those of the other folds. */
export function* targetOf(
  spec: ReplaySpec,
  log: BanditLog,
  clusterOf: (round: number) => number,
  stream: StreamFactory,
  parts: PolicyParts | null,
): Generator<StudyStep<ReplayReport>, Target> {
  const fold = foldsOf(log, clusterOf, spec.folds, stream)
  const hasModel = spec.rewardModel !== 'none'
  const design = banditDesign(log)
  const weight = new Array<number>(log.rounds).fill(0)
  const predicted = new Array<number>(log.rounds).fill(0)
  const value = new Array<number>(log.rounds).fill(0)
  const drawn = new Int32Array(log.rounds)
  const q = new Float64Array(log.actions)
  const pi = new Float64Array(log.actions)
  const shown = shownAt(log)
  let unsupported = 0
  let done = 0
  for (let f = 0; f < spec.folds; f++) {
    const others: number[] = []
    const own: number[] = []
    for (let i = 0; i < log.rounds; i++) (fold[i] === f ? own : others).push(i)
    yield { type: 'progress', stage: 'models', share: f / spec.folds }
    const model: RewardModel | null = !hasModel
      ? null
      : spec.rewardModel === 'mean'
        ? meanModel(log, others)
        : regressionModel(
            log,
            design,
            others,
            spec.rewardModel === 'ridge' ? 'ridge' : 'logistic',
            spec.penalty,
          )
    const streams: StreamFactory = (name, index) => stream(`fold ${f}: ${name}`, index)
    const policy = evaluationPolicy(
      spec.policy,
      log,
      others,
      model,
      stream('policy', f),
      (ranked) => scoresFor(ranked, log, design, others, parts, streams),
    )
    try {
      for (const i of own) {
        if (done++ % stride === 0) {
          yield { type: 'progress', stage: 'weights', share: done / log.rounds }
        }
        policy.probabilities(i, pi)
        weight[i] = pi[log.action[i]!]! / log.propensity[i]!
        drawn[i] = drawFrom(pi, stream('match', i).u())
        const from = (log.position?.[i] ?? 0) * log.actions
        for (let a = 0; a < pi.length; a++) if (shown[from + a] === 0) unsupported += pi[a]!
        if (!model) continue
        model.predict(i, q)
        predicted[i] = q[log.action[i]!]!
        let v = 0
        for (let a = 0; a < pi.length; a++) v += pi[a]! * q[a]!
        value[i] = v
      }
    } finally {
      policy.dispose?.()
    }
  }
  return {
    rounds: {
      weight,
      reward: Array.from(log.reward),
      predicted: hasModel ? predicted : null,
      value: hasModel ? value : null,
    },
    drawn,
    unsupported: unsupported / log.rounds,
  }
}

function scoresFor(
  spec: RankedSpec,
  log: BanditLog,
  design: BanditDesign,
  rounds: readonly number[],
  parts: PolicyParts | null,
  stream: StreamFactory,
): ActionScores {
  if (!parts) throw new RangeError(`policy.kind ${spec.kind} can not be evaluated here`)
  return spec.kind === 'learner'
    ? trainedScores(spec.agent, log, design, rounds, parts, stream)
    : savedScores(spec.model, log, design, parts, stream)
}

/** Whole clusters go to one fold. */
function foldsOf(
  log: BanditLog,
  clusterOf: (round: number) => number,
  folds: number,
  stream: StreamFactory,
): Uint8Array {
  return Uint8Array.from({ length: log.rounds }, (_, i) => stream('fold', clusterOf(i)).int(folds))
}

/** [positions × actions], 1 where the log shows the action. */
function shownAt(log: BanditLog): Uint8Array {
  const shown = new Uint8Array(log.positions * log.actions)
  for (let i = 0; i < log.rounds; i++) {
    shown[(log.position?.[i] ?? 0) * log.actions + log.action[i]!] = 1
  }
  return shown
}

function drawFrom(pi: Float64Array, u: number): number {
  let cumulated = 0
  for (let a = 0; a < pi.length; a++) {
    cumulated += pi[a]!
    if (u < cumulated) return a
  }
  return pi.length - 1
}
