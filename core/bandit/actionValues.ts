import type { Rng } from '#core/random/rng'

/** A table Q(s, a) for few states and actions, with the textbook updates. */
export class ActionValues {
  readonly values: Float64Array // [states × actions]
  readonly #actions: number

  constructor(states: number, actions: number) {
    this.values = new Float64Array(states * actions)
    this.#actions = actions
  }

  at(state: number, action: number): number {
    return this.values[state * this.#actions + action]!
  }

  /** The largest value of a state. */
  best(state: number): number {
    return Math.max(...this.#row(state))
  }

  /** An action of the largest value; ties fall at random. */
  greedy(state: number, rng: Rng): number {
    const row = this.#row(state)
    const best = Math.max(...row)
    const ties = [...row.keys()].filter((action) => row[action] === best)
    return ties[rng.int(ties.length)]!
  }

  /** Uniform with probability ε, else greedy (Sutton & Barto, 2018, §2.2). */
  epsilonGreedy(state: number, epsilon: number, rng: Rng): number {
    return rng.u() < epsilon ? rng.int(this.#actions) : this.greedy(state, rng)
  }

  /** Q(s, a) ← Q(s, a) + α · (target − Q(s, a)). */
  learn(state: number, action: number, target: number, alpha: number): void {
    const place = state * this.#actions + action
    this.values[place]! += alpha * (target - this.values[place]!)
  }

  #row(state: number): Float64Array {
    return this.values.subarray(state * this.#actions, (state + 1) * this.#actions)
  }
}

/** r + γ · (1 − done) · max Q(s′, ·): Watkins & Dayan, Machine Learning 8, 1992. */
export const qLearningTarget = (
  reward: number,
  gamma: number,
  next: ActionValues,
  state: number | null, // null = the episode has ended
): number => reward + (state === null ? 0 : gamma * next.best(state))

/** r + γ · (1 − done) · Q(s′, a′) of the action that follows: Rummery & Niranjan, 1994. */
export const sarsaTarget = (
  reward: number,
  gamma: number,
  next: ActionValues,
  state: number | null,
  action: number,
): number => reward + (state === null ? 0 : gamma * next.at(state, action))

/** r + γ · Q′(s′, argmax Q(s′, ·)): one table chooses, the other values (van Hasselt, NIPS 2010). */
export const doubleTarget = (
  reward: number,
  gamma: number,
  chooser: ActionValues,
  valuer: ActionValues,
  state: number | null,
  rng: Rng,
): number => reward + (state === null ? 0 : gamma * valuer.at(state, chooser.greedy(state, rng)))
