import type { InterleavingLog } from '#core/dataset/kinds/interleaving'
import { draftDuel, duelSlots } from '#core/interleaver/teamDraftDuel'
import { permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'

interface SyntheticLog {
  readonly users?: number
  readonly listsPerUser?: number
  readonly length?: number
  readonly catalogue?: number
  /** The two rankings share no item, so that every team is certain. */
  readonly disjoint?: boolean
  /** Factor on the click probability of A's items; B's is 0.2. */
  readonly lift?: number
  readonly seed?: number
}

/**
 * A log of two random rankers by team draft with known truth: A's items are clicked `lift` times as
 * often as B's. Users take turns, a minute apart.
 */
export function syntheticLog(options: SyntheticLog = {}): InterleavingLog {
  const { users = 200, listsPerUser = 10, length = 5, catalogue = 40, lift = 1, seed = 1 } = options
  const { disjoint = false } = options
  const impressions = users * listsPerUser
  const rows = impressions * length
  const stream = streams(seed)
  const slots = duelSlots(length)
  const log = {
    user: new Int32Array(impressions),
    time: new Float64Array(impressions),
    first: Int32Array.from({ length: impressions + 1 }, (_, i) => i * length),
    item: new Int32Array(rows),
    position: Int16Array.from({ length: rows }, (_, row) => row % length),
    team: new Int8Array(rows),
    rankA: new Int16Array(rows),
    rankB: new Int16Array(rows),
    click: new Uint8Array(rows),
    dwell: new Float32Array(rows).fill(Number.NaN),
    orders: new Float32Array(rows),
    delay: new Float32Array(rows).fill(Number.NaN),
  }
  for (let i = 0; i < impressions; i++) {
    const rng = stream('list', i)
    const a = permutation(rng, catalogue).slice(0, length)
    const rest = permutation(rng, catalogue)
    const b = (disjoint ? rest.filter((item) => !a.includes(item)) : rest).slice(0, length)
    draftDuel(a, b, length, slots, rng)
    log.user[i] = i % users
    log.time[i] = 1_700_000_000 + 60 * i
    for (let slot = 0; slot < length; slot++) {
      const row = i * length + slot
      const item = slots.items[slot]!
      log.item[row] = item
      log.team[row] = slots.teams[slot]!
      log.rankA[row] = a.indexOf(item)
      log.rankB[row] = b.indexOf(item)
      if (rng.u() >= (slots.teams[slot] === 0 ? 0.2 * lift : 0.2)) continue
      log.click[row] = 1
      log.dwell[row] = 60 * rng.u()
      log.delay[row] = log.dwell[row]! // so that no draw is added
      log.orders[row] = rng.u() < 0.3 ? 1 : 0
    }
  }
  const names = (count: number, letter: string) =>
    Array.from({ length: count }, (_, i) => `${letter}${i}`)
  return {
    impressions,
    users,
    items: catalogue,
    userIds: names(users, 'u'),
    itemIds: names(catalogue, 'i'),
    ...log,
    teams: ['A', 'B'],
    segments: [
      {
        name: 'platform',
        type: 'category',
        code: log.user.map((user) => user % 2),
        names: ['phone', 'web'],
      },
    ],
  }
}
