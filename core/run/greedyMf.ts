import { CholeskySolver } from '#core/bandit/choleskySolver'
import type { Environment } from '#core/environment/environment'
import { dotScores } from '#core/ranker/dotScores'
import type { Ranker, RankRequests } from '#core/ranker/ranker'

const priorShare = 0.15
const ridge = 1e-3

interface UserRidge {
  readonly a: Float64Array // [rank × rank], precision; the lower triangle
  readonly b: Float64Array // [rank]
  /** What `a` and `b` were summed from; null once that is longer than they are. */
  seen: { readonly items: number[]; readonly x: number[] } | null
}

/**
 * Greedy matrix factorisation that learns from the run (GreedySVD, agents.md §2): item vectors w of the
 * world, per user a ridge regression of clicks with prior precision .15 P, P = (cov + 10⁻³ I)⁻¹ of the
 * users' visible vectors, and prior mean the user's own visible vector. It scores w·A⁻¹b and takes in
 * A += w·wᵀ, b += w·x for every shown item, x = click less the mean click so far.
 */
export class GreedyMf implements Ranker {
  readonly #factors: Float64Array // [items × rank], as all arithmetic here is of 64 bits
  readonly #rank: number
  readonly #solver: CholeskySolver
  readonly #precision: Float64Array // [rank × rank], .15 P
  readonly #priorMean: (user: number) => Float64Array
  readonly #users = new Map<number, UserRidge>()
  #clicks = 0
  #items = 0

  /** @param examination mean probability that a slot is looked at, which turns values into clicks */
  constructor(environment: Environment, examination: number) {
    const { factors, rank } = environment.observed
    this.#factors = Float64Array.from(factors)
    this.#rank = rank
    this.#solver = new CholeskySolver(rank)
    const means = visibleMeans(environment, examination)
    this.#precision = priorPrecision(means, rank, this.#solver)
    this.#priorMean = (user) =>
      means?.slice(user * rank, (user + 1) * rank) ?? new Float64Array(rank)
  }

