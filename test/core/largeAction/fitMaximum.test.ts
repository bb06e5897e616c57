import { describe, expect, it } from 'vitest'
import { expectedMaximum } from '#core/largeAction/wolpertinger/expectedMaximum'
import { fitMaximum } from '#core/largeAction/wolpertinger/fitMaximum'

describe('the fit of eq. 7-6', () => {
  const truth = { q: 0.4, p: 0.5, b: 0.2, c: 0.6 }
  const ks = [1, 2, 5, 10, 50]

  it('finds the curve that values lie on', () => {
    const found = fitMaximum(ks.map((k) => ({ k, value: expectedMaximum(truth, k) })))!
    for (const k of [...ks, 3, 20, 200]) {
      expect(expectedMaximum(found, k)).toBeCloseTo(expectedMaximum(truth, k), 6)
    }
  })

  it('is flat where k does not help, and none below three different k', () => {
    const falling = fitMaximum(ks.map((k) => ({ k, value: 1 - k / 100 })))!
    expect(falling.b).toBe(0)
    expect(fitMaximum([1, 1, 2].map((k) => ({ k, value: k })))).toBeNull()
  })
})
