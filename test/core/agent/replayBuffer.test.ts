import { describe, expect, it } from 'vitest'
import { ReplayBuffer, type ReplayRule } from '#core/agent/replayBuffer'
import { streams } from '#core/random/philox'

const shape = { capacity: 400, stateWidth: 1, listLength: 2, poolSize: 2, pairWidth: 0 }

/** A user's impressions one after the other; what is not named showed nothing. */
function filled(
  shown: Readonly<Record<number, readonly number[]>>,
  sampling: ReplayRule['sampling'],
) {
  const buffer = new ReplayBuffer(shape, { beta: 0, openTail: 'drop', sampling })
  for (let impression = 0; impression < shape.capacity; impression++) {
    const list = Int32Array.from(shown[impression] ?? [-1, -1])
    buffer.add({
      impression,
      user: 0,
      seconds: impression,
      teams: new Int8Array(2),
      previous: impression - 1,
      state: Float32Array.of(impression),
      pool: list,
      pairs: new Float32Array(0),
      shown: list,
      clicked: new Uint8Array(2),
      activeness: 0,
      last: false,
    })
  }
  return buffer
}

describe('impressions that showed nothing, as to a user who has seen the whole catalogue', () => {
  it.each([
    { kind: 'uniform' },
    { kind: 'recency', halfLife: 1 },
    { kind: 'prioritised', exponent: 0.6, correction: 0.4 },
  ] as const)('are not replayed: $kind', (sampling) => {
    expect(filled({}, sampling).closed).toBe(0)
    const buffer = filled({ 3: [7, -1], 4: [8, 9] }, sampling)
    expect(buffer.closed).toBe(2)
    const items = buffer.sample(3000, streams(1)('replay', 0)).item
    const share = (item: number) => items.filter((one) => one === item).length / items.length
    // of impressions 395 ago, at a half-life of one, the younger has twice the weight for each item
    const weights = sampling.kind === 'recency' ? [1, 2, 2] : [1, 1, 1]
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    weights.forEach((weight, i) => expect(share(7 + i)).toBeCloseTo(weight / total, 1))

    const again = new ReplayBuffer(shape, { beta: 0, openTail: 'drop', sampling })
    again.restore(buffer.state())
    expect(again.closed).toBe(2)
  })
})
