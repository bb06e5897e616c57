import { EventLog, type EventLogState } from './eventLog.ts'
import type { NewsArchive } from './newsArchive.ts'
import type { NewsParams } from './newsParams.ts'

/** The windows of DRN §4.1: 1 h, 6 h, 24 h, 1 week, 1 year. */
export const windowHours = [1, 6, 24, 168, 8760] as const

/** What the service has recorded: who clicked what when. Everything here may be a feature. */
export class Readers {
  readonly #params: NewsParams
  readonly #archive: NewsArchive
  readonly #items: (number[] | undefined)[] // [users], clicked items in the order of time
  readonly #times: (number[] | undefined)[] // [users]
  readonly #requests: Int32Array // [users]
  readonly #profile: Float64Array // [users × dimensions], sum of the clicked items' content
  readonly clicks: EventLog // of items
  readonly shows: EventLog // of items

  constructor(params: NewsParams, archive: NewsArchive) {
    this.#params = params
    this.#archive = archive
    this.#items = new Array<number[] | undefined>(params.users)
    this.#times = new Array<number[] | undefined>(params.users)
    this.#requests = new Int32Array(params.users)
    this.#profile = new Float64Array(params.users * params.dimensions)
    this.clicks = new EventLog(archive.items)
    this.shows = new EventLog(archive.items)
  }

  requests(user: number): number {
    return this.#requests[user]!
  }

  respond(user: number, seconds: number, shown: Int32Array, clicked: Uint8Array): void {
    this.#requests[user]!++
    shown.forEach((item, slot) => {
      this.shows.add(item, seconds)
      if (clicked[slot] === 1) this.#click(user, item, seconds)
    })
  }

  #click(user: number, item: number, seconds: number): void {
    const { dimensions } = this.#params
    ;(this.#items[user] ??= []).push(item)
    ;(this.#times[user] ??= []).push(seconds)
    this.clicks.add(item, seconds)
    for (let d = 0; d < dimensions; d++) {
      this.#profile[user * dimensions + d]! += this.#archive.content[item * dimensions + d]!
    }
  }

  /** Width of `writeUser`. */
  get userWidth(): number {
    const { topics, providers, dimensions } = this.#params
    return windowHours.length * (topics + providers + 1) + dimensions + 2
  }

  /**
   * Per window the clicks on each topic and provider and in all, as log(1 + n); the mean content of
   * what was clicked; requests, as log(1 + n), and clicks per request.
   */
  writeUser(user: number, seconds: number, out: Float32Array, offset: number): void {
    const { topics, providers, dimensions } = this.#params
    const { topic, provider } = this.#archive
    const items = this.#items[user] ?? []
    const times = this.#times[user] ?? []
    const width = topics + providers + 1
    const counts = windowHours.length * width
    out.fill(0, offset, offset + this.userWidth)
    windowHours.forEach((hours, w) => {
      const at = offset + w * width
      for (let i = items.length - 1; i >= 0 && times[i]! > seconds - 3600 * hours; i--) {
        out[at + topic[items[i]!]!]!++
        out[at + topics + provider[items[i]!]!]!++
        out[at + width - 1]!++
      }
    })
    for (let f = offset; f < offset + counts; f++) out[f] = Math.log1p(out[f]!)
    const scale = 1 / Math.max(1, items.length)
    for (let d = 0; d < dimensions; d++) {
      out[offset + counts + d] = this.#profile[user * dimensions + d]! * scale
    }
    const requests = this.#requests[user]!
    out[offset + counts + dimensions] = Math.log1p(requests)
    out[offset + counts + dimensions + 1] = items.length / (1 + requests)
  }

  /** Shares of the user's clicks that went to this topic and this provider. */
  shares(user: number, item: number): readonly [topic: number, provider: number] {
    const { topic, provider } = this.#archive
    const items = this.#items[user]
    if (!items) return [0, 0]
    let [sameTopic, sameProvider] = [0, 0]
    for (const other of items) {
      if (topic[other] === topic[item]) sameTopic++
      if (provider[other] === provider[item]) sameProvider++
    }
    return [sameTopic / items.length, sameProvider / items.length]
  }

  /** Content of the item times the sum of the content that the user has clicked. */
  affinity(user: number, item: number): number {
    const { dimensions } = this.#params
    let dot = 0
    for (let d = 0; d < dimensions; d++) {
      dot += this.#profile[user * dimensions + d]! * this.#archive.content[item * dimensions + d]!
    }
    return dot
  }

  state(): ReadersState {
    const users: number[] = []
    const items: number[] = []
    const times: number[] = []
    this.#items.forEach((own, user) => {
      own?.forEach((item, i) => {
        users.push(user)
        items.push(item)
        times.push(this.#times[user]![i]!)
      })
    })
    return {
      user: Int32Array.from(users),
      item: Int32Array.from(items),
      time: Float64Array.from(times),
      requests: this.#requests.slice(),
      clicks: this.clicks.state(),
      shows: this.shows.state(),
    }
  }

  /** Profiles are summed again in the order of the clicks, so that rounding agrees to the bit. */
  restore(state: ReadersState): void {
    this.#items.fill(undefined)
    this.#times.fill(undefined)
    this.#profile.fill(0)
    state.user.forEach((user, i) => this.#click(user, state.item[i]!, state.time[i]!))
    this.#requests.set(state.requests)
    this.clicks.restore(state.clicks)
    this.shows.restore(state.shows)
  }
}

export interface ReadersState {
  readonly user: Int32Array
  readonly item: Int32Array
  readonly time: Float64Array
  readonly requests: Int32Array
  readonly clicks: EventLogState
  readonly shows: EventLogState
}
