/** Constants of the survival model of DRN §4.4. */
export interface ActivenessParams {
  readonly decay: number // λ₀ per second
  readonly start: number // S₀, of a user's first request
  readonly periodHours: number // T₀
}

/** Zheng et al., "DRN", WWW 2018, §4.4: λ₀, S₀ and T₀ as printed. */
export const paperActiveness: ActivenessParams = { decay: 1.2e-5, start: 0.5, periodHours: 24 }

/**
 * What a return adds: S_a = S₀·(1 − exp(−λ₀T₀)), so that a user who returns every T₀ stays at S₀. The
 * paper prints .32, which is .3227… rounded.
 */
export function returnGain({ decay, start, periodHours }: ActivenessParams): number {
  return -start * Math.expm1(-decay * periodHours * 3600)
}

/**
 * Activeness S of every user: it decays by exp(−λ₀Δt) and rises by S_a, to at most 1, at each request.
 * It is worked out from request times alone, and only when a user comes.
 */
export class Activeness {
  readonly #params: ActivenessParams
  readonly #gain: number
  readonly #value: Float64Array // [users], right after the last request
  readonly #since: Float64Array // [users], s; NaN before the first request

  constructor(users: number, params: ActivenessParams = paperActiveness) {
    this.#params = params
    this.#gain = returnGain(params)
    this.#value = new Float64Array(users).fill(params.start)
    this.#since = new Float64Array(users).fill(Number.NaN)
  }

  /** S at a time not before the user's last request; S₀ before the first. */
  at(user: number, seconds: number): number {
    const since = this.#since[user]!
    if (Number.isNaN(since)) return this.#params.start
    return this.#value[user]! * Math.exp(-this.#params.decay * (seconds - since))
  }

  /** The user makes a request. @returns S right after it */
  request(user: number, seconds: number): number {
    const before = this.at(user, seconds)
    const first = Number.isNaN(this.#since[user]!)
    const after = first ? before : Math.min(1, before + this.#gain)
    this.#value[user] = after
    this.#since[user] = seconds
    return after
  }

  state(): ActivenessState {
    return { value: this.#value.slice(), since: this.#since.slice() }
  }

  restore(state: ActivenessState): void {
    this.#value.set(state.value)
    this.#since.set(state.since)
  }
}

export interface ActivenessState {
  readonly value: Float64Array
  readonly since: Float64Array
}
