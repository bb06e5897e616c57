import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dotScores } from '#core/ranker/dotScores'

const finite = fc.float({ min: -10, max: 10, noNaN: true })

test('candidates in company get the sums that each would get alone, and no other place is written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.nat(4), { maxLength: 13 }),
      fc.array(finite, { minLength: 36, maxLength: 36 }),
      (rank, items, values) => {
        const left = Float64Array.from(values.slice(0, rank))
        const vectors = Float32Array.from(values.slice(6, 6 + 5 * rank))
        const pool = Int32Array.from([0, ...items, 0])
        const out = new Float32Array(pool.length).fill(99)
        dotScores(left, vectors, pool, 1, 1 + items.length, out)
        const alone = items.map((item) => {
          let sum = 0
          for (let f = 0; f < rank; f++) sum += left[f]! * vectors[item * rank + f]!
          return Math.fround(sum)
        })
        expect([...out]).toEqual([99, ...alone, 99])
      },
    ),
  )
})
