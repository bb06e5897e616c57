import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { canonicalJson } from '#core/specHash'

/** What training leaves behind: plain numbers, from which its kind makes a ranker again. */
export interface SavedModel {
  readonly kind: string // who can read it: 'drn', 'tpgr', …
  readonly params: unknown // plain JSON, checked by the kind
  readonly arrays: readonly ModelArray[]
}

/** Names a model by its content, see `modelHash`. */
export const ModelHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'it must be the hash of a saved model, 64 hexadecimal digits')

/** Models by their hash. */
export type ModelsByHash = Readonly<Record<string, SavedModel>>

interface ModelArray {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array // row-major
}

const isNumbers = (value: unknown): value is ModelArray['values'] =>
  value instanceof Float32Array || value instanceof Int32Array

export const SavedModel: z.ZodType<SavedModel> = z.strictObject({
  kind: z.string().min(1).max(40),
  params: z.unknown(),
  arrays: z
    .array(
      z
        .strictObject({
          name: z.string().min(1).max(120),
          shape: z.array(z.int().min(0)),
          values: z.custom<ModelArray['values']>(isNumbers, 'not an array of 32-bit numbers'),
        })
        .refine(({ shape, values }) => sizeOf(shape) === values.length, {
          message: 'the shape does not fit the number of values',
        }),
    )
    .max(10_000),
})

/**
 * An array of a model by its name.
 * @param shape that it must have
 * @throws RangeError that names what is missing or of another shape
 */
export function modelArray<T extends 'float32' | 'int32'>(
  model: SavedModel,
  name: string,
  type: T,
  shape: readonly number[],
): T extends 'float32' ? Float32Array : Int32Array {
  const array = model.arrays.find((candidate) => candidate.name === name)
  if (!array) throw new RangeError(`the ${model.kind} model holds no array "${name}"`)
  const wanted = `[${shape.join(' × ')}]`
  const held = `[${array.shape.join(' × ')}]`
  if (wanted !== held) {
    throw new RangeError(`"${name}" of the ${model.kind} model is ${held}; it must be ${wanted}`)
  }
  if (typeOf(array.values) !== type) {
    throw new RangeError(`"${name}" of the ${model.kind} model is not ${type}`)
  }
  return array.values as T extends 'float32' ? Float32Array : Int32Array
}

/** SHA-256 over kind, parameters and arrays: equal exactly when two models are, 64 hex digits. */
export function modelHash({ kind, params, arrays }: SavedModel): string {
  const layout = arrays.map(({ name, shape, values }) => ({ name, shape, type: typeOf(values) }))
  const hash = sha256.create().update(utf8ToBytes(canonicalJson({ kind, params, layout })))
  for (const { values } of arrays) hash.update(littleEndian(values))
  return bytesToHex(hash.digest())
}

/** Numbers that it holds. */
export const modelSize = ({ arrays }: SavedModel): number =>
  arrays.reduce((sum, { values }) => sum + values.length, 0)

const typeOf = (values: Float32Array | Int32Array): 'float32' | 'int32' =>
  values instanceof Float32Array ? 'float32' : 'int32'

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1)

/** The bytes of 32-bit numbers, the same on every machine. */
export function littleEndian(values: Float32Array | Int32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) =>
    values instanceof Float32Array
      ? view.setFloat32(4 * i, value, true)
      : view.setInt32(4 * i, value, true),
  )
  return bytes
}
