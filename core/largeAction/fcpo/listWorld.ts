import { permutation } from '#core/random/distributions'
import type { StreamFactory } from '#core/random/philox'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { RatingMatrix } from '#core/episode/ratingMatrix'

/** What is known of a user, and what he would like among the rest. */
export interface ListUser {
  /** Liked items that are given, in a random order that is fixed: the newest last. */
  readonly given: Int32Array
  readonly heldOut: ReadonlySet<number>
}

/**
 * Users whose liked items are halved by chance: one half is history, the other is what lists are to find.
 * Users with fewer than two liked items say nothing and are left out.
 */
export function listUsers(
  { rewards, relevant }: RatingMatrix,
  users: Int32Array,
  stream: StreamFactory,
): readonly ListUser[] {
  return Array.from(users).flatMap((user): ListUser[] => {
    const liked: number[] = []
    for (let e = rewards.start[user]!; e < rewards.start[user + 1]!; e++) {
      if (relevant[e]) liked.push(rewards.column[e]!)
    }
    if (liked.length < 2) return []
    const order = Array.from(permutation(stream('halves', user), liked.length), (i) => liked[i]!)
    const cut = liked.length >> 1
    return [{ given: Int32Array.from(order.slice(0, cut)), heldOut: new Set(order.slice(cut)) }]
  })
}

/** State of a user in the course of a trajectory: vectors of the last liked items, and their mean. */
export class ListState {
  readonly liked: number[]
  readonly #vectors: ItemVectors
  readonly #history: number

  constructor(user: ListUser, vectors: ItemVectors, history: number) {
    this.liked = [...user.given]
    this.#vectors = vectors
    this.#history = history
  }

  /** [history + 1 × width]: oldest first, zeros where fewer are known; then the unit mean of all. */
  read(): Float64Array {
    const { width, values } = this.#vectors
    const state = new Float64Array((this.#history + 1) * width)
    const last = this.liked.slice(Math.max(0, this.liked.length - this.#history))
    last.forEach((item, i) => {
      const at = (this.#history - last.length + i) * width
      state.set(values.subarray(item * width, (item + 1) * width), at)
    })
    const user = this.#history * width
    let square = 0
    for (let f = 0; f < width; f++) {
      for (const item of this.liked) state[user + f]! += values[item * width + f]!
      square += state[user + f]! ** 2
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let f = 0; f < width; f++) state[user + f]! *= scale
    return state
  }
}

/** Items of the popular group: the share with the most exposure, ties by id; 1 for a member. */
export function popularGroup(exposure: ArrayLike<number>, share: number): Uint8Array {
  const order = Array.from(exposure, (_, j) => j).sort((a, b) => {
    return exposure[b]! - exposure[a]! || a - b
  })
  const group = new Uint8Array(exposure.length)
  for (const item of order.slice(0, Math.round(share * exposure.length))) group[item] = 1
  return group
}

/**
 * Most of the popular group's items in a list of K: Exposure(G0) ≤ α·Exposure(G1) means at most
 * α/(1 + α)·K; over T lists the sum, discounted or plain (F2).
 */
export function costLimit(
  ratio: number,
  listLength: number,
  steps: number,
  gamma: number,
  costSum: 'discounted' | 'plain',
): number {
  const perList = (ratio / (1 + ratio)) * listLength
  const discount = costSum === 'plain' ? 1 : gamma
  let limit = 0
  for (let t = 0; t < steps; t++) limit += perList * discount ** t
  return limit
}
