import { describe, expect, it } from 'vitest'
import {
  formatEstimate,
  formatInteger,
  formatInterval,
  formatNumber,
  formatP,
  formatPercent,
  formatSetting,
} from '#core/format'

describe('numbers', () => {
  it.each([
    [-0.0391, '−0.039'],
    [0, '0.000'],
    [-0, '0.000'],
    [1234.5678, '1,234.568'],
    [1_000_000, '1,000,000.000'],
    [-0.0003, '−0.0003'],
    [0.0000004, '0.000'],
    [-0.0000004, '0.000'],
    [null, '–'],
    [Number.NaN, '–'],
    [Infinity, '–'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text))

  it('counts, shares and p values', () => {
    expect(formatInteger(16_652)).toBe('16,652')
    expect(formatInteger(-1234.6)).toBe('−1,235')
    expect(formatInteger(-0.2)).toBe('0')
    expect(formatInteger(null)).toBe('–')
    expect(formatPercent(0.0541)).toBe('5.4\u00a0%')
    expect(formatPercent(1, 0)).toBe('100\u00a0%')
    expect(formatPercent(null)).toBe('–')
    expect(formatP(0.00001)).toBe('<\u00a00.001')
    expect(formatP(0.0416)).toBe('0.042')
    expect(formatP(null)).toBe('–')
  })

  it.each([
    [0.1, '0.1'],
    [0.1 + 0.2, '0.3'],
    [3, '3'],
    [-2500.5, '−2,500.5'],
    [1e-9, '1e−9'],
  ])('the setting %d is %s', (value, text) => expect(formatSetting(value)).toBe(text))
})

describe('estimates', () => {
  it('stand with their interval, in words', () => {
    const estimate = { value: -0.0391, low: -0.0512, high: -0.0143, n: 9 }
    expect(formatEstimate(estimate, 'en')).toBe('−0.039 (−0.051 to −0.014)')
    expect(formatEstimate(estimate, 'zh-CN')).toBe('−0.039（−0.051 至 −0.014）')
    expect(formatEstimate({ ...estimate, low: null }, 'en')).toBe('−0.039')
    expect(formatInterval(null, 1, 'en')).toBe('–')
  })

  it('say why there is none', () => {
    const none = { value: null, low: null, high: null, n: 0 }
    expect(formatEstimate({ ...none, reason: 'noVotes' }, 'en')).toBe(
      '– (no list has got a click that counts for a team)',
    )
    expect(formatEstimate(none, 'en')).toBe('–')
  })
})