  score({ rows, users, pools, poolSize }: RankRequests, out: Float32Array): void {
    const theta = new Float64Array(this.#rank)
    for (let row = 0; row < rows; row++) {
      const known = this.#users.get(users[row]!)
      if (known) {
        this.#solver.factor(known.a)
        this.#solver.solve(known.b, theta)
      } else theta.set(this.#priorMean(users[row]!))
      dotScores(theta, this.#factors, pools, row * poolSize, (row + 1) * poolSize, out)
    }
  }

  /** A list was shown. @param shown without padding */
  observe(user: number, shown: Int32Array, clicked: Uint8Array): void {
    const own = this.#of(user)
    const usual = this.#items > 0 ? this.#clicks / this.#items : 0
    for (let slot = 0; slot < shown.length; slot++) {
      this.#take(own, shown[slot]!, clicked[slot]! - usual)
      this.#clicks += clicked[slot]!
    }
    this.#items += shown.length
  }

  #take(own: UserRidge, item: number, x: number): void {
    const rank = this.#rank
    const factors = this.#factors
    const { a, b, seen } = own
    const at = item * rank
    for (let f = 0; f < rank; f++) {
      const w = factors[at + f]!
      b[f]! += w * x
      for (let g = 0; g <= f; g++) a[f * rank + g]! += w * factors[at + g]!
    }
    if (!seen) return
    seen.items.push(item)
    seen.x.push(x)
    if (seen.items.length > rank * rank) own.seen = null
  }

  #of(user: number): UserRidge {
    let own = this.#users.get(user)
    if (own) return own
    const rank = this.#rank
    const mean = this.#priorMean(user)
    const b = new Float64Array(rank)
    for (let f = 0; f < rank; f++) {
      for (let g = 0; g < rank; g++) b[f]! += this.#precision[f * rank + g]! * mean[g]!
    }
    own = { a: this.#precision.slice(), b, seen: { items: [], x: [] } }
    this.#users.set(user, own)
    return own
  }

  /** The user is gone. */
  forget(user: number): void {
    this.#users.delete(user)
  }

  /** Whether the user has been shown something and is not gone. */
  knows(user: number): boolean {
    return this.#users.has(user)
  }

  /**
   * Learns again what was forgotten of a user who is gone.
   * @param before as it was before the run
   */
  recall(user: number, requests: readonly PastRequest[], before: GreedyMf): void {
    const [clicks, items] = [this.#clicks, this.#items]
    const past = before.#users.get(user)
    if (past) this.#users.set(user, { a: past.a.slice(), b: past.b.slice(), seen: null })
    for (const request of requests) {
      this.#clicks = before.#clicks + request.clicksBefore
      this.#items = before.#items + request.itemsBefore
      this.observe(user, request.shown, request.clicked)
    }
    this.#clicks = clicks
    this.#items = items
  }

  /** Items stand for their vectors, which the world has anyway: at rank 300 a matrix takes 720 kB. */
  state(): GreedyMfState {
    const own = [...this.#users.values()]
    return {
      users: Int32Array.from(this.#users.keys()),
      seen: Int32Array.from(own, ({ seen }) => seen?.items.length ?? -1),
      items: Int32Array.from(own.flatMap(({ seen }) => seen?.items ?? [])),
      x: Float64Array.from(own.flatMap(({ seen }) => seen?.x ?? [])),
      sums: own.flatMap(({ seen, a, b }) => (seen ? [] : [a.slice(), b.slice()])),
      clicks: this.#clicks,
      shown: this.#items,
    }
  }

  restore({ users, seen, items, x, sums, clicks, shown }: GreedyMfState): void {
    this.#users.clear()
    let at = 0
    let kept = 0
    users.forEach((user, i) => {
      if (seen[i]! < 0) {
        this.#users.set(user, { a: sums[kept++]!.slice(), b: sums[kept++]!.slice(), seen: null })
        return
      }
      const own = this.#of(user)
      for (const end = at + seen[i]!; at < end; at++) this.#take(own, items[at]!, x[at]!)
    })
    this.#clicks = clicks
    this.#items = shown
  }
}

/** A list of the run that a user was shown, without padding. */
export interface PastRequest {
  readonly shown: Int32Array
  readonly clicked: Uint8Array
  /** Of the whole run before it. */
  readonly clicksBefore: number
  readonly itemsBefore: number
}

export interface GreedyMfState {
  readonly users: Int32Array
  readonly seen: Int32Array // items that each user was shown, −1 where the sums stand for them
  readonly items: Int32Array // of those users, one after the other
  readonly x: Float64Array // what each item was worth
  readonly sums: readonly Float64Array[] // A and b of the other users
  readonly clicks: number
  readonly shown: number
}

/** Mean of value times item vector over what is visible of each user, in clicks; null where nothing is. */
function visibleMeans(environment: Environment, examination: number): Float64Array | null {
  if (environment.kind === 'live') return null
  const { userFactors, rank, history } = environment.observed
  return Float64Array.from(userFactors, (value, i) => {
    const user = Math.floor(i / rank)
    const n = history.start[user + 1]! - history.start[user]!
    return n > 0 ? (examination * value) / n : 0
  })
}

function priorPrecision(
  means: Float64Array | null,
  rank: number,
  solver: CholeskySolver,
): Float64Array {
  const covariance = new Float64Array(rank * rank)
  const users = means ? means.length / rank : 0
  const centre = new Float64Array(rank)
  if (means) means.forEach((value, i) => (centre[i % rank]! += value / users))
  for (let user = 0; user < users; user++) {
    for (let f = 0; f < rank; f++) {
      const deviation = means![user * rank + f]! - centre[f]!
      for (let g = 0; g < rank; g++) {
        covariance[f * rank + g]! += (deviation * (means![user * rank + g]! - centre[g]!)) / users
      }
    }
  }
  for (let f = 0; f < rank; f++) covariance[f * rank + f]! += ridge
  solver.factor(covariance)
  const precision = new Float64Array(rank * rank)
  const unit = new Float64Array(rank)
  const column = new Float64Array(rank)
  for (let f = 0; f < rank; f++) {
    unit.fill(0)
    unit[f] = 1
    solver.solve(unit, column)
    for (let g = 0; g < rank; g++) precision[g * rank + f] = priorShare * column[g]!
  }
  return precision
}
