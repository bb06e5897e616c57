import type { ImpressionWorld } from './impressionWorld.ts'

/** What each user of a log has read: the history that was logged, and clicks since. */
export class Readings {
  readonly width: number
  readonly #world: ImpressionWorld
  readonly #visits: Int32Array
  readonly #clicked = new Map<number, number[]>()
  readonly #vectors: Float32Array // [users × rank], sum over what was read
  readonly #read: Int32Array // [users], items in the sum
  readonly #categories: Float32Array // [users × categories]
  readonly #known: Uint8Array // [users], 1 once the history is in

  constructor(world: ImpressionWorld) {
    const { log, rank, categories } = world
    this.#world = world
    this.width = rank + 3
    this.#visits = new Int32Array(log.users)
    this.#vectors = new Float32Array(log.users * rank)
    this.#read = new Int32Array(log.users)
    this.#categories = new Float32Array(log.users * categories)
    this.#known = new Uint8Array(log.users)
  }

  /** Writes the user at an impression: mean item vector, log of what was read, requests, rate. */
  write(user: number, impression: number, out: Float32Array, offset: number): void {
    this.#learnHistory(user, impression)
    const { rank } = this.#world
    const read = this.#read[user]!
    for (let f = 0; f < rank; f++) {
      out[offset + f] = read > 0 ? this.#vectors[user * rank + f]! / read : 0
    }
    const visits = this.#visits[user]!
    out[offset + rank] = Math.log1p(read) / 4
    out[offset + rank + 1] = Math.log1p(visits)
    out[offset + rank + 2] = (this.#clicked.get(user)?.length ?? 0) / (1 + visits)
  }

  /** Cosine of content, and the share of the item's category in what the user has read. */
  affinity(user: number, item: number): readonly [content: number, category: number] {
    const { rank, factors, category, categories } = this.#world
    let dot = 0
    let square = 0
    for (let f = 0; f < rank; f++) {
      const mine = this.#vectors[user * rank + f]!
      dot += mine * factors[item * rank + f]!
      square += mine * mine
    }
    const own = category[item]!
    const share = own < 0 ? 0 : this.#categories[user * categories + own]!
    return [square > 0 ? dot / Math.sqrt(square) : 0, share / Math.max(1, this.#read[user]!)]
  }

  visited(user: number): void {
    this.#visits[user]!++
  }

  clicked(user: number, item: number): void {
    const own = this.#clicked.get(user)
    if (own) own.push(item)
    else this.#clicked.set(user, [item])
    this.#add(user, item)
  }

  /** The history of the user's first impression; later ones hold what the run has told itself. */
  #learnHistory(user: number, impression: number): void {
    if (this.#known[user] === 1) return
    this.#known[user] = 1
    const { log } = this.#world
    const [from, to] = [log.historyFirst[impression]!, log.historyFirst[impression + 1]!]
    for (let at = from; at < to; at++) this.#add(user, log.history[at]!)
  }

  #add(user: number, item: number): void {
    const { rank, factors, category, categories } = this.#world
    for (let f = 0; f < rank; f++) this.#vectors[user * rank + f]! += factors[item * rank + f]!
    if (category[item]! >= 0) this.#categories[user * categories + category[item]!]!++
    this.#read[user]!++
  }

  state(): ReadingsState {
    const users: number[] = []
    const items: number[] = []
    for (const [user, clicked] of this.#clicked) {
      for (const item of clicked) {
        users.push(user)
        items.push(item)
      }
    }
    return {
      visits: this.#visits.slice(),
      vectors: this.#vectors.slice(),
      read: this.#read.slice(),
      categories: this.#categories.slice(),
      known: this.#known.slice(),
      clickUser: Int32Array.from(users),
      clickItem: Int32Array.from(items),
    }
  }

  restore(state: ReadingsState): void {
    this.#visits.set(state.visits)
    this.#vectors.set(state.vectors)
    this.#read.set(state.read)
    this.#categories.set(state.categories)
    this.#known.set(state.known)
    this.#clicked.clear()
    state.clickUser.forEach((user, i) => {
      const own = this.#clicked.get(user)
      if (own) own.push(state.clickItem[i]!)
      else this.#clicked.set(user, [state.clickItem[i]!])
    })
  }
}

export interface ReadingsState {
  readonly visits: Int32Array
  readonly vectors: Float32Array
  readonly read: Int32Array
  readonly categories: Float32Array
  readonly known: Uint8Array
  readonly clickUser: Int32Array
  readonly clickItem: Int32Array
}
