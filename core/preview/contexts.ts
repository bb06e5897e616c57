import type { ComputeOps } from '#core/compute/ops'
import type { Traffic } from '#core/environment/traffic'
import type { StreamFactory } from '#core/random/philox'
import type { Ranker } from '#core/ranker/ranker'
import type { SimulatedClicks } from '#core/run/simulatedClicks'

interface Shape {
  readonly k: number
  readonly poolSize: number
}

/** Requests that stay the same while sides come and go: candidates, what they look like, the truth. */
export interface Contexts {
  readonly rows: number
  /** Item rows of the best k by a ranker, best first, of each request. */
  rank(ranker: Ranker): readonly Int32Array[]
  /** Lets the users of a request take a list. @returns expected clicks on it */
  begin(row: number, list: ArrayLike<number>): number
}

/**
 * The first `rows` requests of the traffic, fewer where fewer come. Users whose requests can not wait
 * for each other answer the list of `first`, so that the next ones come.
 */
export function firstContexts(
  traffic: Traffic,
  clicks: SimulatedClicks,
  first: Ranker,
  { k, poolSize }: Shape,
  most: number,
  stream: StreamFactory,
  ops: ComputeOps,
): Contexts {
  const { stateWidth, pairWidth } = traffic
  const users = new Int32Array(most)
  const seconds = new Float64Array(most)
  const states = new Float32Array(most * stateWidth)
  const pools = new Int32Array(most * poolSize)
  const pairs = new Float32Array(most * poolSize * pairWidth)
  const attraction = new Float64Array(most * poolSize)
  const grades = traffic.graded ? new Int8Array(most * poolSize) : null
  const drawn = new Int32Array(most)
  const batch = { count: 0, user: new Int32Array(most), seconds: new Float64Array(most) }

  function take(row: number, at: number): void {
    users[row] = batch.user[at]!
    seconds[row] = batch.seconds[at]!
    const from = row * poolSize
    const [user, time] = [users[row], seconds[row]]
    traffic.writeState(user, time, states, row * stateWidth)
    drawn[row] = traffic.writePool(row, user, time, pools, from, pairs, from * pairWidth)
    traffic.writeTruth(user, time, pools, from, drawn[row], attraction, grades)
    const own = clicks.attraction
    if (!own || !grades) return
    for (let p = from; p < from + drawn[row]; p++) attraction[p] = own[grades[p]! + 1]!
  }

  function rank(ranker: Ranker, from: number, to: number): readonly Int32Array[] {
    const rows = to - from
    const part = <T extends Float32Array | Int32Array | Float64Array>(all: T, width: number) =>
      all.subarray(from * width, to * width) as T
    const scores = new Float32Array(rows * poolSize)
    const request = {
      first: from,
      rows,
      users: part(users, 1),
      seconds: part(seconds, 1),
      states: part(states, stateWidth),
      pools: part(pools, poolSize).map((item) => Math.max(0, item)), // padding is masked below
      poolSize,
      ...(pairWidth > 0 ? { pairs: part(pairs, poolSize * pairWidth), pairWidth } : {}),
    }
    ranker.score(request, scores)
    for (let row = 0; row < rows; row++) {
      scores.fill(-Infinity, row * poolSize + drawn[from + row]!, (row + 1) * poolSize)
    }
    const top = new Int32Array(rows * k)
    ops.topK(scores, rows, poolSize, k, top)
    return Array.from({ length: rows }, (_, row) => {
      const length = Math.min(k, drawn[from + row]!)
      const places = top.subarray(row * k, row * k + length)
      return places.map((place) => pools[(from + row) * poolSize + place]!)
    })
  }

  function begin(row: number, list: ArrayLike<number>): number {
    const pool = pools.subarray(row * poolSize, row * poolSize + drawn[row]!)
    const places = Int32Array.from(list, (item) => row * poolSize + pool.indexOf(item))
    return clicks.begin(
      places.length,
      (slot) => attraction[places[slot]!]!,
      (slot) => grades?.[places[slot]!] ?? -1,
    )
  }

  let rows = 0
  while (rows < most && traffic.nextSeconds() < Infinity) {
    traffic.next(most - rows, Infinity, batch)
    if (batch.count === 0) break
    const from = rows
    for (let at = 0; at < batch.count; at++) take(rows++, at)
    rank(first, from, rows).forEach((list, i) => {
      const row = from + i
      const clicked = new Uint8Array(k)
      begin(row, list)
      clicks.draw(stream('preview answer', row), clicked)
      traffic.respond(users[row]!, seconds[row]!, list, clicked)
    })
  }
  return { rows, rank: (ranker) => rank(ranker, 0, rows), begin }
}
