import type { InterleavingLog } from '#core/dataset/kinds/interleaving'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { ImpressionChunk } from '#core/run/batch'
import { sideCount } from '#core/run/tally'
import { sideNames, sidesOf } from '#core/sideNames'
import { LogPlan } from './logPlan.ts'

/** Teams of a run by the place of the side, so that their alphabet is their order. */
const teamNames = ['A', 'B', 'C', 'D', 'E', 'F'] as const

/** What a production system would have logged of a run of our own. */
export function runLog(spec: ExperimentSpec, chunks: readonly ImpressionChunk[]): InterleavingLog {
  const impressions = chunks.reduce((sum, { count }) => sum + count, 0)
  const shown = (chunk: ImpressionChunk) =>
    chunk.shown.reduce((n, item) => n + (item >= 0 ? 1 : 0), 0)
  const rows = chunks.reduce((sum, chunk) => sum + shown(chunk), 0)
  const hasTeams = spec.interleaver.kind !== 'optimized' || spec.design === 'split'
  const hasRanks = spec.design !== 'split' && sideCount(spec) === 2
  const columns = {
    user: new Int32Array(impressions),
    time: new Float64Array(impressions),
    first: new Int32Array(impressions + 1),
    item: new Int32Array(rows),
    position: new Int16Array(rows),
    team: hasTeams ? new Int8Array(rows) : null,
    rankA: hasRanks ? new Int16Array(rows) : null,
    rankB: hasRanks ? new Int16Array(rows) : null,
    click: new Uint8Array(rows),
  }
  const users = new Codes()
  const items = new Codes()
  let row = 0
  let at = 0
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.count; i++) {
      const slots = { from: i * chunk.k, to: (i + 1) * chunk.k }
      const listA = chunk.listA.subarray(slots.from, slots.to)
      const listB = chunk.listB.subarray(slots.from, slots.to)
      columns.user[at] = users.of(chunk.user[i]!)
      columns.time[at] = chunk.seconds[i]!
      columns.first[at++] = row
      for (let slot = slots.from; slot < slots.to; slot++) {
        const item = chunk.shown[slot]!
        if (item < 0) continue
        columns.item[row] = items.of(item)
        columns.position[row] = slot - slots.from
        if (columns.team) columns.team[row] = chunk.team[slot]!
        if (columns.rankA) columns.rankA[row] = listA.indexOf(item)
        if (columns.rankB) columns.rankB[row] = listB.indexOf(item)
        columns.click[row++] = chunk.clicked[slot]!
      }
    }
  }
  columns.first[at] = row
  return {
    impressions,
    users: users.names.length,
    items: items.names.length,
    userIds: users.names,
    itemIds: items.names,
    ...columns,
    teams: teamNames.slice(0, sideCount(spec)),
    dwell: null,
    orders: null,
    delay: null,
    segments: [],
  }
}

/** The plan that reads such a log as the run itself was read; nothing is filtered. */
export function planOfRun(spec: ExperimentSpec): LogPlan {
  const labels =
    spec.design === 'explore'
      ? ['Q', 'Q̃']
      : sideNames({ sides: sidesOf(spec) }, 'en').map((name) => name.slice(0, 40))
  return LogPlan.parse({
    name: spec.name,
    hypothesis: spec.hypothesis,
    design: spec.design === 'split' ? 'split' : 'interleaving',
    sides: labels.map((label, side) => ({ team: teamNames[side], label })),
    interleaver: spec.interleaver,
    rankingLength: spec.traffic.listLength,
    filters: [],
    plannedUsers: spec.traffic.users,
    analysis: spec.analysis,
  })
}

/** Dense codes in the order of first appearance. */
class Codes {
  readonly names: string[] = []
  readonly #codes = new Map<number, number>()

  of(id: number): number {
    const known = this.#codes.get(id)
    if (known !== undefined) return known
    this.#codes.set(id, this.names.length)
    return this.names.push(String(id)) - 1
  }
}
