import type { Rng } from '#core/random/rng'
import type { Transitions } from './agent.ts'

/** The last transitions, oldest overwritten. */
export class TransitionReplay {
  readonly #capacity: number
  readonly #stateWidth: number
  readonly #blockedWidth: number
  readonly #columns: ReplayColumns
  #added = 0

  /** @param blockedWidth most items that may be blocked in a state */
  constructor(capacity: number, stateWidth: number, blockedWidth: number) {
    this.#capacity = capacity
    this.#stateWidth = stateWidth
    this.#blockedWidth = blockedWidth
    this.#columns = {
      states: new Float32Array(capacity * stateWidth),
      items: new Int32Array(capacity),
      rewards: new Float32Array(capacity),
      nextStates: new Float32Array(capacity * stateWidth),
      done: new Uint8Array(capacity),
      blocked: new Int32Array(capacity * blockedWidth),
      blockedCount: new Int32Array(capacity),
    }
  }

  get added(): number {
    return this.#added
  }

  add(
    state: Float32Array,
    item: number,
    reward: number,
    nextState: Float32Array,
    done: boolean,
    blocked: Int32Array,
  ): void {
    const to = this.#added++ % this.#capacity
    const { states, items, rewards, nextStates, done: ends, blockedCount } = this.#columns
    states.set(state, to * this.#stateWidth)
    items[to] = item
    rewards[to] = reward
    nextStates.set(nextState, to * this.#stateWidth)
    ends[to] = done ? 1 : 0
    this.#columns.blocked.set(blocked, to * this.#blockedWidth)
    blockedCount[to] = blocked.length
  }

  /**
   * Uniform, with replacement.
   * @throws RangeError while nothing is stored
   */
  sample(rows: number, rng: Rng): Transitions {
    const held = Math.min(this.#added, this.#capacity)
    if (held === 0) throw new RangeError('the replay is empty: add transitions before sampling')
    const width = this.#stateWidth
    const blockedWidth = this.#blockedWidth
    const from = this.#columns
    const batch = {
      rows,
      states: new Float32Array(rows * width),
      items: new Int32Array(rows),
      rewards: new Float32Array(rows),
      nextStates: new Float32Array(rows * width),
      done: new Uint8Array(rows),
      nextBlocked: {
        items: new Int32Array(rows * blockedWidth),
        count: new Int32Array(rows),
        width: blockedWidth,
      },
    }
    for (let row = 0; row < rows; row++) {
      const at = rng.int(held)
      batch.states.set(from.states.subarray(at * width, (at + 1) * width), row * width)
      batch.nextStates.set(from.nextStates.subarray(at * width, (at + 1) * width), row * width)
      batch.items[row] = from.items[at]!
      batch.rewards[row] = from.rewards[at]!
      batch.done[row] = from.done[at]!
      const blocked = from.blocked.subarray(at * blockedWidth, (at + 1) * blockedWidth)
      batch.nextBlocked.items.set(blocked, row * blockedWidth)
      batch.nextBlocked.count[row] = from.blockedCount[at]!
    }
    return batch
  }

  state(): ReplayColumns & { readonly added: number } {
    const held = Math.min(this.#added, this.#capacity)
    const cut = <T extends Float32Array | Int32Array | Uint8Array>(column: T, width: number): T =>
      column.slice(0, held * width) as T
    const { states, items, rewards, nextStates, done, blocked, blockedCount } = this.#columns
    return {
      added: this.#added,
      states: cut(states, this.#stateWidth),
      items: cut(items, 1),
      rewards: cut(rewards, 1),
      nextStates: cut(nextStates, this.#stateWidth),
      done: cut(done, 1),
      blocked: cut(blocked, this.#blockedWidth),
      blockedCount: cut(blockedCount, 1),
    }
  }

  restore(state: ReturnType<TransitionReplay['state']>): void {
    this.#added = state.added
    this.#columns.states.set(state.states)
    this.#columns.items.set(state.items)
    this.#columns.rewards.set(state.rewards)
    this.#columns.nextStates.set(state.nextStates)
    this.#columns.done.set(state.done)
    this.#columns.blocked.set(state.blocked)
    this.#columns.blockedCount.set(state.blockedCount)
  }
}

interface ReplayColumns {
  readonly states: Float32Array
  readonly items: Int32Array
  readonly rewards: Float32Array
  readonly nextStates: Float32Array
  readonly done: Uint8Array
  readonly blocked: Int32Array
  readonly blockedCount: Int32Array
}
