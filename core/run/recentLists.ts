import { countItems, exposureFigures } from './exposureFigures.ts'
import type { ArmId, ReferenceExposure } from './summary.ts'

/** The references whose lists are kept, in the order of the figures. */
const keptArms = [
  'random',
  'popularity',
  'staticBest',
  'greedyMf',
  'untrained',
  'oracle',
] as const satisfies readonly ArmId[]
type KeptArm = (typeof keptArms)[number]

/** The last lists of the reference policies, which nobody was shown: what exposure they would make. */
export class RecentLists {
  readonly #k: number
  readonly #window: number
  readonly #rings: Readonly<Record<KeptArm, Int32Array>> // [window × k], −1 padded
  #written = 0 // requests

  /** @param window requests that are kept */
  constructor(k: number, window: number) {
    this.#k = k
    this.#window = window
    const ring = () => new Int32Array(window * k).fill(-1)
    this.#rings = {
      random: ring(),
      popularity: ring(),
      staticBest: ring(),
      greedyMf: ring(),
      untrained: ring(),
      oracle: ring(),
    }
  }

  /**
   * Keeps an arm's list of the request at hand.
   * @param places in the pool, from `at` on
   */
  keep(
    arm: KeptArm,
    pools: Int32Array,
    poolAt: number,
    places: Int32Array,
    at: number,
    length: number,
  ): void {
    const ring = this.#rings[arm]
    const base = (this.#written % this.#window) * this.#k
    for (let r = 0; r < this.#k; r++) {
      ring[base + r] = r < length ? pools[poolAt + places[at + r]!]! : -1
    }
  }

  /** All arms have kept their list of this request. */
  next(): void {
    this.#written++
  }

  figures(): Pick<ReferenceExposure, 'window' | 'arms'> {
    return {
      window: Math.min(this.#written, this.#window),
      arms: keptArms.map((id) => {
        const counts = new Map<number, number>()
        countItems(counts, this.#rings[id])
        return { id, figures: exposureFigures(counts) }
      }),
    }
  }

  state(): RecentListsState {
    return {
      written: this.#written,
      rings: keptArms.map((arm) => this.#rings[arm].slice()),
    }
  }

  restore({ written, rings }: RecentListsState): void {
    this.#written = written
    keptArms.forEach((arm, i) => this.#rings[arm].set(rings[i]!))
  }
}

export interface RecentListsState {
  readonly written: number
  readonly rings: readonly Int32Array[] // by `keptArms`
}
