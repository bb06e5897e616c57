import { describe, expect, it } from 'vitest'
import { mulberry32 } from '#core/random/mulberry32'
import { BettingHistory } from '#core/stats/bettingHistory'
import { highEnd, lowEnd } from '#core/stats/bettingInterval'
import { PredictableBet } from '#core/stats/bettingProcess'
import { BettingSequence } from '#core/stats/bettingSequence'
import { reach, WealthNear } from '#core/stats/wealthNear'

const limit = Math.log(2 / 0.05)

function historyOf(n: number, draw: () => number): BettingHistory {
  const history = new BettingHistory()
  const bet = new PredictableBet(0.05)
  for (let i = 0; i < n; i++) {
    const x = draw()
    history.add(x, bet.next())
    bet.add(x)
  }
  return history
}

function votes(seed: number, share = 0.52): () => number {
  const rng = mulberry32(seed)
  return () => {
    const u = rng.u()
    return u < 0.3 ? 0.5 : rng.u() < share ? 1 : u < 0.5 ? 1 / 3 : 0
  }
}

describe('the wealth near a mean', () => {
  it.each([0.3, 0.49, 0.7])('is that of all scores, within its reach of %d', (centre) => {
    const history = historyOf(2000, votes(1))
    const above = WealthNear.around(centre, history, false)
    const below = WealthNear.around(1 - centre, history, true)
    for (const h of [0, 1e-5, reach / 2, reach]) {
      const exact = history.above(centre + h)
      expect(above.at(centre + h).ln).toBeCloseTo(exact.ln, 10)
      expect(above.at(centre + h).slope).toBeCloseTo(exact.slope, 7)
      expect(below.at(1 - centre + h).ln).toBeCloseTo(history.below(centre - h).ln, 10)
    }
  })

  it('falls where that of all scores does', () => {
    const history = historyOf(3000, votes(2))
    const [low, high] = [lowEnd(history, limit, 0), highEnd(history, limit, 1)]
    const near = WealthNear.around(low - reach / 3, history, false)
    expect(near.fall(limit, low - reach / 3)).toBeCloseTo(low, 12)
    const mirrored = WealthNear.around(1 - high - reach / 3, history, true)
    expect(1 - mirrored.fall(limit, 1 - high - reach / 3)).toBeCloseTo(high, 12)
  })
})

it('a sequence by sums is that by all scores, and goes on bit by bit', () => {
  const draw = votes(3)
  const exact = new BettingSequence(0.05, {}, Infinity)
  const bySums = new BettingSequence(0.05, {}, 500)
  let resumed = new BettingSequence(0.05, {}, 500)
  for (let i = 0; i < 3000; i++) {
    const x = draw()
    for (const engine of [exact, bySums, resumed]) engine.add(x)
    if (i % 700 === 699) resumed = new BettingSequence(0.05, resumed.state(), 500)
    if (i % 100 > 0) continue
    expect(bySums.interval().low).toBeCloseTo(exact.interval().low, 12)
    expect(bySums.interval().high).toBeCloseTo(exact.interval().high, 12)
  }
  expect(resumed.state()).toEqual(bySums.state())
  expect(Object.keys(bySums.state())).toContain('nearLow')
})
