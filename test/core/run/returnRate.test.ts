import { expect, it } from 'vitest'
import { returnRate } from '#core/run/returnRate'

it('tells returns per day, and per hour where there are 24 a day and more', () => {
  const perDay = { value: 23.9, low: 20, high: 30, n: 40 }
  expect(returnRate(perDay)).toEqual({ unit: 'day', estimate: perDay })
  const often = { value: 48, low: 24, high: null, n: 40 }
  expect(returnRate(often)).toEqual({
    unit: 'hour',
    estimate: { value: 2, low: 1, high: null, n: 40 },
  })
  const unknown = { value: null, low: null, high: null, n: 0, reason: 'noData' }
  expect(returnRate(unknown)).toEqual({ unit: 'day', estimate: unknown })
})
