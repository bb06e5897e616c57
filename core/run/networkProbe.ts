import type { Feedback } from '#core/agent/feedback'
import type { ComputeOps } from '#core/compute/ops'
import type { RankRequests } from '#core/ranker/ranker'
import type { LineUp } from './lineUp.ts'
import { layerDeltas, probeLists, type NetworkRecord } from './networkRecord.ts'

/** Contexts in which both sides are asked again and again. */
const PROBES = 16
/** Longest list that is kept of each. */
const LONGEST = 20

interface ProbeWorld {
  readonly stateWidth: number
  readonly pairWidth: number
  readonly listLength: number
  readonly poolSize: number
}

/**
 * Takes the record of a run's two networks. Its contexts are the first requests of the run, as they
 * were served: drawn by the run's own streams, which nothing here touches. What is recorded is no
 * part of the digest, and nothing of a run depends on it.
 */
export class NetworkProbe {
  readonly #world: ProbeWorld
  readonly #ops: ComputeOps
  readonly #every: number
  readonly #k: number
  #contexts: Contexts
  #nextAt: number

  /** @param total impressions that are planned: some forty records, never closer than 64 impressions */
  constructor(world: ProbeWorld, total: number, ops: ComputeOps, saved?: ProbeState) {
    this.#world = world
    this.#ops = ops
    this.#every = Math.max(64, Math.min(256, Math.ceil(total / 40)))
    this.#k = Math.min(world.listLength, LONGEST)
    this.#contexts = saved ? { ...saved.contexts } : noContexts(world)
    this.#nextAt = saved?.nextAt ?? 1
  }

  /** A served list; those of before the run are no requests of it. */
  observe({ lists, user, seconds, state, pool, pairs }: Feedback): void {
    const own = this.#contexts
    const row = own.count
    if (!lists || row === PROBES) return
    const { stateWidth, poolSize, pairWidth } = this.#world
    own.user[row] = user
    own.seconds[row] = seconds
    own.state.set(state, row * stateWidth)
    own.pool.set(pool, row * poolSize)
    own.pairs.set(pairs, row * poolSize * pairWidth)
    own.count++
  }

  /** The record after `served` impressions; null while the last one is recent. */
  record(lineUp: LineUp, served: number): Omit<NetworkRecord, 'cost'> | null {
    if (served < this.#nextAt || this.#contexts.count === 0) return null
    this.#nextAt = served + this.#every
    const [a, b] = lineUp.rankers()
    if (!a || !b) return null
    const rows = this.#contexts.count
    const { poolSize } = this.#world
    const requests = this.#requests()
    const ranked = [a, b].map((ranker) => {
      const scores = new Float32Array(rows * poolSize)
      ranker.score(requests, scores)
      this.#contexts.pool.forEach((item, p) => {
        if (item < 0 && p < scores.length) scores[p] = -Infinity
      })
      const top = new Int32Array(rows * this.#k)
      this.#ops.topK(scores, rows, poolSize, this.#k, top)
      return { scores, top }
    })
    const pair = lineUp.weightPair?.() ?? null
    return {
      impression: served,
      layers: pair ? layerDeltas(pair.names, pair.w, pair.explored) : [],
      probes: Array.from({ length: rows }, (_, row) => {
        const pool = this.#contexts.pool.subarray(row * poolSize, (row + 1) * poolSize)
        const drawn = pool.includes(-1) ? pool.indexOf(-1) : poolSize
        const length = Math.min(this.#k, drawn)
        const [left, right] = ranked.map(({ scores, top }) => ({
          scores: scores.subarray(row * poolSize, (row + 1) * poolSize),
          top: top.subarray(row * this.#k, row * this.#k + length),
        }))
        return probeLists(this.#contexts.user[row]!, pool.subarray(0, drawn), left!, right!)
      }),
    }
  }

  #requests(): RankRequests {
    const { count: rows, user, seconds, state, pool, pairs } = this.#contexts
    const { stateWidth, poolSize, pairWidth } = this.#world
    return {
      first: 0, // row r is impression r
      rows,
      users: user,
      seconds,
      states: state.subarray(0, rows * stateWidth),
      pools: pool.subarray(0, rows * poolSize).map((item) => Math.max(0, item)),
      poolSize,
      ...(pairWidth > 0
        ? { pairs: pairs.subarray(0, rows * poolSize * pairWidth), pairWidth }
        : {}),
    }
  }

  state(): ProbeState {
    return { contexts: this.#contexts, nextAt: this.#nextAt }
  }
}

interface Contexts {
  count: number
  readonly user: Int32Array
  readonly seconds: Float64Array
  readonly state: Float32Array
  readonly pool: Int32Array
  readonly pairs: Float32Array
}

export interface ProbeState {
  readonly contexts: Readonly<Contexts>
  readonly nextAt: number // impressions served
}

function noContexts({ stateWidth, poolSize, pairWidth }: ProbeWorld): Contexts {
  return {
    count: 0,
    user: new Int32Array(PROBES),
    seconds: new Float64Array(PROBES),
    state: new Float32Array(PROBES * stateWidth),
    pool: new Int32Array(PROBES * poolSize).fill(-1),
    pairs: new Float32Array(PROBES * poolSize * pairWidth),
  }
}
