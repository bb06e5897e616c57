import type * as tf from '@tensorflow/tfjs'
import type { ScoringHead } from './ops.ts'

/**
 * Checks one scoring call, so that no implementation reads outside its arrays; what the pools hold is
 * left to `checkPools`.
 * @returns R users, N items and the width H that both sides share
 * @throws RangeError naming what disagrees
 */
export function checkScoring(
  userSide: tf.Tensor2D,
  itemSide: tf.Tensor2D,
  head: ScoringHead,
  poolSize: number,
  outLength: number,
  pools: Int32Array | null,
): { readonly users: number; readonly items: number; readonly width: number } {
  const [users, width] = userSide.shape
  const [items, itemWidth] = itemSide.shape
  if (itemWidth !== width) {
    throw new RangeError(`user side has width ${width}, item side ${itemWidth}`)
  }
  checkHead(head, width)
  if (!Number.isInteger(poolSize) || poolSize < 1) {
    throw new RangeError(`poolSize ${poolSize} is not an integer ≥ 1`)
  }
  if (outLength < users * poolSize) {
    throw new RangeError(`out holds ${outLength} scores, ${users} pools of ${poolSize} need more`)
  }
  if (pools && pools.length < users * poolSize) {
    throw new RangeError(`pools holds ${pools.length} item rows, ${users * poolSize} are needed`)
  }
  if (!pools && poolSize !== items) {
    throw new RangeError(`poolSize ${poolSize} without pools must be the ${items} items`)
  }
  return { users, items, width }
}

function checkHead(head: ScoringHead, width: number): void {
  if (head.kind === 'dot') return
  let inner = width
  if (head.kind === 'hidden2') {
    const [rows, columns] = head.hiddenW.shape
    if (rows !== width || head.hiddenB.shape[0] !== columns) {
      throw new RangeError(
        `hidden2: hiddenW [${rows}, ${columns}] and hiddenB [${head.hiddenB.shape[0]}] ` +
          `do not fit width ${width}`,
      )
    }
    inner = columns
  }
  if (head.w.shape[0] !== inner || head.w.shape[1] !== 1 || head.b.shape[0] !== 1) {
    throw new RangeError(
      `${head.kind}: w ${shapeText(head.w)} and b ${shapeText(head.b)} ` +
        `must be [${inner}, 1] and [1]`,
    )
  }
}

/** @throws RangeError naming the first of the needed rows that is outside [0, items) */
export function checkPools(pools: Int32Array, needed: number, items: number): void {
  for (let i = 0; i < needed; i++) {
    // one unsigned comparison refuses negative rows too
    if (pools[i]! >>> 0 >= items) {
      throw new RangeError(`pools[${i}] is ${pools[i]!}, outside the ${items} items`)
    }
  }
}

/** @throws RangeError if a row has fewer than k scores or an array is too short */
export function checkTopK(
  scoresLength: number,
  rows: number,
  width: number,
  k: number,
  outLength: number,
): void {
  if (!Number.isInteger(k) || k < 1 || k > width) {
    throw new RangeError(`k ${k} is not an integer from 1 to the row width ${width}`)
  }
  if (scoresLength < rows * width) {
    throw new RangeError(`scores holds ${scoresLength} numbers, ${rows} rows of ${width} need more`)
  }
  if (outLength < rows * k) {
    throw new RangeError(`out holds ${outLength} positions, ${rows} rows of ${k} need more`)
  }
}

/** A shape as messages write it: [2, 3]. */
export function shapeText({ shape }: tf.TensorInfo): string {
  return `[${shape.join(', ')}]`
}

/** @throws RangeError if two lists of tensors differ in length or in a size */
export function checkPairs(target: readonly tf.Tensor[], source: readonly tf.Tensor[]): void {
  if (target.length !== source.length) {
    throw new RangeError(`${target.length} targets, ${source.length} sources`)
  }
  for (let i = 0; i < target.length; i++) {
    if (target[i]!.size !== source[i]!.size) {
      throw new RangeError(
        `tensor ${i}: target ${shapeText(target[i]!)}, source ${shapeText(source[i]!)}`,
      )
    }
  }
}

/** @throws RangeError if a saved optimiser does not fit the slots of this one */
export function checkSlots(sizes: readonly number[], slots: readonly Float32Array[]): void {
  if (sizes.length !== slots.length || sizes.some((size, i) => slots[i]!.length !== size)) {
    throw new RangeError(
      `optimizer slots of sizes [${slots.map((slot) => slot.length).join(', ')}] ` +
        `do not fit [${sizes.join(', ')}]`,
    )
  }
}
