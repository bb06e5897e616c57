import * as tf from '@tensorflow/tfjs'

/**
 * The items' own features, for networks that score items. Where a world has pair features, an
 * input of the advantage branch is [item; pair], put together per candidate.
 *
 * Owns a tensor: call `dispose`.
 */
export class ItemTable {
  readonly width: number // of an input, pair features included
  readonly pairWidth: number
  readonly #features: Float32Array // [N × itemWidth]
  readonly #itemWidth: number
  readonly #tensor: tf.Tensor2D | null

  /** @param features [N × itemWidth] */
  constructor(features: Float32Array, itemWidth: number, pairWidth = 0) {
    this.#features = features
    this.#itemWidth = itemWidth
    this.pairWidth = pairWidth
    this.width = itemWidth + pairWidth
    this.#tensor =
      pairWidth === 0 ? tf.tensor2d(features, [features.length / itemWidth, itemWidth]) : null
  }

  /**
   * All items, [N, itemWidth]; owned by the table.
   * @throws RangeError in a world with pair features, where an item alone is no input
   */
  get tensor(): tf.Tensor2D {
    if (!this.#tensor) throw new RangeError('items with pair features have no inputs of their own')
    return this.#tensor
  }

  /**
   * Inputs of the advantage branch, [n, width]; the caller owns them.
   * @param items rows [n] @param pairs [n × pairWidth], where the world has them
   */
  inputs(items: Int32Array, pairs?: Float32Array): tf.Tensor2D {
    if (this.pairWidth === 0) {
      return tf.tidy(() => tf.gather(this.tensor, tf.tensor1d(items, 'int32')))
    }
    const { width, pairWidth } = this
    const own = this.#itemWidth
    const values = new Float32Array(items.length * width)
    for (let i = 0; i < items.length; i++) {
      const row = items[i]! * own
      values.set(this.#features.subarray(row, row + own), i * width)
      values.set(pairs!.subarray(i * pairWidth, (i + 1) * pairWidth), i * width + own)
    }
    return tf.tensor2d(values, [items.length, width])
  }

  dispose(): void {
    this.#tensor?.dispose()
  }
}
