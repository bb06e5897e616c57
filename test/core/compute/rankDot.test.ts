import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectOps } from '#core/compute/selectOps'
import { openHeap, type WasmHeap } from '#core/compute/wasmHeap'
import { streams } from '#core/random/philox'

await tf.setBackend('wasm')
const { ops, reason } = selectOps()
if (reason !== null) throw new Error(reason)
const found = openHeap()
if (typeof found === 'string') throw new Error(found)
const heap: WasmHeap = found

beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const dot = { kind: 'dot' } as const
const rng = streams(7)('rank', 0)
const matrix = (rows: number, columns: number, draw: () => number): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from({ length: rows * columns }, draw), [rows, columns])
const uniform = (): number => 2 * rng.u() - 1

/** Ranks all items, or pools of them, and scores and sorts the same. */
function bothWays(u: tf.Tensor2D, p: tf.Tensor2D, k: number, pools: Int32Array | null = null) {
  const users = u.shape[0]
  const size = pools ? pools.length / users : p.shape[0]
  const ranked = new Int32Array(users * k)
  ops.rankPools(u, p, dot, pools, size, k, ranked)
  const scores = new Float32Array(users * size)
  ops.scorePools(u, p, dot, pools, size, scores)
  const sorted = new Int32Array(users * k)
  ops.topK(scores, users, size, k, sorted)
  return { ranked, sorted }
}

/** Whether the coarse way takes these items and users. */
function taken(u: tf.Tensor2D, p: tf.Tensor2D, k: number): boolean {
  const { kernels } = heap
  const [[users, width], items] = [u.shape, p.shape[0]]
  const panels = heap.scratch(items * width * 16 + users * items * 16)
  if (!kernels.roundItems(heap.pointer(p), panels, items, width)) return false
  const [list, work] = [panels + (items + 8) * width * 2, panels + (items + 8) * width * 4]
  const [a, b] = [heap.pointer(u), heap.pointer(p)]
  return kernels.rankDot(a, b, panels, 0, list, users, items, items, width, k, work) === 1
}

describe('the best by dot products in few bits', () => {
  const shapes = [
    [32, 1000, 64, 20],
    [9, 333, 16, 5],
    [13, 517, 8, 40],
    [70, 203, 128, 1],
    [8, 300, 256, 33],
  ] as const
  const worlds: Readonly<Record<string, () => number>> = {
    'scattered numbers': uniform,
    'few values, hence ties': () => rng.int(3) - 1,
    'numbers alike, hence scores closer than their rounding': () => 1 + 1e-4 * uniform(),
    'a few large numbers': () => uniform() ** 15 * 1000,
    'tiny numbers': () => 1e-9 * uniform(),
    'huge numbers': () => 1e9 * uniform(),
  }

  it.each(Object.entries(worlds))('are those of all scores: %s', (_, draw) => {
    for (const [users, items, width, k] of shapes) {
      const [u, p] = [matrix(users, width, draw), matrix(items, width, draw)]
      expect(taken(u, p, k)).toBe(true)
      const { ranked, sorted } = bothWays(u, p, k)
      expect(ranked).toEqual(sorted)
    }
  })

  it('are those of all scores in pools', () => {
    const [users, items, size] = [17, 400, 250]
    const pools = Int32Array.from({ length: users * size }, () => rng.int(items))
    const { ranked, sorted } = bothWays(
      matrix(users, 64, uniform),
      matrix(items, 64, uniform),
      20,
      pools,
    )
    expect(ranked).toEqual(sorted)
    pools[4000] = items
    expect(() =>
      bothWays(matrix(users, 64, uniform), matrix(items, 64, uniform), 20, pools),
    ).toThrow(`pools[4000] is ${items}, outside the ${items} items`)
  })

  it.each([NaN, Infinity, 1e30, 1e-30])('leave extreme magnitudes to the full scores: %s', (x) => {
    const odd = (rows: number): tf.Tensor2D =>
      x === 1e-30
        ? matrix(rows, 16, () => x * uniform())
        : matrix(rows, 16, () => (rng.u() < 0.001 ? x : uniform()))
    const plain = matrix(300, 16, uniform)
    const users = matrix(20, 16, uniform)
    for (const [u, p] of [
      [odd(300).slice([0, 0], [300, 16]), plain],
      [users, odd(300)],
    ] as const) {
      expect(taken(u, p, 10)).toBe(false)
      const { ranked, sorted } = bothWays(u, p, 10)
      expect(ranked).toEqual(sorted)
    }
  })

  it('give the first items to a user without a taste', () => {
    const { ranked } = bothWays(tf.zeros([8, 64]), matrix(300, 64, uniform), 4)
    expect([...ranked.subarray(0, 4)]).toEqual([0, 1, 2, 3])
  })

  it('see items that were written in place, and forget those that are gone', () => {
    const u = matrix(8, 64, uniform)
    const p = tf.variable<tf.Rank.R2>(matrix(300, 64, uniform))
    const before = bothWays(u, p, 10).ranked
    ops.addScaled([p], [tf.variable(tf.mul(p, 1))], -2)
    const { ranked, sorted } = bothWays(u, p, 10)
    expect(ranked).toEqual(sorted)
    expect(ranked).not.toEqual(before)
    tf.disposeVariables()

    const rankOthers = (): number => {
      for (let i = 0; i < 6; i++) {
        tf.tidy(() => {
          const others = bothWays(u, matrix(300, 64, uniform), 10)
          expect(others.ranked).toEqual(others.sorted)
        })
      }
      return tf.backend().numDataIds()
    }
    expect(rankOthers()).toBe(rankOthers())
  })
})
