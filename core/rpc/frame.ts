import {
  decode,
  decodeTimestampExtension,
  encode,
  encodeTimestampExtension,
  EXT_TIMESTAMP,
  ExtensionCodec,
} from '@msgpack/msgpack'

// Plain msgpack would turn each of these into bytes. Uint8Array is left out: it is msgpack's own.
// The position is the extension's number on the wire, so new kinds are added at the end.
const kinds = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
] as const

const extensionCodec = new ExtensionCodec()
kinds.forEach((Kind, type) =>
  extensionCodec.register({
    type,
    encode: (value) =>
      value instanceof Kind
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : null,
    // a copy, since the payload seldom lies at a multiple of the element's size
    decode: (bytes) => new Kind(bytes.slice().buffer),
  }),
)

extensionCodec.register({
  type: EXT_TIMESTAMP,
  encode(value) {
    // msgpack would write it as 1970
    if (value instanceof Date && Number.isNaN(value.getTime()))
      throw new RangeError('an invalid date has no encoding: send null instead')
    return encodeTimestampExtension(value)
  },
  decode: decodeTimestampExtension,
})

/**
 * One message as bytes: msgpack, which keeps NaN and the infinities, with typed arrays as extensions
 * in the byte order of the machine (little-endian everywhere this program runs; both ends of a
 * loopback socket are the same machine).
 * @throws Error for what has no encoding, such as a function or an invalid date
 */
export function encodeFrame(message: unknown): Uint8Array {
  return encode(message, { extensionCodec, ignoreUndefined: true })
}

/** @throws RangeError or Error when the bytes are not one whole message */
export function decodeFrame(bytes: ArrayBuffer): unknown {
  return decode(bytes, { extensionCodec })
}
