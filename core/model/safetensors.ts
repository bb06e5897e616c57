import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '#core/specHash'
import { littleEndian, type SavedModel } from './savedModel.ts'

/**
 * A model as a safetensors file, which NumPy and PyTorch read: u64 length of the header · the header
 * as JSON, padded by spaces to 8 bytes · the arrays, little-endian, in order.
 * Source: the format's description, huggingface.co/docs/safetensors.
 * @param metadata more about the model; kind and parameters are always there
 */
export function safetensors(
  { kind, params, arrays }: SavedModel,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = {
    __metadata__: { ...metadata, kind, params: canonicalJson(params) },
  }
  let size = 0
  for (const { name, shape, values } of arrays) {
    const dtype = values instanceof Float32Array ? 'F32' : 'I32'
    header[name] = { dtype, shape, data_offsets: [size, size + 4 * values.length] }
    size += 4 * values.length
  }
  const json = utf8ToBytes(JSON.stringify(header))
  const start = 8 + Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(start + size).fill(SPACE, 8, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(json, 8)
  let at = start
  for (const { values } of arrays) {
    bytes.set(littleEndian(values), at)
    at += 4 * values.length
  }
  return bytes
}

const SPACE = 0x20
