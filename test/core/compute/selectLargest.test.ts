import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mostSelectable, selectLargest } from '#core/compute/selectLargest'

const score = fc.oneof(
  fc.float({ noNaN: true }),
  // ties, both zeros and what is barred
  fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity),
)

it('gives the k largest, largest first, ties by position', () => {
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 1, maxLength: 60 }).chain((scores) =>
        fc.record({
          scores: fc.constant(Float32Array.from(scores)),
          k: fc.integer({ min: 1, max: scores.length }),
        }),
      ),
      ({ scores, k }) => {
        const expected = [...scores.keys()].sort((a, b) =>
          scores[a] === scores[b] ? a - b : scores[b]! - scores[a]!,
        )
        const out = new Int32Array(k + 2).fill(-7)
        selectLargest(scores, k, out, 1)
        expect([...out]).toEqual([-7, ...expected.slice(0, k), -7])
      },
    ),
  )
})

it('reads scores that lie in the middle of a heap', () => {
  const heap = Float32Array.of(9, 9, 0.25, 0.5, 0.125, 9)
  const out = new Int32Array(2)
  selectLargest(heap.subarray(2, 5), 2, out, 0)
  expect([...out]).toEqual([1, 0])
})

it('keeps scores and positions apart up to its limit', () => {
  const scores = new Float32Array(mostSelectable).fill(1)
  scores[mostSelectable - 1] = 1.0000001
  const out = new Int32Array(2)
  selectLargest(scores, 2, out, 0)
  expect([...out]).toEqual([mostSelectable - 1, 0])
})
