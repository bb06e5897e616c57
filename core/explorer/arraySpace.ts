import type { Perturbation } from '#core/compute/ops'
import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { squareSum, type WeightSpace } from './weightSpace.ts'

/** Weights in plain arrays, one per tensor; float32 or float64, the same in every set. */
export type WeightArrays = readonly (Float64Array | Float32Array)[]

/** @param like a set with the shapes and the precision of all sets */
export function arraySpace(
  like: WeightArrays,
  names: readonly string[],
): WeightSpace<WeightArrays> {
  return {
    names,
    create: () => like.map((values) => values.slice()),
    dispose: () => undefined,
    copy(target, source) {
      target.forEach((values, t) => values.set(source[t]!))
    },
    perturb(source, target, perturbation, rng) {
      source.forEach((values, t) => perturbValues(values, target[t]!, perturbation, rng))
    },
    perturbNormal(source, target, sigma, rng) {
      source.forEach((values, t) => {
        const spread = sigma * layerSpread(values)
        const out = target[t]!
        for (let i = 0; i < values.length; i++) out[i] = values[i]! + spread * normal(rng)
      })
    },
    mix(target, source, tau) {
      target.forEach((values, t) => {
        const other = source[t]!
        for (let i = 0; i < values.length; i++) values[i]! += tau * (other[i]! - values[i]!)
      })
    },
    addScaled(target, source, factor) {
      target.forEach((values, t) => {
        const other = source[t]!
        const f = typeof factor === 'number' ? factor : factor[t]!
        for (let i = 0; i < values.length; i++) values[i]! += f * other[i]!
      })
    },
    assign(set, values) {
      set.forEach((own, t) => own.set(values[t]!))
    },
    values: (set) => set.map((values) => values.slice()),
  }
}

function perturbValues(
  values: WeightArrays[number],
  out: WeightArrays[number],
  { scope, alpha }: Perturbation,
  rng: Rng,
): void {
  const symmetric = () => 2 * rng.u() - 1
  const common = scope === 'tensor' ? symmetric() : 0
  const spread = scope === 'additive' ? layerSpread(values) : 0
  for (let i = 0; i < values.length; i++) {
    const r = scope === 'tensor' ? common : symmetric()
    out[i] = values[i]! + alpha * r * (scope === 'additive' ? spread : values[i]!)
  }
}

/** √(mean w² + 10⁻⁶) of a tensor. */
const layerSpread = (values: WeightArrays[number]): number =>
  Math.sqrt(squareSum(values) / Math.max(1, values.length) + 1e-6)
