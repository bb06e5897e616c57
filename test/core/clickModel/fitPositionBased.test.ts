import { describe, expect, it } from 'vitest'
import { fitPositionBased } from '#core/clickModel/fitPositionBased'
import { mulberry32 } from '#core/random/mulberry32'

/** A log in which every item was shown `shown` times at every rank, with the expected clicks. */
function expectedLog(theta: readonly number[], attraction: readonly number[], shown: number) {
  const log = { item: [] as number[], rank: [] as number[], clicked: [] as boolean[] }
  for (const [rank, t] of theta.entries()) {
    for (const [item, a] of attraction.entries()) {
      const clicks = Math.round(shown * t * a)
      for (let i = 0; i < shown; i++) {
        log.item.push(item)
        log.rank.push(rank)
        log.clicked.push(i < clicks)
      }
    }
  }
  return log
}

describe('fitPositionBased', () => {
  it('recovers the model whose expected clicks it sees', () => {
    const fit = fitPositionBased(expectedLog([1, 0.5, 0.25], [0.8, 0.4, 0.16], 100), {
      maxIterations: 5000,
      tolerance: 1e-15,
    })
    for (const [rank, theta] of [1, 0.5, 0.25].entries()) {
      expect(fit.theta[rank]).toBeCloseTo(theta, 3)
    }
    for (const [item, attraction] of [0.8, 0.4, 0.16].entries()) {
      expect(fit.attraction[item]).toBeCloseTo(attraction, 3)
    }
  })

  it('recovers examination from a sampled log, and improves with every iteration', () => {
    const theta = [0.68, 0.61, 0.48, 0.34]
    const attraction = [0.9, 0.6, 0.3, 0.5, 0.7, 0.2]
    const rng = mulberry32(4)
    const log = { item: [] as number[], rank: [] as number[], clicked: [] as boolean[] }
    for (let i = 0; i < 40_000; i++) {
      const [item, rank] = [rng.int(6), rng.int(4)]
      log.item.push(item)
      log.rank.push(rank)
      log.clicked.push(rng.u() < theta[rank]! * attraction[item]!)
    }
    let last = -Infinity
    for (const maxIterations of [1, 5, 20, 100]) {
      const { logLikelihood } = fitPositionBased(log, { maxIterations, tolerance: 0 })
      expect(logLikelihood).toBeGreaterThanOrEqual(last)
      last = logLikelihood
    }
    const fit = fitPositionBased(log)
    expect(fit.converged).toBe(true)
    for (const [rank, value] of theta.entries()) {
      expect(fit.theta[rank]).toBeCloseTo(value / theta[0]!, 1)
    }
  })

  it('says null for what was never shown, and stays finite without clicks', () => {
    const fit = fitPositionBased({ item: [2, 2], rank: [1, 1], clicked: [false, false] })
    expect(fit.theta).toEqual([null, expect.any(Number)])
    expect(fit.attraction).toEqual([null, null, expect.any(Number)])
    expect(Number.isFinite(fit.logLikelihood)).toBe(true)
    const all = fitPositionBased({ item: [0, 0], rank: [0, 0], clicked: [true, true] })
    expect(all.theta[0]! * all.attraction[0]!).toBeCloseTo(1, 3)
  })

  it('refuses what is no log', () => {
    expect(() => fitPositionBased({ item: [], rank: [], clicked: [] })).toThrow('no slots')
    expect(() => fitPositionBased({ item: [0.5], rank: [0], clicked: [1] })).toThrow('item 0.5')
  })
})
