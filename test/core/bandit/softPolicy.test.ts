import { describe, expect, it } from 'vitest'
import { softChoice, softValue } from '#core/bandit/softPolicy'

const q = [0.2, 1, 0.5]

describe('T10, three actions with fixed Q', () => {
  it('is softmax(Q/α) exactly', () => {
    for (const alpha of [0.1, 0.5, 3]) {
      const total = q.reduce((sum, x) => sum + Math.exp(x / alpha), 0)
      const { p, entropy } = softChoice(q, alpha)
      p.forEach((share, i) => expect(share).toBeCloseTo(Math.exp(q[i]! / alpha) / total, 14))
      expect(entropy).toBeCloseTo(-p.reduce((sum, x) => sum + x * Math.log(x), 0), 14)
    }
  })

  it('is the argmax for α → 0 and uniform for α → ∞', () => {
    expect([...softChoice(q, 1e-4).p]).toEqual([0, 1, 0])
    for (const share of softChoice(q, 1e6).p) expect(share).toBeCloseTo(1 / 3, 5)
  })

  it('is worth α·ln Σ exp(Q/α), the most that any policy gets of Σ πQ + α·H', () => {
    const alpha = 0.4
    const best = softChoice(q, alpha)
    const value = alpha * Math.log(q.reduce((sum, x) => sum + Math.exp(x / alpha), 0))
    expect(softValue(best, q, alpha)).toBeCloseTo(value, 14)
    for (const other of [
      [1, 0, 0],
      [0.2, 0.5, 0.3],
      [0, 1, 0],
    ]) {
      const entropy = -other.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0)
      expect(softValue({ p: Float64Array.from(other), entropy }, q, alpha)).toBeLessThan(value)
    }
  })

  it('never takes what is not there', () => {
    const { p, entropy } = softChoice([1, -Infinity, 1], 0.5)
    expect([...p]).toEqual([0.5, 0, 0.5])
    expect(entropy).toBeCloseTo(Math.log(2), 14)
    expect(softValue({ p, entropy }, [1, -Infinity, 1], 0.5)).toBeCloseTo(1 + 0.5 * Math.log(2), 14)
  })
})
