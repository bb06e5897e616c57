import type { Requests } from './traffic.ts'

/** The next request of each user, earliest first; users with the same time in the order of users. */
export class RequestQueue {
  readonly #time: Float64Array // [users], Infinity for none
  readonly #heap: number[] = [] // users

  constructor(users: number) {
    this.#time = new Float64Array(users).fill(Infinity)
  }

  get nextSeconds(): number {
    const first = this.#heap[0]
    return first === undefined ? Infinity : this.#time[first]!
  }

  /** A user who has no request in the queue will come at that time. */
  push(user: number, seconds: number): void {
    this.#time[user] = seconds
    const heap = this.#heap
    let place = heap.push(user) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      if (this.#before(heap[above]!, user)) break
      heap[place] = heap[above]!
      place = above
    }
    heap[place] = user
  }

  /** @throws RangeError if nobody is in the queue */
  pop(): { readonly user: number; readonly seconds: number } {
    const heap = this.#heap
    const user = heap[0]
    const last = heap.pop()
    if (user === undefined || last === undefined) throw new RangeError('the queue is empty')
    const seconds = this.#time[user]!
    this.#time[user] = Infinity
    if (heap.length === 0) return { user, seconds }
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++
      if (this.#before(last, heap[child]!)) break
      heap[place] = heap[child]!
      place = child
    }
    heap[place] = last
    return { user, seconds }
  }

  /**
   * Takes the next requests that the return of none of them can overtake, at least one while there is one.
   * @param until requests of this time or later wait, but for the first
   * @param gap s in which no user comes back
   */
  takeTogether(limit: number, until: number, gap: number, out: Requests): void {
    out.count = 0
    const first = this.nextSeconds
    while (out.count < limit) {
      const seconds = this.nextSeconds
      if (seconds === Infinity || seconds >= first + gap) break
      if (out.count > 0 && seconds >= until) break
      out.user[out.count] = this.pop().user
      out.seconds[out.count++] = seconds
    }
  }

  #before(a: number, b: number): boolean {
    return this.#time[a]! < this.#time[b]! || (this.#time[a] === this.#time[b] && a < b)
  }

  state(): Float64Array {
    return this.#time.slice()
  }

  restore(time: Float64Array): void {
    this.#heap.length = 0
    this.#time.fill(Infinity)
    time.forEach((seconds, user) => {
      if (seconds < Infinity) this.push(user, seconds)
    })
  }
}
