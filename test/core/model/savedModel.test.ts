import { describe, expect, it } from 'vitest'
import { modelArray, modelHash, modelSize, SavedModel } from '#core/model/savedModel'

const model: SavedModel = SavedModel.parse({
  kind: 'toy',
  params: { width: 2 },
  arrays: [
    { name: 'w', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
    { name: 'leaf', shape: [3], values: Int32Array.of(2, -1, 0) },
  ],
})
const withValues = (values: Float32Array): SavedModel => ({
  ...model,
  arrays: [{ ...model.arrays[0]!, values }, model.arrays[1]!],
})

describe('a saved model', () => {
  it('gives its arrays by name, type and shape, and says what does not fit', () => {
    expect(modelArray(model, 'w', 'float32', [2, 2])).toEqual(Float32Array.of(1, 2, 3, 4))
    expect(modelArray(model, 'leaf', 'int32', [3])).toEqual(Int32Array.of(2, -1, 0))
    expect(() => modelArray(model, 'b', 'float32', [2])).toThrow('holds no array "b"')
    expect(() => modelArray(model, 'w', 'float32', [4])).toThrow('is [2 × 2]; it must be [4]')
    expect(() => modelArray(model, 'leaf', 'float32', [3])).toThrow('not float32')
    expect(modelSize(model)).toBe(7)
  })

  it('has a hash of its content: each number, each name and the parameters count', () => {
    const hash = modelHash(model)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(modelHash(structuredClone(model))).toBe(hash)
    expect(modelHash(withValues(Float32Array.of(1, 2, 3, 5)))).not.toBe(hash)
    expect(modelHash({ ...model, params: { width: 3 } })).not.toBe(hash)
    expect(modelHash({ ...model, kind: 'other' })).not.toBe(hash)
  })

  it('is refused when a shape does not fit its values', () => {
    const result = SavedModel.safeParse(withValues(Float32Array.of(1, 2)))
    expect(result.error?.issues[0]?.message).toContain('shape')
  })
})
