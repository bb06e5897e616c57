import { describe, expect, it } from 'vitest'
import { readModelFile, writeModelFile, type ModelFile } from '#core/model/modelFile'
import { safetensors } from '#core/model/safetensors'
import { modelHash } from '#core/model/savedModel'

const file: ModelFile = {
  name: 'Tree',
  model: {
    kind: 'tpgr',
    params: { depth: 2, rate: 0.1, list: [1, null] },
    arrays: [
      { name: 'weights', shape: [2, 2], values: Float32Array.of(1, -0, 2.5, Number.NaN) },
      { name: 'empty', shape: [0], values: new Float32Array(0) },
      { name: 'leaf', shape: [3], values: Int32Array.of(7, -1, 2 ** 31 - 1) },
    ],
  },
  provenance: {
    run: 3,
    side: 0,
    impressions: 9,
    seed: 1,
    spec: {},
    dataset: null,
    engineVersion: '3',
  },
  metrics: { ctr: 0.25, sampled: null },
}
const bytes = writeModelFile(file)
const header = (bytesOf: Uint8Array) => {
  const length = Number(new DataView(bytesOf.buffer).getBigUint64(0, true))
  return JSON.parse(new TextDecoder().decode(bytesOf.subarray(8, 8 + length))) as Header
}
type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>

/** The file with another header and the same arrays. */
function withHeader(change: (head: Header) => unknown): Uint8Array {
  const head = header(bytes)
  const json = new TextEncoder().encode(JSON.stringify(change(head)))
  const old = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  const changed = new Uint8Array(8 + json.length + bytes.length - 8 - old)
  new DataView(changed.buffer).setBigUint64(0, BigInt(json.length), true)
  changed.set(json, 8)
  changed.set(bytes.subarray(8 + old), 8 + json.length)
  return changed
}

it('comes back to the bit, whatever lies before it in memory', () => {
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  const back = readModelFile(shifted.subarray(3))
  expect(back).toEqual(file)
  expect(modelHash(back.model)).toBe(modelHash(file.model))
})

describe('a file that is refused', () => {
  const flipped = bytes.slice()
  flipped[bytes.length - 1]! ^= 1
  const long = new Uint8Array(16)
  new DataView(long.buffer).setBigUint64(0, 2n ** 60n, true)
  it.each<readonly [string, Uint8Array, string]>([
    ['of nothing', new Uint8Array(0), 'no safetensors file'],
    ['of something else', new TextEncoder().encode('{"a": 1} and more'), 'no safetensors file'],
    ['with a header as long as the world', long, 'no safetensors file'],
    ['cut in the header', bytes.slice(0, 40), 'cut short within its header'],
    ['cut in an array', bytes.slice(0, -4), 'cut short in the array "leaf"'],
    ['with something behind', new Uint8Array([...bytes, 0]), '1 bytes behind its last array'],
    ['whose content was changed', flipped, 'has been changed since it was exported'],
    ['whose header is no object', withHeader(() => [1]), 'its header is no JSON object'],
    [
      'of another program',
      withHeader(({ weights }) => ({ weights })),
      'was not exported by Duelist',
    ],
    [
      'of half precision',
      withHeader((head) => ({ ...head, leaf: { ...head['leaf']!, dtype: 'F16' } })),
      'the array "leaf" is F16',
    ],
    [
      'whose arrays overlap',
      withHeader((head) => ({ ...head, leaf: { ...head['leaf']!, data_offsets: [0, 12] } })),
      'the array "leaf" does not lie where its shape says',
    ],
    [
      'whose shape is larger than the file',
      withHeader((head) => ({ ...head, leaf: { ...head['leaf']!, shape: [2 ** 40] } })),
      'does not lie where its shape says',
    ],
    [
      'whose offsets are no numbers',
      withHeader((head) => ({ ...head, leaf: { ...head['leaf']!, data_offsets: ['a', -1] } })),
      'is not described as it should be',
    ],
    [
      'without a provenance',
      safetensors(file.model, { hash: modelHash(file.model) }),
      'names neither hash nor provenance',
    ],
    [
      'with a provenance of nobody',
      safetensors(file.model, { hash: modelHash(file.model), provenance: '{"seed": "x"}' }),
      'the provenance in the file',
    ],
  ])('%s', (_, hostile, words) => {
    expect(() => readModelFile(hostile)).toThrow(RangeError)
    expect(() => readModelFile(hostile)).toThrow(words)
  })
})
