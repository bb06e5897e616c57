import * as tf from '@tensorflow/tfjs'
import { biasCorrections, resolveHyper, type ResolvedHyper } from './hyper.ts'
import type { Optimizer, OptimizerHyper, OptimizerKind } from './ops.ts'
import { checkPairs, checkSlots } from './shapes.ts'

/** New slots and the change of one parameter, from its gradient and its old slots; t ≥ 1. */
type Rule = (
  gradient: tf.Tensor,
  slots: readonly tf.Tensor[],
  hyper: ResolvedHyper,
  t: number,
) => { readonly change: tf.Tensor; readonly slots: readonly tf.Tensor[] }

const rules: Record<OptimizerKind, { readonly slotCount: number; readonly rule: Rule }> = {
  sgd: {
    slotCount: 0,
    rule: (g, _slots, { learningRate }) => ({ change: g.mul(-learningRate), slots: [] }),
  },
  momentum: {
    slotCount: 1,
    rule: (g, [velocity], { learningRate, momentum }) => {
      const next = velocity!.mul(momentum).add(g)
      return { change: next.mul(-learningRate), slots: [next] }
    },
  },
  adam: {
    slotCount: 2,
    rule: (g, [m, v], hyper, t) => {
      const [first, second] = biasCorrections(hyper, t)
      const nextM = m!.mul(hyper.beta1).add(g.mul(1 - hyper.beta1))
      const nextV = v!.mul(hyper.beta2).add(g.square().mul(1 - hyper.beta2))
      const change = nextM
        .mul(-hyper.learningRate * first)
        .div(nextV.mul(second).sqrt().add(hyper.epsilon))
      return { change, slots: [nextM, nextV] }
    },
  },
}

/** Adam, SGD and momentum in stock tfjs operations; parameters change by `assign`. */
export function tfOptimizer(
  kind: OptimizerKind,
  hyper: OptimizerHyper,
  parameters: readonly tf.Variable[],
): Optimizer {
  const resolved = resolveHyper(kind, hyper)
  const { slotCount, rule } = rules[kind]
  const slots = parameters.map((parameter) =>
    Array.from({ length: slotCount }, () => tf.keep(tf.zeros(parameter.shape))),
  )
  let steps = 0

  const replaceSlot = (parameter: number, slot: number, value: tf.Tensor): void => {
    slots[parameter]![slot]!.dispose()
    slots[parameter]![slot] = tf.keep(value)
  }

  return {
    step(gradients) {
      checkPairs(parameters, gradients)
      steps++
      parameters.forEach((parameter, i) => {
        tf.tidy(() => {
          const next = rule(gradients[i]!, slots[i]!, resolved, steps)
          parameter.assign(parameter.add(next.change))
          next.slots.forEach((value, slot) => replaceSlot(i, slot, value))
        })
      })
    },
    state: () => ({
      steps,
      slots: slots.flat().map((slot) => slot.dataSync<'float32'>().slice()),
    }),
    restore(state) {
      checkSlots(
        parameters.flatMap((parameter) => Array<number>(slotCount).fill(parameter.size)),
        state.slots,
      )
      steps = state.steps
      parameters.forEach((parameter, i) => {
        for (let slot = 0; slot < slotCount; slot++) {
          const values = state.slots[i * slotCount + slot]!.slice()
          replaceSlot(i, slot, tf.tensor(values, parameter.shape, 'float32'))
        }
      })
    },
    dispose() {
      tf.dispose(slots)
      slots.length = 0
    },
  }
}
