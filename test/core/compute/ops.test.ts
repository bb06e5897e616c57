import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ComputeOps, OptimizerKind, ScoringHead } from '#core/compute/ops'
import {
  stackGradients,
  stackOutput,
  stackOutputs,
  stackParameters,
  type DenseLayer,
} from '#core/compute/denseStack'
import { streams } from '#core/random/philox'
import { implementations } from './implementations.ts'
import { matrix, numbers, relativeError, vector } from './numbers.ts'

const variables = (name: string, shapes: readonly number[][], scale = 1): tf.Variable[] =>
  shapes.map((shape, i) =>
    tf.tidy(() =>
      tf.variable(
        tf.tensor(
          numbers(
            `${name}${i}`,
            shape.reduce((a, b) => a * b, 1),
            scale,
          ),
          shape,
        ),
      ),
    ),
  )
const values = (tensors: readonly tf.Tensor[]): number[][] =>
  tensors.map((tensor) => [...tensor.dataSync()])

describe.each(Object.entries(implementations))('%s', (_name, start) => {
  let ops: ComputeOps
  beforeAll(async () => {
    ops = await start()
  })
  beforeEach(() => tf.engine().startScope())
  afterEach(() => {
    tf.engine().endScope()
    tf.disposeVariables()
  })

  it('computes a dense layer of any shape', () => {
    const size = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 17, 31, 97)
    fc.assert(
      fc.property(size, size, size, fc.boolean(), (rows, inputs, outputs, relu) => {
        tf.tidy(() => {
          const x = matrix('x', rows, inputs)
          const w = matrix('w', inputs, outputs)
          const b = vector('b', outputs)
          const y = ops.dense(x, w, b, relu ? 'relu' : 'linear')
          expect(y.shape).toEqual([rows, outputs])
          expect(relativeError(y.dataSync(), denseByHand(x, w, b, relu))).toBeLessThan(1e-5)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('differentiates a dense layer: gradients equal finite differences', () => {
    const w = variables('w', [[5, 3]])[0] as tf.Variable<tf.Rank.R2>
    const b = variables('b', [[3]])[0] as tf.Variable<tf.Rank.R1>
    const x = matrix('x', 7, 5)
    const loss = (): tf.Scalar => ops.dense(x, w, b, 'relu').square().mean().asScalar()
    const { grads } = tf.variableGrads(loss, [w, b])
    for (const parameter of [w, b] as tf.Variable[]) {
      const gradient = grads[parameter.name]!.dataSync()
      const start = parameter.dataSync().slice()
      for (let i = 0; i < parameter.size; i++) {
        const at = (step: number): number => {
          const moved = start.slice()
          moved[i]! += step
          parameter.assign(tf.tensor(moved, parameter.shape))
          return loss().dataSync()[0]!
        }
        expect(gradient[i]).toBeCloseTo((at(1e-2) - at(-1e-2)) / 2e-2, 3)
      }
      parameter.assign(tf.tensor(start, parameter.shape))
    }
  })

  it('differentiates through layers, towards the input as well', () => {
    const x = matrix('x', 6, 4)
    const w1 = matrix('w1', 4, 9)
    const w2 = matrix('w2', 9, 2)
    const [b1, b2] = [vector('b1', 9), vector('b2', 2)]
    const own = tf.grads((x, w1, b1, w2, b2) =>
      ops
        .dense(
          ops.dense(x as tf.Tensor2D, w1 as tf.Tensor2D, b1 as tf.Tensor1D, 'relu'),
          w2 as tf.Tensor2D,
          b2 as tf.Tensor1D,
          'linear',
        )
        .square()
        .sum(),
    )([x, w1, b1, w2, b2])
    const stock = tf.grads((x, w1, b1, w2, b2) =>
      tf.relu(tf.matMul(x, w1).add(b1)).matMul(w2).add(b2).square().sum(),
    )([x, w1, b1, w2, b2])
    own.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(stock[i]!.shape)
      expect(relativeError(gradient.dataSync(), stock[i]!.dataSync())).toBeLessThan(1e-5)
    })
  })

  it('gives by hand the gradients that the tape gives', () => {
    const widths = [11, 9, 5, 1]
    const layers = widths.slice(1).map((width, i): DenseLayer => ({
      w: tf.variable<tf.Rank.R2>(matrix(`w${i}`, widths[i]!, width)),
      b: tf.variable<tf.Rank.R1>(vector(`b${i}`, width)),
      activation: i < 2 ? 'relu' : 'linear',
    }))
    const x = matrix('x', 13, 11)
    const outputs = stackOutputs(ops, x, layers)
    const dy = tf.mul<tf.Tensor2D>(stackOutput(outputs), 2 / 13)
    const own = stackGradients(ops, x, layers, outputs, dy)
    const parameters = stackParameters(layers)
    const { grads } = tf.variableGrads(
      () =>
        stackOutput(stackOutputs(ops, x, layers))
          .square()
          .mean()
          .asScalar(),
      parameters,
    )
    own.forEach((gradient, i) => {
      const expected = grads[parameters[i]!.name]!
      expect(gradient.shape).toEqual(expected.shape)
      expect(relativeError(gradient.dataSync(), expected.dataSync())).toBeLessThan(1e-5)
    })
  })

  const kinds: OptimizerKind[] = ['adam', 'sgd', 'momentum']
  const stockOptimizer = (kind: OptimizerKind): tf.Optimizer =>
    kind === 'adam'
      ? tf.train.adam(0.01)
      : kind === 'sgd'
        ? tf.train.sgd(0.01)
        : tf.train.momentum(0.01, 0.9)

  it.each(kinds)('%s takes the steps of the stock optimizer', (kind) => {
    const shapes = [[5, 3], [3], [3, 1], [1]]
    const own = variables('p', shapes)
    const stock = variables('p', shapes)
    const optimizer = ops.optimizer(kind, { learningRate: 0.01 }, own)
    const reference = stockOptimizer(kind)
    for (let step = 0; step < 6; step++) {
      const gradients = shapes.map((shape, i) =>
        tf.tensor(numbers(`g${step}${i}`, own[i]!.size), shape),
      )
      optimizer.step(gradients)
      reference.applyGradients(
        stock.map((variable, i) => ({ name: variable.name, tensor: gradients[i]! })),
      )
    }
    own.forEach((variable, i) =>
      expect(relativeError(variable.dataSync(), stock[i]!.dataSync())).toBeLessThan(1e-5),
    )
    optimizer.dispose()
    reference.dispose()
  })

  it.each(kinds)('%s continues from a saved state with the same bits', (kind) => {
    const shapes = [[7, 3], [5]]
    const gradients = (step: number): tf.Tensor[] =>
      shapes.map((shape, i) =>
        tf.tensor(
          numbers(
            `s${step}${i}`,
            shape.reduce((a, b) => a * b),
          ),
          shape,
        ),
      )
    const straight = variables('q', shapes)
    const optimizer = ops.optimizer(kind, { learningRate: 0.05 }, straight)
    for (let step = 0; step < 3; step++) optimizer.step(gradients(step))
    const saved = optimizer.state()
    const resumed = variables('r', shapes)
    ops.copy(resumed, straight)
    const second = ops.optimizer(kind, { learningRate: 0.05 }, resumed)
    second.restore(saved)
    for (let step = 3; step < 6; step++) {
      optimizer.step(gradients(step))
      second.step(gradients(step))
    }
    expect(values(resumed)).toEqual(values(straight))
    expect(second.state()).toEqual(optimizer.state())
    expect(second.state().steps).toBe(6)
    optimizer.dispose()
    second.dispose()
  })

  it('refuses hyperparameters and states that can not be', () => {
    const [parameter] = variables('p', [[2, 2]])
    expect(() => ops.optimizer('adam', { learningRate: NaN }, [parameter!])).toThrow(
      /learningRate NaN/,
    )
    expect(() => ops.optimizer('adam', { learningRate: 1, beta2: 1 }, [parameter!])).toThrow(
      /beta2 1/,
    )
    const optimizer = ops.optimizer('momentum', { learningRate: 1 }, [parameter!])
    expect(() => optimizer.restore({ steps: 1, slots: [new Float32Array(3)] })).toThrow(/\[3\]/)
    optimizer.dispose()
  })

  const heads = (width: number, inner: number): ScoringHead[] => [
    { kind: 'dot' },
    { kind: 'hidden1', w: matrix('hw', width, 1), b: vector('hb', 1) },
    {
      kind: 'hidden2',
      hiddenW: matrix('hw1', width, inner),
      hiddenB: vector('hb1', inner),
      w: matrix('hw2', inner, 1),
      b: vector('hb2', 1),
    },
  ]

  it('scores pools and all items as the head says', () => {
    for (const [users, items, width, inner] of [
      [3, 21, 8, 4],
      [1, 5, 1, 3],
      [5, 17, 6, 7],
      [9, 130, 32, 16],
    ] as const) {
      const u = matrix('u', users, width)
      const p = matrix('p', items, width)
      for (const head of heads(width, inner)) {
        const all = new Float32Array(users * items)
        ops.scorePools(u, p, head, null, items, all)
        expect(relativeError(all, scoresByHand(u, p, head))).toBeLessThan(2e-5)

        const rng = streams(3)('pool', width)
        const size = 13
        const pools = Int32Array.from({ length: users * size }, () => rng.int(items))
        const some = new Float32Array(users * size)
        ops.scorePools(u, p, head, pools, size, some)
        const expected = Array.from(pools, (item, i) => all[Math.floor(i / size) * items + item]!)
        expect(relativeError(some, expected)).toBeLessThan(1e-5)
      }
    }
  })

  it('gives a row of scores the same bits however many users a call serves', () => {
    const [users, items, width, size] = [23, 57, 12, 19]
    const u = matrix('u', users, width)
    const p = matrix('p', items, width)
    const rng = streams(4)('pool', 0)
    const pools = Int32Array.from({ length: users * size }, () => rng.int(items))
    for (const head of heads(width, 10)) {
      for (const [rows, n] of [
        [null, items],
        [pools, size],
      ] as const) {
        const together = new Float32Array(users * n)
        ops.scorePools(u, p, head, rows, n, together)
        for (const batch of [1, 2, 3, 4, 5, 8]) {
          const apart = new Float32Array(users * n)
          for (let first = 0; first < users; first += batch) {
            const count = Math.min(batch, users - first)
            ops.scorePools(
              tf.slice(u, [first, 0], [count, width]),
              p,
              head,
              rows && rows.subarray(first * n, (first + count) * n),
              n,
              apart.subarray(first * n, (first + count) * n),
            )
          }
          expect(apart).toEqual(together)
        }
      }
    }
  })

  it('gives a pool the scores that all items would have, dense in the catalogue or not', () => {
    const [users, items, width] = [7, 60, 12]
    const u = matrix('u', users, width)
    const p = matrix('p', items, width)
    for (const head of heads(width, 10)) {
      const all = new Float32Array(users * items)
      ops.scorePools(u, p, head, null, items, all)
      for (const size of [1, 14, 15, 45, 60]) {
        const rng = streams(6)('pool', size)
        const pools = Int32Array.from({ length: users * size }, () => rng.int(items))
        const scores = new Float32Array(users * size)
        ops.scorePools(u, p, head, pools, size, scores)
        scores.forEach((score, i) => {
          const whole = all[Math.floor(i / size) * items + pools[i]!]!
          if (ops.id === 'simd') expect(score).toBe(whole)
          else expect(score).toBeCloseTo(whole, 4)
        })
      }
    }
  })

  it('refuses a pool that names an item which does not exist', () => {
    const u = matrix('u', 1, 4)
    const p = matrix('p', 3, 4)
    const score = (pool: number[]): void =>
      ops.scorePools(u, p, { kind: 'dot' }, Int32Array.from(pool), 2, new Float32Array(2))
    expect(() => score([0, 3])).toThrow(/pools\[1\] is 3, outside the 3 items/)
    expect(() => score([-1, 0])).toThrow(/pools\[0\] is -1/)
    expect(() => score([0])).toThrow(/holds 1 item rows, 2 are needed/)
  })

  it('finds the top k as a stable sort does', () => {
    const score = fc.oneof(
      fc.constantFrom(0, -0, 1, 2, -Infinity, Infinity, NaN),
      fc.float({ noNaN: true }),
    )
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 1, maxLength: 70 }),
        fc.nat(69),
        fc.integer({ min: 1, max: 3 }),
        (row, depth, rows) => {
          const k = (depth % row.length) + 1
          const scores = Float32Array.from(Array.from({ length: rows }, () => row).flat())
          const out = new Int32Array(rows * k)
          ops.topK(scores, rows, row.length, k, out)
          const expected = bestByHand(scores.subarray(0, row.length), k)
          expect([...out]).toEqual(Array.from({ length: rows }, () => expected).flat())
        },
      ),
      { numRuns: 200 },
    )
    expect(() => ops.topK(new Float32Array(4), 1, 4, 5, new Int32Array(5))).toThrow(/k 5/)
  })

  it('finds the top k of long rows, with ties, gaps and hardly any number', () => {
    const rng = streams(6)('scores', 0)
    const rows: Record<string, () => number> = {
      distinct: () => rng.u(),
      ties: () => rng.int(7),
      equal: () => 1,
      'mostly NaN': () => (rng.u() < 0.01 ? rng.u() : NaN),
      'mostly −∞': () => (rng.u() < 0.01 ? rng.u() : -Infinity),
      infinities: () => [Infinity, -Infinity, NaN, 0][rng.int(4)]!,
    }
    for (const [width, k] of [
      [1000, 20],
      [997, 1],
      [3001, 100],
      [300, 200],
      [64, 64],
      [5003, 37],
    ] as const) {
      for (const [name, draw] of Object.entries(rows)) {
        const scores = Float32Array.from({ length: 2 * width }, draw)
        const out = new Int32Array(2 * k)
        ops.topK(scores, 2, width, k, out)
        const expected = [0, 1].flatMap((row) =>
          bestByHand(scores.subarray(row * width, (row + 1) * width), k),
        )
        expect([name, ...out]).toEqual([name, ...expected])
      }
    }
  })

  it('ranks pools as scoring and sorting them does', () => {
    const [users, items, width, size] = [11, 90, 12, 70]
    const u = matrix('u', users, width)
    const p = matrix('p', items, width)
    const rng = streams(5)('pool', 0)
    const pools = Int32Array.from({ length: users * size }, () => rng.int(items))
    for (const head of heads(width, 10)) {
      for (const [rows, n] of [
        [null, items],
        [pools, size],
      ] as const) {
        const scores = new Float32Array(users * n)
        ops.scorePools(u, p, head, rows, n, scores)
        for (const k of [1, 20, n]) {
          const out = new Int32Array(users * k)
          ops.rankPools(u, p, head, rows, n, k, out)
          const sorted = new Int32Array(users * k)
          ops.topK(scores, users, n, k, sorted)
          expect(out).toEqual(sorted)
        }
      }
    }
  })

  it('perturbs relative to each weight: no zero moves and no sign changes', () => {
    const source = variables('w', [[40, 30], [30]])
    source[1]!.assign(tf.zeros([30]))
    const target = variables('t', [[40, 30], [30]])
    ops.perturb(source, target, { scope: 'element', alpha: 0.1 }, streams(1)('explore', 5))
    const before = source[0]!.dataSync()
    const after = target[0]!.dataSync()
    const draws = Array.from(before, (w, i) => (after[i]! - w) / w / 0.1)
    expect(Math.max(...draws)).toBeLessThan(1.001)
    expect(Math.min(...draws)).toBeGreaterThan(-1.001)
    const mean = draws.reduce((a, b) => a + b) / draws.length
    const square = draws.reduce((a, b) => a + b * b) / draws.length
    // four standard errors: var r = 1/3, var r² = 4/45
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 3 / draws.length))
    expect(Math.abs(square - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / draws.length))
    expect([...target[1]!.dataSync()].every((w) => w === 0)).toBe(true)
  })

  it('additive perturbation moves zeros, tensor perturbation rescales', () => {
    const source = variables('w', [[6, 5]])
    source[0]!.assign(tf.zeros([6, 5]))
    const target = variables('t', [[6, 5]])
    ops.perturb(source, target, { scope: 'additive', alpha: 0.5 }, streams(1)('e', 0))
    const moved = target[0]!.dataSync()
    expect([...moved].every((w) => w !== 0 && Math.abs(w) <= 0.5e-3)).toBe(true)

    source[0]!.assign(matrix('again', 6, 5))
    ops.perturb(source, target, { scope: 'tensor', alpha: 0.5 }, streams(1)('e', 1))
    const weights = source[0]!.dataSync()
    const ratios = Array.from(target[0]!.dataSync(), (w, i) => w / weights[i]!)
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThan(1e-6)
    expect(ratios[0]).not.toBeCloseTo(1, 3)
  })

  it('the same stream position gives the same perturbation, another one another', () => {
    const source = variables('w', [[9, 5], [5]])
    const draw = (index: number): number[][] => {
      const target = variables('t', [[9, 5], [5]])
      ops.perturb(source, target, { scope: 'element', alpha: 0.1 }, streams(1)('e', index))
      return values(target)
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(8)).not.toEqual(draw(7))
  })

  it('copies bit for bit and without sharing', () => {
    const source = variables('s', [[5, 3], [3]])
    const target = variables('t', [[5, 3], [3]])
    ops.copy(target, source)
    const kept = values(source)
    expect(values(target)).toEqual(kept)
    ops.addScaled(target, source, 1)
    expect(values(source)).toEqual(kept)
    expect(values(target)).toEqual(kept.map((tensor) => tensor.map((w) => 2 * w)))
    expect(() => ops.copy(target, [source[0]!])).toThrow(/2 targets, 1 sources/)
  })

  it('Polyak moves by tau, and equal tensors stay bit-identical', () => {
    const source = variables('s', [[5, 3]])
    const target = variables('t', [[5, 3]])
    const [s, t] = [values(source)[0]!, values(target)[0]!]
    ops.polyak(target, source, 0.25)
    expect(
      relativeError(
        values(target)[0]!,
        t.map((w, i) => w + 0.25 * (s[i]! - w)),
      ),
    ).toBeLessThan(1e-6)
    ops.copy(target, source)
    ops.polyak(target, source, 0.3)
    expect(values(target)).toEqual(values(source))
  })

  it('keeps the number of tensors over updates', () => {
    const shapes = [[6, 5], [5], [5, 1], [1]]
    const own = variables('p', shapes)
    const target = variables('t', shapes)
    const x = matrix('x', 4, 6)
    const optimizer = ops.optimizer('adam', { learningRate: 1e-3 }, own)
    const update = (step: number): void => {
      const { value, grads } = tf.variableGrads(() => {
        const [w1, b1, w2, b2] = own as [
          tf.Variable<tf.Rank.R2>,
          tf.Variable<tf.Rank.R1>,
          tf.Variable<tf.Rank.R2>,
          tf.Variable<tf.Rank.R1>,
        ]
        return ops
          .dense(ops.dense(x, w1, b1, 'relu'), w2, b2, 'linear')
          .square()
          .mean()
          .asScalar()
      }, own)
      optimizer.step(own.map((variable) => grads[variable.name]!))
      tf.dispose([value, grads])
      ops.polyak(target, own, 0.01)
      ops.perturb(own, target, { scope: 'element', alpha: 0.1 }, streams(1)('e', step))
      ops.scorePools(matrixOnce, itemsOnce, { kind: 'dot' }, null, 7, scores)
    }
    const matrixOnce = matrix('u', 3, 4)
    const itemsOnce = matrix('i', 7, 4)
    const scores = new Float32Array(21)
    update(0)
    const held = tf.memory()
    for (let step = 1; step <= 1000; step++) {
      update(step)
      if (step % 250 === 0) optimizer.restore(optimizer.state())
    }
    expect(tf.memory().numTensors).toBe(held.numTensors)
    expect(tf.memory().numBytes).toBe(held.numBytes)
    optimizer.dispose()
  })
})

