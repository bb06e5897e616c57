import type { OptimizerHyper, OptimizerKind } from './ops.ts'

/** Hyperparameters with their defaults in place. */
export type ResolvedHyper = Readonly<Required<OptimizerHyper>>

/**
 * Fills in the defaults and checks the ranges.
 * @throws RangeError naming the hyperparameter and its value
 */
export function resolveHyper(kind: OptimizerKind, hyper: OptimizerHyper): ResolvedHyper {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, momentum = 0.9 } = hyper
  if (!(learningRate >= 0 && learningRate < Infinity)) {
    throw new RangeError(`${kind}: learningRate ${learningRate} is not a finite number ≥ 0`)
  }
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`${kind}: epsilon ${epsilon} is not a finite number > 0`)
  }
  for (const [name, value] of Object.entries({ beta1, beta2, momentum })) {
    if (!(value >= 0 && value < 1)) {
      throw new RangeError(`${kind}: ${name} ${value} is not in [0, 1)`)
    }
  }
  return { learningRate, beta1, beta2, epsilon, momentum }
}

/**
 * Adam's bias corrections 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ) at step t ≥ 1 (Kingma & Ba, ICLR 2015, Alg. 1),
 * computed from t alone, so that a restored optimiser continues with the same bits.
 */
export function biasCorrections(hyper: ResolvedHyper, t: number): readonly [number, number] {
  return [1 / (1 - hyper.beta1 ** t), 1 / (1 - hyper.beta2 ** t)]
}
