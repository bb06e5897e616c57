import { philox4x32 } from '#core/random/philox'
import type { Rng } from '#core/random/rng'
import type { Perturbation } from './ops.ts'

/** A 64-bit Philox key as two unsigned words. */
export type PhiloxKey = readonly [number, number]

/** Two draws of a stream make the key of one perturbation, however many weights it has. */
export function drawKey(rng: Rng): PhiloxKey {
  return [Math.floor(rng.u() * 2 ** 32), Math.floor(rng.u() * 2 ** 32)]
}

/**
 * One perturbed tensor, in float32 arithmetic step by step, so that kernels can give the same bits.
 * @param weights any length; not changed
 * @param tensor position of the tensor in its network
 * @param out receives weights + ΔW; may be `weights`
 */
export function perturbArray(
  weights: Float32Array,
  tensor: number,
  { scope, alpha }: Perturbation,
  key: PhiloxKey,
  out: Float32Array,
): void {
  const words = new Uint32Array(4)
  const scale = Math.fround(alpha)
  if (scope === 'tensor') {
    philox4x32(0, tensor, 0, 0, key[0], key[1], words)
    const factor = Math.fround(scale * symmetric(words[0]!))
    for (let i = 0; i < weights.length; i++) {
      out[i] = weights[i]! + Math.fround(factor * weights[i]!)
    }
    return
  }
  const spread = scope === 'additive' ? layerScale(weights) : 0
  for (let i = 0; i < weights.length; i++) {
    if ((i & 3) === 0) philox4x32(i >>> 2, tensor, 0, 0, key[0], key[1], words)
    const factor = Math.fround(scale * symmetric(words[i & 3]!))
    const weight = weights[i]!
    out[i] = weight + Math.fround(factor * (scope === 'additive' ? spread : weight))
  }
}

/** √(mean w² + 10⁻⁶), summed in order in float64, rounded to float32; 0 for an empty tensor. */
export function layerScale(weights: Float32Array): number {
  if (weights.length === 0) return 0
  let sum = 0
  for (const weight of weights) sum += weight * weight
  return Math.fround(Math.sqrt(sum / weights.length + 1e-6))
}

/** The word's upper 24 bits as a signed fraction in [−1, 1): exact in float32. */
function symmetric(word: number): number {
  return ((word | 0) >> 8) * 2 ** -23
}
