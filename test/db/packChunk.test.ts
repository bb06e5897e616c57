import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImpressionChunk } from '#core/run/batch'
import { packChunk, unpackChunk } from '#db/packChunk'
import { fakeBatch } from '../support/fakeRun.ts'

const column = (length: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length })

const chunks = fc
  .tuple(fc.nat(2_000_000_000), fc.nat(12), fc.integer({ min: 1, max: 7 }))
  .chain(([from, count, k]) => {
    const items = fc.constantFrom(3, 254, 255, 256, 65_534, 65_535, 65_536, 2_000_000_000)
    return items.chain((most) =>
      fc.record({
        from: fc.constant(from),
        count: fc.constant(count),
        k: fc.constant(k),
        user: column(count, 0, most).map((values) => Int32Array.from(values)),
        seconds: fc
          .array(fc.double(), { minLength: count, maxLength: count })
          .map((values) => Float64Array.from(values)),
        outcome: column(count, 0, 3).map((values) => Uint8Array.from(values)),
        vote: fc
          .array(fc.float(), { minLength: count, maxLength: count })
          .map((values) => Float32Array.from(values)),
        shown: column(count * k, -1, most).map((values) => Int32Array.from(values)),
        team: column(count * k, -1, 1).map((values) => Int8Array.from(values)),
        clicked: column(count * k, 0, 1).map((values) => Uint8Array.from(values)),
        listA: column(count * k, -1, most).map((values) => Int32Array.from(values)),
        listB: column(count * k, -1, most).map((values) => Int32Array.from(values)),
      }),
    )
  })

describe('packed impression chunks', () => {
  it('come back to the bit, whatever the ids', () => {
    fc.assert(
      fc.property(chunks, (chunk: ImpressionChunk) => {
        expect(unpackChunk(packChunk(chunk))).toEqual(chunk)
      }),
      { numRuns: 300 },
    )
  })

  it('survive being read from the middle of a larger buffer', () => {
    const { chunk } = fakeBatch(1, 0)
    const packed = packChunk(chunk)
    const padded = new Uint8Array(packed.length + 3)
    padded.set(packed, 3)
    expect(unpackChunk(padded.subarray(3))).toEqual(chunk)
  })

  it('are less than two thirds of the columns', () => {
    const { chunk } = fakeBatch(1, 0)
    let bytes = 0
    for (const value of Object.values(chunk))
      if (ArrayBuffer.isView(value)) bytes += value.byteLength
    expect(packChunk(chunk).length).toBeLessThan((2 / 3) * bytes)
  })

  it('refuse another format and bytes that are cut short', () => {
    const packed = packChunk(fakeBatch(1, 0).chunk)
    expect(() => unpackChunk(packed.subarray(0, packed.length - 1))).toThrow(RangeError)
    packed[0] = 9
    expect(() => unpackChunk(packed)).toThrow('unknown format 9')
  })
})
