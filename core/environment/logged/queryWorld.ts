import type { QueryLog } from '#core/dataset/kinds/queries'
import type { Ranker } from '#core/ranker/ranker'
import type { LiveEnvironment } from '../environment.ts'
import type { Requests, Traffic, TrafficPlan } from '../traffic.ts'
import type { GradedQueriesParams } from './loggedParams.ts'
import { SimulatedAskers } from './simulatedAskers.ts'
import { permutation } from '#core/random/distributions'

/**
 * Graded queries as a world: a user asks a query drawn at random and clicks its documents by their
 * grades and the click model. Documents are the items; their features are those of the data, scaled
 * to standard deviation 1. Nobody has clicked before: how many features a document matches at all
 * stands for popularity, and their sum for the other references.
 */
export function queryWorld(log: QueryLog, params: GradedQueriesParams): LiveEnvironment {
  const { documents, width } = log
  const itemFeatures = standardised(log)
  return {
    kind: 'live',
    users: params.users,
    items: documents,
    observed: {
      itemFeatures,
      itemWidth: width,
      factors: itemFeatures,
      rank: width,
      features: [
        { group: 'context', name: 'constant', width: 1, place: 'state' },
        { group: 'user', name: 'requests', width: 1, place: 'state' },
        { group: 'userItem', name: 'document', width, place: 'item' },
      ],
    },
    open: (plan, fresh) => new QueryTraffic(log, params, itemFeatures, plan, fresh),
  }
}

/** Grades are taken as 0 … 4; data with higher ones are scaled down to it. */
const gradeScale = (log: QueryLog): number => {
  let most = 0
  for (const grade of log.grade) most = Math.max(most, grade)
  return most > 4 ? 4 / most : 1
}

class QueryTraffic implements Traffic {
  readonly stateWidth = 2
  readonly pairWidth = 0
  readonly graded = true
  readonly startsAt = 0
  readonly total: number
  readonly baselines
  readonly #log: QueryLog
  readonly #params: GradedQueriesParams
  readonly #plan: TrafficPlan
  readonly #askers: SimulatedAskers
  readonly #visits: Int32Array
  readonly #scale: number

  constructor(
    log: QueryLog,
    params: GradedQueriesParams,
    features: Float32Array,
    plan: TrafficPlan,
    fresh: boolean,
  ) {
    this.#log = log
    this.#params = params
    this.#plan = plan
    this.#scale = gradeScale(log)
    this.#askers = new SimulatedAskers(plan, params.users, params.pastShare, fresh)
    this.#visits = new Int32Array(params.users)
    this.total = this.#askers.total
    const { width, documents } = log
    const activity = Float32Array.from({ length: documents }, (_, document) => {
      let given = 0
      for (let f = 0; f < width; f++) given += log.features[document * width + f] === 0 ? 0 : 1
      return given
    })
    const sums = Float32Array.from({ length: documents }, (_, document) => {
      let sum = 0
      for (let f = 0; f < width; f++) sum += features[document * width + f]!
      return sum
    })
    this.baselines = {
      popularity: byItem(activity), // how much of a document matches at all
      staticBest: byItem(sums),
      factors: byItem(sums),
    }
  }

  nextSeconds(): number {
    return this.#askers.nextSeconds()
  }

  next(limit: number, until: number, out: Requests): void {
    this.#askers.next(limit, until, out)
  }

  writeState(user: number, _seconds: number, out: Float32Array, offset: number): void {
    out[offset] = 1
    out[offset + 1] = Math.log1p(this.#visits[user]!)
  }

  writePool(
    impression: number,
    user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
  ): number {
    const { first, queries } = this.#log
    const { stream, poolSize } = this.#plan
    // by user and visit, so that every arm of a comparison meets the same queries
    const query = stream('query', user * 65_536 + this.#visits[user]!).int(queries)
    const from = first[query]!
    const order = permutation(stream('pool', impression), first[query + 1]! - from)
    const count = Math.min(poolSize, order.length)
    for (let p = 0; p < count; p++) pools[offset + p] = from + order[p]!
    pools.fill(-1, offset + count, offset + poolSize)
    return count
  }

  writeTruth(
    _user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    attraction: Float64Array,
    grades: Int8Array | null,
  ): void {
    for (let p = offset; p < offset + count; p++) {
      const grade = Math.round(this.#log.grade[pools[p]!]! * this.#scale)
      attraction[p] = this.#params.attractionByGrade[grade]!
      if (grades) grades[p] = grade
    }
  }

  respond(user: number): boolean {
    this.#visits[user]!++
    return this.#askers.served(user)
  }

  state(): QueryState {
    return { served: this.#askers.state(), visits: this.#visits.slice() }
  }

  restore(state: QueryState): void {
    this.#askers.restore(state.served)
    this.#visits.set(state.visits)
  }
}

interface QueryState {
  readonly served: number
  readonly visits: Int32Array
}

const byItem = (value: Float32Array): Ranker => ({
  score({ pools }, out) {
    for (let p = 0; p < pools.length; p++) out[p] = value[pools[p]!]!
  },
})

function standardised({ documents, width, features }: QueryLog): Float32Array {
  const out = new Float32Array(documents * width)
  for (let f = 0; f < width; f++) {
    let sum = 0
    let squares = 0
    for (let d = 0; d < documents; d++) {
      sum += features[d * width + f]!
      squares += features[d * width + f]! ** 2
    }
    const mean = sum / Math.max(1, documents)
    const sd = Math.sqrt(Math.max(0, squares / Math.max(1, documents) - mean * mean))
    if (sd < 1e-9) continue
    for (let d = 0; d < documents; d++) {
      // rare features would have values of a hundred deviations
      const value = (features[d * width + f]! - mean) / sd
      out[d * width + f] = Math.max(-3, Math.min(3, value))
    }
  }
  return out
}
