import { rboExtrapolated } from '#core/metric/rbo'
import { kendallTau } from '#core/metric/rankCorrelation'
import { squareSum } from '#core/explorer/weightSpace'
import type { Estimate } from './summary.ts'

/** Bins of a layer's ΔW, from −`largest` to `largest`; odd, so that 0 lies within one. */
export const deltaBins = 21
/** Persistence of the rank-biased overlap of two lists. */
const persistence = 0.9

/** What two networks were like at one moment of a run; no part of its results. */
export interface NetworkRecord {
  readonly impression: number // served when it was taken
  /** ΔW = W̃ − W tensor by tensor; empty where the sides are no perturbation of one network. */
  readonly layers: readonly LayerDelta[]
  readonly probes: readonly ProbeLists[]
  /** Expected clicks lost so far, as in a summary. */
  readonly cost: Estimate
}

export interface LayerDelta {
  readonly name: string
  readonly size: number // weights
  readonly norm: number // ‖W‖
  readonly deltaNorm: number // ‖ΔW‖
  readonly largest: number // of |ΔW|
  readonly zeros: number // share of weights whose ΔW is exactly 0
  readonly bins: Uint32Array // [deltaBins], weights per bin
}

/** One context that stays the same: what both sides would show in it, and how alike that is. */
export interface ProbeLists {
  readonly user: number
  readonly candidates: number
  /** Items of L and L̃, those of L first. */
  readonly items: Int32Array
  readonly scoreA: Float32Array // under side A; V(s), which is the same for all, left out
  readonly scoreB: Float32Array
  readonly rankA: Uint8Array // 1-based rank in L, 0 where it is not there
  readonly rankB: Uint8Array
  readonly overlap: number // |L ∩ L̃| / k
  readonly rbo: number | null
  readonly tau: number | null // τ_b of the ranks of common items; null for fewer than two
}

/**
 * Compares two sets of weights of one shape.
 * @param names of the tensors, in the order of both sets
 */
export function layerDeltas(
  names: readonly string[],
  w: readonly ArrayLike<number>[],
  explored: readonly ArrayLike<number>[],
): LayerDelta[] {
  return names.map((name, t) => layerDelta(name, w[t]!, explored[t]!))
}

function layerDelta(name: string, w: ArrayLike<number>, explored: ArrayLike<number>): LayerDelta {
  const size = w.length
  let square = 0
  let largest = 0
  let zeros = 0
  for (let i = 0; i < size; i++) {
    const delta = explored[i]! - w[i]!
    square += delta * delta
    largest = Math.max(largest, Math.abs(delta))
    if (delta === 0) zeros++
  }
  const bins = new Uint32Array(deltaBins)
  for (let i = 0; i < size; i++) bins[binOf(explored[i]! - w[i]!, largest)]!++
  return {
    name,
    size,
    norm: Math.sqrt(squareSum(w)),
    deltaNorm: Math.sqrt(square),
    largest,
    zeros: size > 0 ? zeros / size : 0,
    bins,
  }
}

function binOf(delta: number, largest: number): number {
  if (largest === 0) return (deltaBins - 1) / 2
  const place = Math.floor(((delta / largest + 1) / 2) * deltaBins)
  return Math.max(0, Math.min(deltaBins - 1, place))
}

/** One side's scores of a pool and the places of its best candidates. */
interface Ranked {
  readonly scores: ArrayLike<number> // [candidates]
  readonly top: ArrayLike<number> // [k], places in the pool
}

/** Compares the two lists of one context. @param pool item of each candidate */
export function probeLists(user: number, pool: Int32Array, a: Ranked, b: Ranked): ProbeLists {
  const topA = Array.from(a.top)
  const topB = Array.from(b.top)
  const places = [...topA, ...topB.filter((place) => !topA.includes(place))]
  const rankIn = (top: readonly number[]) =>
    Uint8Array.from(places, (place) => top.indexOf(place) + 1)
  const common = topA.filter((place) => topB.includes(place))
  return {
    user,
    candidates: pool.length,
    items: Int32Array.from(places, (place) => pool[place]!),
    scoreA: Float32Array.from(places, (place) => a.scores[place]!),
    scoreB: Float32Array.from(places, (place) => b.scores[place]!),
    rankA: rankIn(topA),
    rankB: rankIn(topB),
    overlap: topA.length > 0 ? common.length / topA.length : 1,
    rbo: rboExtrapolated(topA, topB, persistence),
    tau:
      kendallTau(
        common.map((place) => topA.indexOf(place)),
        common.map((place) => topB.indexOf(place)),
      )?.tauB ?? null,
  }
}
