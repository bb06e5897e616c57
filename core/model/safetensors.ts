import { utf8ToBytes } from '@noble/hashes/utils.js'
import { strFromU8 } from 'fflate'
import { z } from 'zod'
import { canonicalJson } from '#core/specHash'
import { littleEndian, SavedModel } from './savedModel.ts'

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

/** A header of names, shapes and a spec; megabytes of it are something else. */
const longestHeader = 1 << 24

const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const Metadata = z.record(z.string(), z.string())

/**
 * The inverse of `safetensors`.
 * @throws RangeError naming what is wrong: cut short, another format, arrays that overlap or leave gaps,
 * a type that models do not have, no kind or parameters
 */
export function readSafetensors(bytes: Uint8Array): {
  readonly model: SavedModel
  readonly metadata: Readonly<Record<string, string>>
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length < 8 ? -1n : view.getBigUint64(0, true)
  if (length < 2n || length > BigInt(longestHeader)) {
    throw new RangeError('the file is no safetensors file: it does not begin with a header')
  }
  const start = 8 + Number(length)
  if (start > bytes.length) throw new RangeError('the file was cut short within its header')
  const { __metadata__: said, ...entries } = headerOf(bytes.subarray(8, start))
  const metadata = Metadata.safeParse(said ?? {})
  const { kind, params } = metadata.data ?? {}
  if (!metadata.success || kind === undefined || params === undefined) {
    throw new RangeError(
      'the file holds arrays but neither the kind nor the parameters of a model: it was not exported by Duelist',
    )
  }
  let end = start
  const arrays = Object.entries(entries).map(([name, raw]) => {
    const entry = Entry.safeParse(raw)
    if (!entry.success)
      throw new RangeError(`the array "${shown(name)}" is not described as it should be`)
    const { dtype, shape, data_offsets: offsets } = entry.data
    if (dtype !== 'F32' && dtype !== 'I32') {
      throw new RangeError(
        `the array "${shown(name)}" is ${shown(dtype)}; models hold F32 and I32 only`,
      )
    }
    const size = 4 * shape.reduce((product, n) => product * n, 1)
    const [from, to] = [start + offsets[0], start + offsets[1]]
    if (from !== end || to - from !== size) {
      throw new RangeError(`the array "${shown(name)}" does not lie where its shape says`)
    }
    if (to > bytes.length)
      throw new RangeError(`the file was cut short in the array "${shown(name)}"`)
    end = to
    const values =
      dtype === 'F32'
        ? Float32Array.from({ length: size / 4 }, (_, i) => view.getFloat32(from + 4 * i, true))
        : Int32Array.from({ length: size / 4 }, (_, i) => view.getInt32(from + 4 * i, true))
    return { name, shape, values }
  })
  if (end !== bytes.length) {
    throw new RangeError(`the file has ${bytes.length - end} bytes behind its last array`)
  }
  const model = SavedModel.safeParse({ kind, params: parsed(params, 'the parameters'), arrays })
  if (model.success) return { model: model.data, metadata: metadata.data }
  throw new RangeError(`the file is no model: ${model.error.issues[0]!.message}`)
}

function headerOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const header = parsed(strFromU8(bytes), 'the header')
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
    return header as Record<string, unknown>
  }
  throw new RangeError('the file is no safetensors file: its header is no JSON object')
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RangeError(`${what} of the file is no JSON`, { cause: error })
  }
}

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text)
