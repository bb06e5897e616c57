import * as tf from '@tensorflow/tfjs'
import type { WasmHeap } from './wasmHeap.ts'

/** Item sides whose rounded numbers are kept: those of the networks that serve at a time. */
const KEPT = 4
/** Numbers of an item side; larger ones are bound by memory, and would fill it. */
const LARGEST = 2 ** 22

/** Where the panels of an item side lie; 0 where there are none. */
export type RoundedItems = (itemSide: tf.Tensor2D) => number

/**
 * Item sides in few bits for `rankDot`, kept as long as they are in use: a tensor's numbers never change.
 */
export function roundedItems(heap: WasmHeap): RoundedItems {
  const kept: { readonly of: object | null; readonly panels: tf.TensorInfo | null }[] = []
  return (itemSide) => {
    const found = kept.findIndex(({ of }) => of === itemSide.dataId)
    const [items, width] = itemSide.shape
    const entry = kept.splice(found < 0 ? KEPT - 1 : found, 1)[0]
    if (found >= 0) {
      kept.unshift(entry!)
      return entry!.panels ? heap.pointer(entry!.panels) : 0
    }
    if (entry?.panels) heap.release(entry.panels)
    if (width % 8 !== 0 || width > 256 || items * width > LARGEST) return 0
    const panels = heap.output([(((items + 7) & ~7) * width) / 2])
    const done = heap.kernels.roundItems(heap.pointer(itemSide), heap.pointer(panels), items, width)
    if (!done) heap.release(panels)
    // a variable is written in place
    const of = itemSide instanceof tf.Variable ? null : itemSide.dataId
    kept.unshift({ of, panels: done ? panels : null })
    return done ? heap.pointer(panels) : 0
  }
}
