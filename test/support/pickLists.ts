import type { InterleavingLog } from '#core/dataset/kinds/interleaving'

/** The impressions of `log` in this order; one may stand in it twice. */
export function pickLists(log: InterleavingLog, order: readonly number[]): InterleavingLog {
  const length = log.first[1]!
  const rows = order.flatMap((i) => Array.from({ length }, (_, slot) => i * length + slot))
  const of = <T extends Int32Array | Int16Array | Int8Array | Uint8Array | Float32Array>(
    column: T,
  ) => column.constructor.prototype.constructor.from(rows, (row: number) => column[row]) as T
  return {
    ...log,
    impressions: order.length,
    user: Int32Array.from(order, (i) => log.user[i]!),
    time: Float64Array.from(order, (i) => log.time[i]!),
    first: Int32Array.from({ length: order.length + 1 }, (_, i) => i * length),
    item: of(log.item),
    position: of(log.position),
    team: log.team && of(log.team),
    rankA: log.rankA && of(log.rankA),
    rankB: log.rankB && of(log.rankB),
    click: of(log.click),
    dwell: log.dwell && of(log.dwell),
    orders: log.orders && of(log.orders),
    delay: log.delay && of(log.delay),
    segments: log.segments.map((segment) => ({
      ...segment,
      code: Int32Array.from(order, (i) => segment.code[i]!),
    })),
  }
}
