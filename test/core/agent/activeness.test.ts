import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Activeness, paperActiveness, returnGain } from '#core/agent/activeness'

const hour = 3600

/** S right after each return, when a user comes every `seconds` from time 0 on. */
function returns(seconds: number, times: number): number[] {
  const activeness = new Activeness(1)
  activeness.request(0, 0)
  return Array.from({ length: times }, (_, i) => activeness.request(0, (i + 1) * seconds))
}

describe('Activeness', () => {
  it('gains .3227… a return where the paper prints .32', () => {
    expect(returnGain(paperActiveness)).toBeCloseTo(0.32270622571955, 14)
  })

  it.each([
    ['24 h, its fixed point', 24 * hour, [0.5, 0.5, 0.5]],
    ['6 h', 6 * hour, [0.70854, 0.86946, 0.99364]],
    ['1 h', hour, [0.80157, 1, 1]],
    ['3 min', 180, [0.82163, 1, 1]],
    ['3 days', 72 * hour, [0.345, 0.33809]],
  ])('follows the worked values of a return every %s', (_, seconds, expected) => {
    returns(seconds, expected.length).forEach((s, i) => expect(s).toBeCloseTo(expected[i]!, 5))
  })

  it('is the same when it is looked at in between, and stays in [0, 1]', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(gaps, (steps) => {
        const [lazy, watched] = [new Activeness(1), new Activeness(1)]
        let seconds = 0
        for (const step of steps) {
          for (const share of [0.1, 0.5, 0.9]) watched.at(0, seconds + share * step)
          seconds += step
          const s = lazy.request(0, seconds)
          expect(watched.request(0, seconds)).toBe(s)
          expect(s).toBeGreaterThan(0)
          expect(s).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
