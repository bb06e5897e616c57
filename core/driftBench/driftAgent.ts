import { LinUcb } from '#core/bandit/linUcb'
import type { Rng } from '#core/random/rng'
import { dimension, listLength, poolSize, type DriftRequest } from './driftWorld.ts'
import type { DriftRow } from './driftRow.ts'
import { ExploringAgent } from './exploringAgent.ts'
import { miniScores, miniStep } from './miniNetwork.ts'
import { topPlaces } from './topPlaces.ts'
import type { WeightArrays } from '#core/explorer/arraySpace'

/** What became of an agent's duels; zero where it fights none. */
export interface DuelCounts {
  won: number
  lost: number
  tied: number
  void: number
  guarded: number
}

/** One row of the bench at work. */
export interface DriftAgent {
  /** Its network; null for one without. */
  readonly weights: WeightArrays | null
  readonly duels: DuelCounts
  /** Mean share of the first side's list that the others hold, summed over requests. */
  readonly overlap: number
  /** @param list receives the places in the pool that are shown */
  serve(request: DriftRequest, rng: Rng, list: Int32Array): void
  /** @param clicked one entry per slot of the list served last */
  learn(request: DriftRequest, list: Int32Array, clicked: Uint8Array): void
}

/** @param pretrained weights that are copied @param rng draws sides once and for all rounds */
export function driftAgent(row: DriftRow, pretrained: WeightArrays, rng: Rng): DriftAgent {
  const weights =
    row.precision === 'float32'
      ? pretrained.map((values) => Float32Array.from(values))
      : pretrained.map((values) => values.slice())
  const { serving } = row
  switch (serving.kind) {
    case 'greedy':
      return new GreedyAgent(weights, 0, row.sgd)
    case 'epsilonGreedy':
      return new GreedyAgent(weights, serving.epsilon, row.sgd)
    case 'weights':
      return new ExploringAgent(weights, serving.explorer, serving.inTurn ?? false, row.sgd, rng)
    case 'linUcb':
      return new LinUcbAgent(serving.bonus, serving.decay)
  }
}

const noDuels = (): DuelCounts => ({ won: 0, lost: 0, tied: 0, void: 0, guarded: 0 })

/** The network's best list, each slot replaced by another candidate with probability ε. */
class GreedyAgent implements DriftAgent {
  readonly duels = noDuels()
  readonly overlap = 0
  readonly weights: WeightArrays
  readonly #epsilon: number
  readonly #sgd: number
  readonly #scores = new Float64Array(poolSize)

  constructor(weights: WeightArrays, epsilon: number, sgd: number) {
    this.weights = weights
    this.#epsilon = epsilon
    this.#sgd = sgd
  }

  serve({ features }: DriftRequest, rng: Rng, list: Int32Array): void {
    miniScores(this.weights, features, this.#scores)
    topPlaces(this.#scores, list)
    if (this.#epsilon === 0) return
    for (let slot = 0; slot < listLength; slot++) {
      if (rng.u() >= this.#epsilon) continue
      let other = rng.int(poolSize)
      while (list.includes(other)) other = rng.int(poolSize)
      list[slot] = other
    }
  }

  learn({ features }: DriftRequest, list: Int32Array, clicked: Uint8Array): void {
    if (this.#sgd > 0) miniStep(this.weights, features, list, clicked, this.#sgd)
  }
}

class LinUcbAgent implements DriftAgent {
  readonly duels = noDuels()
  readonly overlap = 0
  readonly weights = null
  readonly #bandit: LinUcb
  readonly #scores = new Float64Array(poolSize)

  constructor(bonus: number, decay: number) {
    this.#bandit = new LinUcb(dimension, { bonus, decay, ridge: 1 })
  }

  serve({ features }: DriftRequest, _rng: Rng, list: Int32Array): void {
    this.#bandit.score(features, this.#scores)
    topPlaces(this.#scores, list)
  }

  learn({ features }: DriftRequest, list: Int32Array, clicked: Uint8Array): void {
    this.#bandit.observe(features, list, clicked)
  }
}
