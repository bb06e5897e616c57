import { describe, expect, it } from 'vitest'
import type { LiveEnvironment } from '#core/environment/environment'
import { encodeFrame } from '#core/rpc/frame'
import { GreedyMf } from '#core/run/greedyMf'

/** Items with vectors of this length, and nobody whose history is known. */
function world(rank: number): LiveEnvironment {
  const items = 40
  const factors = Float32Array.from({ length: items * rank }, (_, i) => Math.sin(i * 1.7))
  const observed = { itemFeatures: factors, itemWidth: rank, factors, rank, features: [] }
  const open = () => {
    throw new Error('nobody asks here')
  }
  return { kind: 'live', users: 3, items, observed, open }
}

function show(mf: GreedyMf, lists: number, from = 0): void {
  for (let i = from; i < from + lists; i++) {
    const shown = Int32Array.from({ length: 5 }, (_, slot) => (i * 7 + slot * 3) % 40)
    mf.observe(
      i % 2,
      shown,
      Uint8Array.from(shown, (item) => (item % 3 === 0 ? 1 : 0)),
    )
  }
}

function scores(mf: GreedyMf): Float32Array {
  const pools = Int32Array.from({ length: 120 }, (_, i) => i % 40)
  const out = new Float32Array(120)
  const users = Int32Array.of(0, 1, 2)
  mf.score({ first: 0, rows: 3, users, states: new Float32Array(0), pools, poolSize: 40 }, out)
  return out
}

describe('greedy matrix factorisation that learns from the run', () => {
  it.each([
    ['the items that were shown', 12],
    ['sums, once those are shorter', 2],
  ])('goes on bit for bit from a state of %s', (_, rank) => {
    const whole = new GreedyMf(world(rank), 0.5)
    show(whole, 6)
    const resumed = new GreedyMf(world(rank), 0.5)
    resumed.restore(whole.state())
    show(whole, 6, 6)
    show(resumed, 6, 6)
    expect(scores(resumed)).toEqual(scores(whole))
    expect(scores(whole).every(Number.isFinite)).toBe(true)
  })

  it('keeps kilobytes of a user, not a matrix, where items have hundreds of features', () => {
    const mf = new GreedyMf(world(200), 0.5)
    show(mf, 6)
    expect(encodeFrame(mf.state()).byteLength).toBeLessThan(2000)
    expect(new Set(scores(mf)).size).toBeGreaterThan(60)
  })
})
