import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { perturbArray } from '#core/compute/perturbation'
import { selectOps } from '#core/compute/selectOps'
import { tfOps } from '#core/compute/tfOps'
import { openHeap, type WasmHeap } from '#core/compute/wasmHeap'
import { streams } from '#core/random/philox'
import { matrix, numbers, relativeError, vector } from './numbers.ts'

await tf.setBackend('wasm')
const stock = {
  BatchMatMul: tf.getKernel('BatchMatMul', 'wasm'),
  _FusedMatMul: tf.getKernel('_FusedMatMul', 'wasm'),
}
const { ops, reason } = selectOps()
if (reason !== null) throw new Error(reason)
const heap = openHeap()
if (typeof heap === 'string') throw new Error(heap)

beforeEach(() => tf.engine().startScope())
afterEach(() => {
  tf.engine().endScope()
  tf.disposeVariables()
})

describe('weights written in place', () => {
  /** What a product gives after its weights were written in place, and what it should give. */
  const products = {
    BatchMatMul: (x: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor => tf.matMul(x, w),
    _FusedMatMul: (x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor =>
      tf.fused.matMul({ a: x, b: w, bias: b, activation: 'relu' }),
  }
  const afterWrite = (product: (typeof products)[keyof typeof products]): number => {
    const x = matrix('x', 3, 16)
    const w = tf.variable<tf.Rank.R2>(matrix('w', 16, 8))
    const b = vector('b', 8)
    product(x, w, b).dataSync()
    const fresh = matrix('fresh', 16, 8)
    heap.floats(heap.pointer(w), w.size).set(fresh.dataSync())
    return relativeError(product(x, w, b).dataSync(), product(x, fresh, b).dataSync())
  }

  it.each(['BatchMatMul', '_FusedMatMul'] as const)(
    '%s uses the new weights, and would not without its override',
    (name) => {
      expect(afterWrite(products[name])).toBe(0)
      const own = tf.getKernel(name, 'wasm')
      tf.unregisterKernel(name, 'wasm')
      tf.registerKernel(stock[name])
      try {
        expect(afterWrite(products[name])).toBeGreaterThan(0.1)
      } finally {
        tf.unregisterKernel(name, 'wasm')
        tf.registerKernel(own)
      }
    },
  )

  it('do not change a clone that shares their data', () => {
    const w = tf.variable(matrix('w', 4, 4))
    const clone = w.clone()
    const before = [...clone.dataSync()]
    ops.addScaled([w], [w], 1)
    expect([...clone.dataSync()]).toEqual(before)
    expect([...w.dataSync()]).toEqual(before.map((value) => 2 * value))
  })
})

describe('the overridden matrix products', () => {
  const sizes = [1, 3, 4, 5, 8, 13, 17]

  it('equal plain loops for odd shapes, transposed or not', () => {
    for (const m of sizes) {
      for (const k of sizes) {
        for (const n of [1, 2, 7, 8, 11]) {
          tf.tidy(() => {
            const [a, at] = [matrix('a', m, k), matrix('at', k, m)]
            const [b, bt] = [matrix('b', k, n), matrix('bt', n, k)]
            for (const transposeA of [false, true]) {
              for (const transposeB of [false, true]) {
                const [left, right] = [transposeA ? at : a, transposeB ? bt : b]
                const out = tf.matMul(left, right, transposeA, transposeB)
                expect(out.shape).toEqual([m, n])
                const expected = productByHand(left, right, transposeA, transposeB)
                expect(relativeError(out.dataSync(), expected)).toBeLessThan(1e-5)
              }
            }
          })
        }
      }
    }
  })

  it('broadcast batches and apply every fused activation as the cpu backend does', async () => {
    const cases = (): number[][] =>
      tf.tidy(() => {
        const a = tf.tensor3d(numbers('a3', 30), [2, 3, 5])
        const b = tf.tensor3d(numbers('b3', 20), [1, 5, 4])
        const [x, w] = [matrix('x', 3, 5), matrix('w', 5, 4)]
        const [bias, alpha] = [vector('b', 4), vector('alpha', 4)]
        const activations = ['linear', 'relu', 'relu6', 'prelu', 'leakyrelu', 'sigmoid', 'elu']
        return [
          tf.matMul(a, b),
          tf.matMul(a, a, true, false),
          tf.matMul(tf.zeros([0, 5]), w),
          ...(activations as tf.fused.Activation[]).map((activation) =>
            tf.fused.matMul({
              a: x,
              b: w,
              bias,
              activation,
              preluActivationWeights: alpha,
              leakyreluAlpha: 0.3,
            }),
          ),
        ].map((tensor) => [...tensor.dataSync()])
      })
    const own = cases()
    await tf.setBackend('cpu')
    const reference = cases()
    await tf.setBackend('wasm')
    own.forEach((values, i) => expect(relativeError(values, reference[i]!)).toBeLessThan(1e-5))
  })

  it('keep no tensor of their own', () => {
    const count = (): number => {
      tf.tidy(() => {
        const [x, w] = [matrix('x', 3, 5), matrix('w', 5, 4)]
        tf.fused.matMul({ a: x, b: w, activation: 'sigmoid' })
        tf.matMul(x, w)
      })
      return (tf.backend() as unknown as { numDataIds(): number }).numDataIds()
    }
    const before = count()
    for (let i = 0; i < 20; i++) count()
    expect(count()).toBe(before)
  })

  it('refuse sizes that do not fit', () => {
    expect(() => ops.dense(matrix('x', 2, 3), matrix('w', 4, 2), vector('b', 2), 'relu')).toThrow(
      /x \[2, 3\], w \[4, 2\]/,
    )
    expect(() =>
      ops.dense(tf.tensor2d([[1, 2]], [1, 2], 'int32'), matrix('w', 2, 2), vector('b', 2), 'relu'),
    ).toThrow(/int32/)
  })
})

describe('gradients', () => {
  it('of three layers equal those of the cpu backend to 1e-5', async () => {
    const shapes = [[23, 13], [13], [13, 9], [9], [9, 1], [1]]
    const gradients = (implementation: ComputeOps): Float32Array[] =>
      tf.tidy(() => {
        const weights = shapes.map((shape, i) =>
          tf.variable(
            tf.tensor(
              numbers(
                `w${i}`,
                shape.reduce((a, b) => a * b),
              ),
              shape,
            ),
          ),
        )
        const [w1, b1, w2, b2, w3, b3] = weights as unknown as [
          tf.Tensor2D,
          tf.Tensor1D,
          tf.Tensor2D,
          tf.Tensor1D,
          tf.Tensor2D,
          tf.Tensor1D,
        ]
        const [x, y] = [matrix('x', 19, 23), matrix('y', 19, 1)]
        const dense: ComputeOps['dense'] = (...args) => implementation.dense(...args)
        const { grads } = tf.variableGrads(
          () =>
            dense(dense(dense(x, w1, b1, 'relu'), w2, b2, 'relu'), w3, b3, 'linear')
              .sub(y)
              .square()
              .mean()
              .asScalar(),
          weights,
        )
        return weights.map((weight) => grads[weight.name]!.dataSync<'float32'>().slice())
      })
    const own = gradients(ops)
    await tf.setBackend('cpu')
    const reference = gradients(tfOps)
    await tf.setBackend('wasm')
    own.forEach((values, i) => expect(relativeError(values, reference[i]!)).toBeLessThan(1e-5))
  })

  it('of a layer are the same bits each time', () => {
    const once = (): number[] =>
      tf.tidy(() => {
        const w = tf.variable<tf.Rank.R2>(matrix('w', 37, 11))
        const { grads } = tf.variableGrads(
          () =>
            ops
              .dense(matrix('x', 29, 37), w, vector('b', 11), 'relu')
              .square()
              .sum()
              .asScalar(),
          [w],
        )
        return [...grads[w.name]!.dataSync()]
      })
    expect(once()).toEqual(once())
  })
})

describe('growth of the heap between two calls', () => {
  it('changes no result and no state', () => {
    const memory = heapBuffer(heap)
    const u = matrix('u', 5, 16)
    const p = matrix('p', 40, 16)
    const w = tf.variable(matrix('w', 16, 16))
    const target = tf.variable(tf.zeros([16, 16]))
    const optimizer = ops.optimizer('adam', { learningRate: 0.1 }, [w])
    const g = matrix('g', 16, 16)
    optimizer.step([g])
    const scores = (): Float32Array => {
      const out = new Float32Array(200)
      ops.scorePools(u, p, { kind: 'dot' }, null, 40, out)
      return out
    }
    const [before, weights, state] = [scores(), [...w.dataSync()], optimizer.state()]
    const big = [tf.zeros([1 << 24]), tf.zeros([1 << 24])]
    expect(heapBuffer(heap)).not.toBe(memory) // the old buffer is detached
    expect(scores()).toEqual(before)
    expect([...w.dataSync()]).toEqual(weights)
    expect(optimizer.state()).toEqual(state)
    ops.copy([target], [w])
    expect([...target.dataSync()]).toEqual(weights)
    optimizer.step([g])
    const second = tf.variable(matrix('w', 16, 16))
    const straight = ops.optimizer('adam', { learningRate: 0.1 }, [second])
    straight.step([g])
    straight.step([g])
    expect([...w.dataSync()]).toEqual([...second.dataSync()])
    tf.dispose(big)
    optimizer.dispose()
    straight.dispose()
  })
})

describe('perturbation', () => {
  it.each(['element', 'additive', 'tensor'] as const)(
    '%s: the kernel gives the bits of core/random/philox',
    (scope) => {
      const shapes = [[13, 7], [7], [7, 1], [1]]
      const source = shapes.map((shape, i) =>
        tf.variable(
          tf.tensor(
            numbers(
              `w${i}`,
              shape.reduce((a, b) => a * b),
            ),
            shape,
          ),
        ),
      )
      const target = shapes.map((shape) => tf.variable(tf.zeros(shape)))
      const perturbation = { scope, alpha: 0.3 }
      ops.perturb(source, target, perturbation, streams(9)('explore', 2))
      const rng = streams(9)('explore', 2)
      const key = [Math.floor(rng.u() * 2 ** 32), Math.floor(rng.u() * 2 ** 32)] as const
      source.forEach((tensor, i) => {
        const expected = new Float32Array(tensor.size)
        perturbArray(tensor.dataSync<'float32'>(), i, perturbation, key, expected)
        expect(target[i]!.dataSync()).toEqual(expected)
      })
    },
  )

  it('may write onto its own source', () => {
    const source = tf.variable(matrix('w', 9, 3))
    const target = tf.variable(tf.zeros([9, 3]))
    const perturbation = { scope: 'element', alpha: 0.3 } as const
    ops.perturb([source], [target], perturbation, streams(9)('e', 3))
    ops.perturb([source], [source], perturbation, streams(9)('e', 3))
    expect([...source.dataSync()]).toEqual([...target.dataSync()])
  })
})

function heapBuffer(from: WasmHeap): ArrayBufferLike {
  return from.floats(0, 1).buffer
}

function productByHand(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  transposeA: boolean,
  transposeB: boolean,
): number[] {
  const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape
  const columns = transposeB ? b.shape[0] : b.shape[1]
  const [as, bs] = [a.dataSync(), b.dataSync()]
  const out: number[] = []
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let k = 0; k < inner; k++) {
        const left = as[transposeA ? k * rows + i : i * inner + k]!
        sum += left * bs[transposeB ? j * inner + k : k * columns + j]!
      }
      out.push(sum)
    }
  }
  return out
}
