import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { BalancedTree } from './balancedTree.ts'

export interface Drift {
  readonly added: number
  readonly removed: number
  /** Most less fewest items under one parent of leaves; at most 1 after a build. */
  readonly spread: number
  /** Whether a rebuild would make the tree noticeably more even, or no leaf is free. */
  readonly rebuildAdvised: boolean
}

/**
 * A tree whose items come and go without a rebuild. A new item takes a free leaf under the parent whose
 * items' mean is nearest to its vector; the policies above keep their weights, as no leaf moves.
 */
export class LivingTree {
  readonly depth: number
  readonly children: number
  readonly leaf: Int32Array
  readonly #width: number
  readonly #slotOf: number[]
  readonly #sums: Float64Array // [parents × width]
  readonly #counts: Int32Array // [parents]
  readonly #vectors = new Map<number, Float32Array>()
  #added = 0
  #removed = 0

  constructor(tree: BalancedTree, vectors: ItemVectors) {
    this.depth = tree.depth
    this.children = tree.children
    this.leaf = tree.leaf.slice()
    this.#width = vectors.width
    this.#slotOf = [...tree.slotOf]
    const parents = this.leaf.length / this.children
    this.#counts = new Int32Array(parents)
    this.#sums = new Float64Array(parents * vectors.width)
    this.leaf.forEach((item, slot) => {
      if (item >= 0) {
        this.#place(item, slot, vectors.values.slice(item * this.#width, (item + 1) * this.#width))
      }
    })
  }

  /**
   * @returns the leaf slot of the new item; its number is the one after the highest so far
   * @throws RangeError if no leaf is free: the tree has to be rebuilt
   */
  add(vector: Float32Array): { readonly item: number; readonly slot: number } {
    if (vector.length !== this.#width) {
      throw new RangeError(`the vector has ${vector.length} numbers, the items have ${this.#width}`)
    }
    let parent = -1
    let nearest = Infinity
    for (let p = 0; p < this.#counts.length; p++) {
      const n = this.#counts[p]!
      if (n >= this.children) continue
      let square = 0
      for (let f = 0; f < this.#width; f++) {
        const centre = n > 0 ? this.#sums[p * this.#width + f]! / n : 0
        square += (vector[f]! - centre) ** 2
      }
      // an empty parent has no centre: only where nothing else is free
      const distance = n > 0 ? square : Number.MAX_VALUE
      if (distance < nearest) {
        nearest = distance
        parent = p
      }
    }
    if (parent < 0) {
      throw new RangeError(`all ${this.leaf.length} leaves are taken: rebuild the tree`)
    }
    const slot = this.leaf.indexOf(-1, parent * this.children)
    const item = this.#slotOf.length
    this.#slotOf.push(-1)
    this.#place(item, slot, vector)
    this.#added++
    return { item, slot }
  }

  /** @throws RangeError for an item that the tree does not hold */
  remove(item: number): void {
    const slot = this.#slotOf[item] ?? -1
    if (slot < 0) throw new RangeError(`item ${item} is not in the tree`)
    const parent = Math.floor(slot / this.children)
    const vector = this.#vectors.get(item)!
    for (let f = 0; f < this.#width; f++) this.#sums[parent * this.#width + f]! -= vector[f]!
    this.#counts[parent]!--
    this.leaf[slot] = -1
    this.#slotOf[item] = -1
    this.#vectors.delete(item)
    this.#removed++
  }

  tree(): BalancedTree {
    const { depth, children, leaf } = this
    return { depth, children, leaf: leaf.slice(), slotOf: Int32Array.from(this.#slotOf) }
  }

  drift(): Drift {
    let [least, most] = [Infinity, 0]
    for (const n of this.#counts) {
      least = Math.min(least, n)
      most = Math.max(most, n)
    }
    const spread = most - least
    const full = !this.leaf.includes(-1)
    const uneven = spread > Math.max(2, this.children / 4)
    return { added: this.#added, removed: this.#removed, spread, rebuildAdvised: full || uneven }
  }

  #place(item: number, slot: number, vector: Float32Array): void {
    const parent = Math.floor(slot / this.children)
    for (let f = 0; f < this.#width; f++) this.#sums[parent * this.#width + f]! += vector[f]!
    this.#counts[parent]!++
    this.leaf[slot] = item
    this.#slotOf[item] = slot
    this.#vectors.set(item, vector)
  }
}
