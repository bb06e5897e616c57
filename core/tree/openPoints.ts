import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { nearestCentre, type Centres } from './nearestCentre.ts'

interface Offer {
  readonly point: number
  readonly item: number
  readonly centre: number
  readonly distance: number
}

const before = (a: Offer, b: Offer): boolean =>
  a.distance - b.distance < 0 ||
  (a.distance === b.distance && (a.item < b.item || (a.item === b.item && a.centre < b.centre)))

/**
 * Deals points to centres with room by globally rising (distance, item, centre): a heap of each point's
 * nearest centre that still has room, so that the pairs of all points and centres are never listed.
 */
export class OpenPoints {
  readonly #heap: Offer[] = []
  readonly #items: readonly number[]
  readonly #vectors: ItemVectors
  readonly #centres: Centres
  readonly #room: Int32Array

  /** @param room places left in each centre; at least as many in all as there are items */
  constructor(items: readonly number[], vectors: ItemVectors, centres: Centres, room: Int32Array) {
    this.#items = items
    this.#vectors = vectors
    this.#centres = centres
    this.#room = room.slice()
    for (let point = 0; point < items.length; point++) this.#offer(point)
  }

  /** Every point once, with its centre. */
  *assign(): Generator<{ readonly point: number; readonly centre: number }> {
    while (this.#heap.length > 0) {
      const { point, centre } = this.#pop()
      if (this.#room[centre] === 0) {
        this.#offer(point)
        continue
      }
      this.#room[centre]!--
      yield { point, centre }
    }
  }

  #offer(point: number): void {
    const item = this.#items[point]!
    const heap = this.#heap
    heap.push({ point, item, ...nearestCentre(item, this.#vectors, this.#centres, this.#room) })
    let at = heap.length - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(heap[at]!, heap[parent]!)) break
      this.#swap(at, parent)
      at = parent
    }
  }

  #pop(): Offer {
    const heap = this.#heap
    const top = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      let at = 0
      for (;;) {
        const left = 2 * at + 1
        let least = at
        if (left < heap.length && before(heap[left]!, heap[least]!)) least = left
        if (left + 1 < heap.length && before(heap[left + 1]!, heap[least]!)) least = left + 1
        if (least === at) break
        this.#swap(at, least)
        at = least
      }
    }
    return top
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a]!
    this.#heap[a] = this.#heap[b]!
    this.#heap[b] = kept
  }
}
