/** Times of what happened to each of a number of rows, in the order of time within a row. */
export class EventLog {
  readonly #rows: (number[] | undefined)[]

  constructor(rows: number) {
    this.#rows = new Array<number[] | undefined>(rows)
  }

  add(row: number, seconds: number): void {
    ;(this.#rows[row] ??= []).push(seconds)
  }

  /** Events of a row in (from, to]. */
  count(row: number, from: number, to: number): number {
    const times = this.#rows[row]
    if (!times) return 0
    return upTo(times, to) - upTo(times, from)
  }

  state(): EventLogState {
    const rows: number[] = []
    const times: number[] = []
    this.#rows.forEach((own, row) => {
      for (const time of own ?? []) {
        rows.push(row)
        times.push(time)
      }
    })
    return { row: Int32Array.from(rows), time: Float64Array.from(times) }
  }

  restore({ row, time }: EventLogState): void {
    this.#rows.fill(undefined)
    row.forEach((r, i) => this.add(r, time[i]!))
  }
}

export interface EventLogState {
  readonly row: Int32Array
  readonly time: Float64Array
}

/** How many times are at most `limit`; from the end, where one usually looks. */
function upTo(times: readonly number[], limit: number): number {
  let n = times.length
  while (n > 0 && times[n - 1]! > limit) n--
  return n
}
