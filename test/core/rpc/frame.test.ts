import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'

const roundTrip = (value: unknown): unknown => {
  const frame = encodeFrame(value)
  return decodeFrame(frame.slice().buffer)
}

describe('frame', () => {
  it.each([
    new Float64Array([NaN, -0, 5e-324, Infinity]),
    new Float32Array([1.5, -Infinity]),
    new Int32Array([-(2 ** 31), 7]),
    new Uint32Array([2 ** 32 - 1]),
    new Int16Array([-32768]),
    new Uint16Array([65535]),
    new Int8Array([-128]),
    new Uint8Array([0, 255]),
    new Uint8ClampedArray([255]),
    new BigInt64Array([-(2n ** 63n)]),
    new BigUint64Array([2n ** 64n - 1n]),
    new Float64Array(0),
  ])('keeps the kind and the elements of %o', (array) => {
    const back = roundTrip({ column: array }) as { column: typeof array }
    expect(back.column.constructor).toBe(array.constructor)
    expect(back.column).toEqual(array)
  })

  it('carries the part of a buffer that a view shows, not the buffer', () => {
    const view = new Float64Array(new Float64Array([1, 2, 3, 4]).buffer, 8, 2)
    expect(roundTrip(view)).toEqual(new Float64Array([2, 3]))
  })

  it('keeps every plain value', () => {
    const plain = fc.anything({
      key: fc.string().filter((key) => key !== '__proto__'),
      values: [
        fc.boolean(),
        fc.string(),
        fc.double(),
        fc.integer(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }),
      ],
    })
    fc.assert(
      fc.property(plain, (value) => {
        expect(roundTrip(value)).toEqual(withoutUndefined(value))
      }),
      { numRuns: 300 },
    )
  })

  it('refuses a key that would change the prototype of what is received', () => {
    expect(() => roundTrip(JSON.parse('{"__proto__": 0}'))).toThrow('__proto__')
  })

  it('refuses an invalid date, which would arrive as 1970', () => {
    expect(() => roundTrip([new Date(Number.NaN)])).toThrow('invalid date')
  })

  it('drops properties that are undefined', () => {
    expect(roundTrip({ kept: null, dropped: undefined })).toEqual({ kept: null })
  })

  it('throws for what it can not hold, and for half a message', () => {
    expect(() => encodeFrame(() => 1)).toThrow('Unrecognized object')
    const frame = encodeFrame({ items: [1, 2, 3] })
    expect(() => decodeFrame(frame.slice(0, -1).buffer)).toThrow()
    expect(() => decodeFrame(new ArrayBuffer(0))).toThrow()
  })

  it('refuses a key that would reach a prototype', () => {
    const bytes = new Uint8Array([0x81, 0xa9, ...new TextEncoder().encode('__proto__'), 0x80])
    expect(() => decodeFrame(bytes.buffer)).toThrow('__proto__')
  })
})

/** What the wire may do to a value: -0 becomes 0 when it is an integer. */
function withoutUndefined(value: unknown): unknown {
  if (Object.is(value, -0)) return 0
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, withoutUndefined(v)]))
}