function bestByHand(scores: Float32Array, k: number): number[] {
  const key = (i: number): number => (Number.isNaN(scores[i]!) ? -Infinity : scores[i]!)
  const order = Array.from(scores, (_score, i) => i)
  order.sort((a, b) => (key(a) === key(b) ? a - b : key(b) > key(a) ? 1 : -1))
  return order.slice(0, k)
}

function denseByHand(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, relu: boolean): number[] {
  const [rows, inputs] = x.shape
  const outputs = w.shape[1]
  const [xs, ws, bs] = [x.dataSync(), w.dataSync(), b.dataSync()]
  const out: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < outputs; column++) {
      let sum = bs[column]!
      for (let k = 0; k < inputs; k++) sum += xs[row * inputs + k]! * ws[k * outputs + column]!
      out.push(relu ? Math.max(0, sum) : sum)
    }
  }
  return out
}

function scoresByHand(u: tf.Tensor2D, p: tf.Tensor2D, head: ScoringHead): number[] {
  return tf.tidy(() => {
    if (head.kind === 'dot') return [...tf.matMul(u, p, false, true).dataSync()]
    const [users, width] = u.shape
    const items = p.shape[0]
    const hidden = tf
      .relu(tf.add(tf.reshape(u, [users, 1, width]), tf.reshape(p, [1, items, width])))
      .reshape([users * items, width])
    if (head.kind === 'hidden1') return [...tf.matMul(hidden, head.w).add(head.b).dataSync()]
    const second = tf.relu(tf.matMul(hidden, head.hiddenW).add(head.hiddenB))
    return [...tf.matMul(second, head.w).add(head.b).dataSync()]
  })
}
