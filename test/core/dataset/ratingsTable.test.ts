import { describe, expect, it } from 'vitest'
import { decodeRatings, encodeRatings, ratingsHash } from '#core/dataset/ratingsTable'
import { parse } from './bytes.ts'

const { table } = parse('user,item,rating,time\nÅsa,10,4.5,100\nPAR1,20,3.7,101.5\nbob,10,1,102\n')

describe('the dataset file', () => {
  it('gives back the table, with and without times and ids', () => {
    const bare = { ...table, time: null, userIds: [], itemIds: [] }
    for (const one of [table, bare]) expect(decodeRatings(encodeRatings(one))).toEqual(one)
  })

  it('is byte-stable', () => {
    const bytes = encodeRatings(table)
    expect(encodeRatings(decodeRatings(bytes))).toEqual(bytes)
    // a change of the format changes this hash: raise the version with it
    expect(ratingsHash(bytes)).toBe(
      '9f3ed19640f39febbdb77a3d7d39c692e5e8e5ab10164a86039903f36fef3a90',
    )
  })

  it('can lie anywhere in a larger buffer', () => {
    const bytes = encodeRatings(table)
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    expect(decodeRatings(larger.subarray(3))).toEqual(table)
  })

  it('is refused after any flipped bit', () => {
    const bytes = encodeRatings(table)
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at]! ^= 1
      expect(() => decodeRatings(changed), `byte ${at}`).toThrow(/dataset file/)
    }
  })

  it('is refused when it is cut or of another version', () => {
    const bytes = encodeRatings(table)
    for (const length of [0, 7, 20, 83, bytes.length - 1]) {
      expect(() => decodeRatings(bytes.subarray(0, length))).toThrow(/dataset file/)
    }
    const newer = bytes.slice()
    newer[8] = 2
    expect(() => decodeRatings(newer)).toThrow('format 2, this version reads 1')
  })
})
