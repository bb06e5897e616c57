import { describe, expect, it } from 'vitest'
import {
  anytimeCorrections,
  correctionNames,
  correctionOf,
  isFamilyWise,
  rejectedBy,
  type CorrectionId,
} from '#core/stats/correction'

const ids = Object.keys(correctionNames) as CorrectionId[]
const member = (p: number | null) => ({ logE: p === null ? null : -Math.log(p), p })

describe.each(ids)('correction %s', (id) => {
  it('rejects nothing without evidence, and everything where it is overwhelming', () => {
    expect(rejectedBy(id, [member(null), member(null)], 0.05)).toEqual([false, false])
    expect(rejectedBy(id, [member(1e-9), member(1e-8)], 0.05)).toEqual([true, true])
    expect(rejectedBy(id, [], 0.05)).toEqual([])
  })

  it('is at least as strict for two comparisons as for one', () => {
    const alone = rejectedBy(id, [member(0.04)], 0.05)[0]
    const among = rejectedBy(id, [member(0.04), member(0.9)], 0.05)[0]
    expect(alone || !among).toBe(true)
  })
})

describe('the correction of a plan', () => {
  it('is e-BH for a sequence and BH for a single look, unless it names another', () => {
    expect(correctionOf('auto', true)).toBe('eBh')
    expect(correctionOf('auto', false)).toBe('bh')
    expect(correctionOf('holm', true)).toBe('holm')
    expect(anytimeCorrections.filter(isFamilyWise)).toEqual(['holm', 'bonferroni'])
  })

  it('differs between the methods as it should', () => {
    const family = [0.01, 0.03, 0.035].map(member)
    const reject = (id: CorrectionId) => rejectedBy(id, family, 0.05).filter(Boolean).length
    expect([reject('bh'), reject('holm'), reject('bonferroni'), reject('by')]).toEqual([3, 1, 1, 0])
  })
})
