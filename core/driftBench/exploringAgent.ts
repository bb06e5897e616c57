import { arraySpace, type WeightArrays } from '#core/explorer/arraySpace'
import { addCredit } from '#core/explorer/credit'
import { weightExplorer, type ConfiguredExplorer } from '#core/explorer/index'
import type { DbgdParams, EsParams, GeneticParams, MgdParams } from '#core/explorer/params'
import type { WeightSpace } from '#core/explorer/weightSpace'
import type { Rng } from '#core/random/rng'
import type { DriftAgent, DuelCounts } from './driftAgent.ts'
import { listLength, poolSize, type DriftRequest } from './driftWorld.ts'
import { miniNames, miniScores, miniStep } from './miniNetwork.ts'
import { multileaveTop } from './multileaveTop.ts'
import { topPlaces } from './topPlaces.ts'

/** An explorer of `core/explorer` on the small network, in rounds of M requests. */
export class ExploringAgent implements DriftAgent {
  readonly duels: DuelCounts = { won: 0, lost: 0, tied: 0, void: 0, guarded: 0 }
  readonly weights: WeightArrays
  overlap = 0
  readonly #space: WeightSpace<WeightArrays>
  readonly #explorer: ConfiguredExplorer
  readonly #round: number // requests
  readonly #inTurn: boolean
  readonly #rule: 'count' | 'rate' | 'marginal'
  readonly #sgd: number
  readonly #rng: Rng // of the sides' draws
  readonly #sides: readonly WeightArrays[]
  readonly #lists: readonly Int32Array[]
  readonly #teams = new Int8Array(listLength)
  readonly #credit: Float64Array
  readonly #scores = new Float64Array(poolSize)
  #served = 0
  #different = 0

  constructor(
    weights: WeightArrays,
    params: DbgdParams | MgdParams | EsParams | GeneticParams,
    inTurn: boolean,
    sgd: number,
    rng: Rng,
  ) {
    this.weights = weights
    this.#space = arraySpace(weights, miniNames)
    this.#explorer = weightExplorer(params)
    this.#inTurn = inTurn
    this.#round = params.duelImpressions * (inTurn ? this.#explorer.sides : 1)
    this.#rule = params.credit
    this.#sgd = sgd
    this.#rng = rng
    const own = Array.from({ length: this.#explorer.sides }, () => this.#space.create())
    this.#sides = this.#explorer.ownSideA ? own : [weights, ...own.slice(1)]
    this.#lists = own.map(() => new Int32Array(listLength))
    this.#credit = new Float64Array(own.length)
  }

  serve({ features }: DriftRequest, rng: Rng, list: Int32Array): void {
    if (this.#served === 0)
      this.#explorer.draw(this.#space, this.weights, this.#sides, () => this.#rng)
    if (this.#inTurn) {
      const side = this.#served % this.#sides.length
      miniScores(this.#sides[side]!, features, this.#scores)
      topPlaces(this.#scores, list)
      this.#teams.fill(side)
      this.#different++
      return
    }
    this.#sides.forEach((side, s) => {
      miniScores(side, features, this.#scores)
      topPlaces(this.#scores, this.#lists[s]!)
    })
    this.#compare()
    multileaveTop(this.#lists, rng, list, this.#teams)
  }

  #compare(): void {
    const [first, ...others] = this.#lists
    if (others.some((list) => list.some((place, r) => place !== first![r]))) this.#different++
    let common = 0
    for (const list of others) for (const place of list) if (first!.includes(place)) common++
    this.overlap += common / listLength / others.length
  }

  learn({ features }: DriftRequest, list: Int32Array, clicked: Uint8Array): void {
    const impression = {
      lists: this.#lists,
      shown: list,
      teams: this.#teams,
      clicked,
      length: listLength,
    }
    addCredit(this.#rule, impression, 3, this.#credit)
    if (++this.#served === this.#round) this.#settle()
    if (this.#sgd > 0) miniStep(this.weights, features, list, clicked, this.#sgd)
  }

  #settle(): void {
    if (this.#different === 0) {
      this.duels.void++
    } else {
      const pooled = this.#round / (this.#inTurn ? this.#sides.length : 1)
      const settled = this.#explorer.settle(
        this.#space,
        this.weights,
        this.#sides,
        this.#credit,
        pooled,
      )
      if (settled.result === 'applied') this.duels.won++
      else if (settled.result === 'tie') this.duels.tied++
      else this.duels.lost++
      if (settled.guarded) this.duels.guarded++
    }
    this.#credit.fill(0)
    this.#served = 0
    this.#different = 0
  }
}
