import { normal } from '#core/random/distributions'
import type { StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { SessionsParams } from './sessionsParams.ts'

/** Hidden vectors and popularity of the products: Γ and μ for organic views, β and ν for clicks. */
export interface Products {
  readonly gamma: Float64Array // [P × dimensions]
  readonly beta: Float64Array // [P × dimensions]
  readonly mu: Float64Array // [P]
  readonly nu: Float64Array // [P]
}

/** criteo-research/reco-gym: Γ ~ N(0, 1), μ ~ N(0, sd²), β, ν = Γ, μ with the rows of similar pairs swapped. */
export function products(params: SessionsParams, stream: StreamFactory): Products {
  const { dimensions } = params
  const rng = stream('products', 0)
  const gamma = Float64Array.from({ length: params.products * dimensions }, () => normal(rng))
  const mu = Float64Array.from(
    { length: params.products },
    () => params.popularitySpread * normal(rng),
  )
  const beta = gamma.slice()
  const nu = mu.slice()
  for (const [a, b] of similarPairs(gamma, params)) {
    nu[a] = mu[b]!
    nu[b] = mu[a]!
    for (let d = 0; d < dimensions; d++) {
      beta[a * dimensions + d] = gamma[b * dimensions + d]!
      beta[b * dimensions + d] = gamma[a * dimensions + d]!
    }
  }
  return { gamma, beta, mu, nu }
}

/** Disjoint pairs, most similar first. */
function similarPairs(
  gamma: Float64Array,
  { products: count, dimensions, flips }: SessionsParams,
): readonly (readonly [number, number])[] {
  if (flips === 0) return []
  const pairs: { readonly a: number; readonly b: number; readonly dot: number }[] = []
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      let dot = 0
      for (let d = 0; d < dimensions; d++)
        dot += gamma[a * dimensions + d]! * gamma[b * dimensions + d]!
      pairs.push({ a, b, dot })
    }
  }
  pairs.sort((x, y) => y.dot - x.dot || x.a - y.a || x.b - y.b)
  const taken = new Set<number>()
  const chosen: (readonly [number, number])[] = []
  for (const { a, b } of pairs) {
    if (chosen.length === flips) break
    if (taken.has(a) || taken.has(b)) continue
    taken.add(a).add(b)
    chosen.push([a, b])
  }
  return chosen
}

/** A product that a user looks at by himself: softmax(Γω + μ). */
export function organicView(
  { gamma, mu }: Products,
  omega: Float64Array,
  at: number,
  dimensions: number,
  rng: Rng,
): number {
  const weights = mu.map((value, item) => {
    let dot = value
    for (let d = 0; d < dimensions; d++) dot += gamma[item * dimensions + d]! * omega[at + d]!
    return dot
  })
  const top = weights.reduce((best, value) => Math.max(best, value), -Infinity)
  let total = 0
  for (let item = 0; item < weights.length; item++) {
    weights[item] = Math.exp(weights[item]! - top)
    total += weights[item]!
  }
  let left = rng.u() * total
  for (let item = 0; item < weights.length; item++) if ((left -= weights[item]!) < 0) return item
  return weights.length - 1
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** P(click) of a score: within (.0045, .0293), and .0094 at 0. */
export const clickRate = (score: number): number =>
  sigmoid(5 * sigmoid(2 * sigmoid(0.3 * score) - 2) - 6)
