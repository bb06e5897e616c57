import type { BanditLog } from '#core/dataset/kinds/bandit'
import { banditDesign } from '#core/ope/banditDesign'
import { regressionModel } from '#core/ope/rewardModel'
import { permutation } from '#core/random/distributions'
import type { Ranker } from '#core/ranker/ranker'
import type { LiveEnvironment } from '../environment.ts'
import type { Requests, Traffic, TrafficPlan } from '../traffic.ts'
import type { LoggedBanditParams } from './loggedParams.ts'
import { banditView, type BanditView } from './banditView.ts'
import { SimulatedAskers } from './simulatedAskers.ts'

/**
 * A bandit log as a world: a user has the context of one logged round, the candidates are the
 * actions, and an examined action is clicked as often as a logistic regression on the log says.
 * Rewards are therefore simulated: what the model can not see, nobody can learn here.
 */
export function banditWorld(log: BanditLog, params: LoggedBanditParams): LiveEnvironment {
  const design = banditDesign(log)
  const everyRound = Int32Array.from({ length: log.rounds }, (_, i) => i)
  const model = regressionModel(log, design, everyRound, 'logistic', params.penalty)
  const view = banditView(log, design)
  const world: BanditWorld = { log, params, model, view }
  return {
    kind: 'live',
    users: params.users,
    items: log.actions,
    observed: view.observed,
    open: (plan, fresh) => new BanditTraffic(world, plan, fresh),
  }
}

interface BanditWorld {
  readonly log: BanditLog
  readonly params: LoggedBanditParams
  readonly model: ReturnType<typeof regressionModel>
  readonly view: BanditView
}

class BanditTraffic implements Traffic {
  readonly stateWidth: number
  readonly pairWidth = 0
  readonly graded = false
  readonly startsAt = 0
  readonly total: number
  readonly baselines
  readonly #world: BanditWorld
  readonly #plan: TrafficPlan
  readonly #askers: SimulatedAskers
  readonly #round: Int32Array // [users], whose context the user has
  readonly #visits: Int32Array
  readonly #predicted: Float64Array

  constructor(world: BanditWorld, plan: TrafficPlan, fresh: boolean) {
    const { log, params, view } = world
    this.#world = world
    this.#plan = plan
    this.stateWidth = view.stateWidth
    this.#askers = new SimulatedAskers(plan, params.users, params.pastShare, fresh)
    this.total = this.#askers.total
    const contexts = plan.stream('context', 0)
    this.#round = Int32Array.from({ length: params.users }, () => contexts.int(log.rounds))
    this.#visits = new Int32Array(params.users)
    this.#predicted = new Float64Array(log.actions)
    const clicks = new Float32Array(log.actions)
    const rate = new Float32Array(log.actions)
    for (let i = 0; i < log.rounds; i++) {
      clicks[log.action[i]!]! += log.reward[i]!
      rate[log.action[i]!]! += log.reward[i]! / log.propensity[i]! / log.rounds
    }
    this.baselines = { popularity: byItem(clicks), staticBest: byItem(rate), factors: byItem(rate) }
  }

  nextSeconds(): number {
    return this.#askers.nextSeconds()
  }

  next(limit: number, until: number, out: Requests): void {
    this.#askers.next(limit, until, out)
  }

  writeState(user: number, _seconds: number, out: Float32Array, offset: number): void {
    this.#world.view.writeState(this.#round[user]!, this.#visits[user]!, out, offset)
  }

  writePool(
    impression: number,
    _user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
  ): number {
    const { actions } = this.#world.log
    const order = permutation(this.#plan.stream('pool', impression), actions)
    const count = Math.min(this.#plan.poolSize, actions)
    pools.set(order.subarray(0, count), offset)
    pools.fill(-1, offset + count, offset + this.#plan.poolSize)
    return count
  }

  writeTruth(
    user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    attraction: Float64Array,
  ): void {
    this.#world.model.predict(this.#round[user]!, this.#predicted)
    for (let p = offset; p < offset + count; p++) attraction[p] = this.#predicted[pools[p]!]!
  }

  respond(user: number): boolean {
    this.#visits[user]!++
    return this.#askers.served(user)
  }

  state(): BanditState {
    return { served: this.#askers.state(), visits: this.#visits.slice() }
  }

  restore(state: BanditState): void {
    this.#askers.restore(state.served)
    this.#visits.set(state.visits)
  }
}

interface BanditState {
  readonly served: number
  readonly visits: Int32Array
}

const byItem = (value: Float32Array): Ranker => ({
  score({ pools }, out) {
    for (let p = 0; p < pools.length; p++) out[p] = value[pools[p]!]!
  },
})
