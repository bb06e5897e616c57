import * as tf from '@tensorflow/tfjs'
import type { ComputeOps, ScoringHead } from '#core/compute/ops'
import { normal, type Arrays } from '../arrays.ts'
import type { BenchRow, PreparedRow } from '../benchRow.ts'
import { toTensors } from '../tensors.ts'

const WIDTH = 64
const LIST = 20

/** Scoring over a cached item side of width 64, and the top 20. */
export function scoringRows(ops: ComputeOps): BenchRow[] {
  const peer = 'pytorch'
  const items = [20, 1000, 100_000] as const
  return [
    {
      id: 'rank-dot-1000',
      what: 'two networks, dot head, top 20 of 1,000 items for 32 users',
      peer,
      target: 0.25,
      stretch: null,
      prepare: () => rankDot(ops, 32, 1000),
    },
    ...items.map((n, i): BenchRow => ({
      id: `hidden2-${n}`,
      what: `two-hidden head 64-64, one user, ${n} items`,
      peer,
      target: [0.5, 1.7, 1][i]!,
      stretch: 1,
      prepare: () => hidden2(ops, n),
    })),
    ...items.map((n, i): BenchRow => ({
      id: `dot-${n}`,
      what: `dot head, one user, ${n} items`,
      peer,
      target: [0.3, 2, 1.2][i]!,
      stretch: null,
      prepare: () => dot(ops, n),
    })),
    ...items.slice(1).map((n): BenchRow => ({
      id: `topk-${n}`,
      what: `top 20 of ${n}`,
      peer,
      target: 0.3,
      stretch: null,
      prepare: () => topK(ops, n),
    })),
  ]
}

function rankDot(ops: ComputeOps, users: number, n: number): PreparedRow {
  const inputs: Arrays = {
    u: normal('u', [users, WIDTH]),
    p1: normal('p1', [n, WIDTH]),
    p2: normal('p2', [n, WIDTH]),
  }
  const t = toTensors(inputs) as Record<string, tf.Tensor2D>
  const lists = ['p1', 'p2'].map((name) => ({
    itemSide: t[name]!,
    out: new Int32Array(users * LIST),
  }))
  const run = (): void => {
    for (const { itemSide, out } of lists) {
      ops.rankPools(t['u']!, itemSide, { kind: 'dot' }, null, n, LIST, out)
    }
  }
  return {
    work: { name: 'rankDot', sizes: { k: LIST } },
    inputs,
    run,
    check() {
      run()
      return lists.flatMap(({ out }) => [...out])
    },
    tolerance: 0,
    dispose: () => tf.dispose(t),
  }
}

function scoreOne(
  ops: ComputeOps,
  name: string,
  inputs: Arrays,
  headOf: (t: Record<string, tf.Tensor>) => ScoringHead,
): PreparedRow {
  const t = toTensors(inputs)
  const head = headOf(t)
  const [u, p] = [t['u'] as tf.Tensor2D, t['p'] as tf.Tensor2D]
  const n = p.shape[0]
  const out = new Float32Array(n)
  const run = (): void => ops.scorePools(u, p, head, null, n, out)
  return {
    work: { name, sizes: {} },
    inputs,
    run,
    check() {
      run()
      return [...out.subarray(0, 64)]
    },
    tolerance: 1e-4,
    dispose: () => tf.dispose(t),
  }
}

function dot(ops: ComputeOps, n: number): PreparedRow {
  const inputs = { u: normal('u', [1, WIDTH]), p: normal('p', [n, WIDTH]) }
  return scoreOne(ops, 'dot', inputs, () => ({ kind: 'dot' }))
}

function hidden2(ops: ComputeOps, n: number): PreparedRow {
  const inputs = {
    u: normal('u', [1, WIDTH]),
    p: normal('p', [n, WIDTH]),
    v: normal('v', [WIDTH, WIDTH], 1 / 8),
    c: normal('c', [WIDTH], 0.1),
    w: normal('w', [WIDTH, 1], 1 / 8),
  }
  return scoreOne(ops, 'hidden2', inputs, (t) => ({
    kind: 'hidden2',
    hiddenW: t['v'] as tf.Tensor2D,
    hiddenB: t['c'] as tf.Tensor1D,
    w: t['w'] as tf.Tensor2D,
    b: tf.zeros([1]),
  }))
}

function topK(ops: ComputeOps, n: number): PreparedRow {
  const inputs = { s: normal('s', [n]) }
  const out = new Int32Array(LIST)
  const run = (): void => ops.topK(inputs.s.values, 1, n, LIST, out)
  return {
    work: { name: 'topK', sizes: { k: LIST } },
    inputs,
    run,
    check() {
      run()
      return [...out]
    },
    tolerance: 0,
    dispose: () => undefined,
  }
}
