import type { Rng } from '#core/random/rng'

/** Feeds given integers to `int(m)`; every one must fit its m and be used, none may be missing. */
export class FedRng implements Rng {
  #left: number[]

  constructor(draws: readonly number[]) {
    this.#left = [...draws]
  }

  int(m: number): number {
    if (m <= 1) return 0 // a forced choice draws nothing
    const value = this.#left.shift()
    if (value === undefined) throw new Error(`no draw is left for int(${m})`)
    if (value >= m) throw new Error(`the draw ${value} does not fit int(${m})`)
    return value
  }

  u(): number {
    throw new Error('only integers were fed')
  }

  /** Fails when draws were left over. */
  finish(): void {
    if (this.#left.length > 0) throw new Error(`${this.#left.length} draws were not used`)
  }
}
