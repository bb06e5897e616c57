import type * as tf from '@tensorflow/tfjs'
import { packedBytes } from './matrixProduct.ts'
import type { ScoringHead } from './ops.ts'
import type { RoundedItems } from './roundedItems.ts'
import { checkPools, checkScoring, checkTopK } from './shapes.ts'
import { LONGEST_LIST, topKArray } from './topKArray.ts'
import type { WasmHeap } from './wasmHeap.ts'

/** Scores held on the heap at a time; more users are served in turns. */
const HELD_SCORES = 2 ** 22

/**
 * Up to how many items per place of a pool a dot head scores them all and picks: users then share one
 * pass over the items, whose rows are read in order. Both ways give the same bits. The other heads
 * compute too much per item for that to pay.
 */
const DENSE_POOL = 2

interface ScoringCall {
  readonly userSide: tf.Tensor2D
  readonly itemSide: tf.Tensor2D
  readonly head: ScoringHead
  readonly pools: Int32Array | null
  readonly poolSize: number
}

/** `ComputeOps.scorePools` on the heap. */
export function scorePools(heap: WasmHeap, call: ScoringCall, out: Float32Array): void {
  checkScoring(call.userSide, call.itemSide, call.head, call.poolSize, out.length, call.pools)
  scoreInTurns(heap, call, 0, (scores, first, users) => {
    const size = users * call.poolSize
    out.set(heap.floats(scores, size), first * call.poolSize)
  })
}

/** `ComputeOps.rankPools` on the heap: the scores never leave it. @param rounded of this heap */
export function rankPools(
  heap: WasmHeap,
  rounded: RoundedItems,
  call: ScoringCall,
  k: number,
  out: Int32Array,
): void {
  const { userSide, poolSize } = call
  checkScoring(userSide, call.itemSide, call.head, poolSize, Infinity, call.pools)
  checkTopK(Infinity, userSide.shape[0], poolSize, k, out.length)
  if (rankCoarsely(heap, rounded, call, k, out)) return
  scoreInTurns(heap, call, listBytes(k), (scores, first, users, list) => {
    if (k > LONGEST_LIST) {
      const turn = heap.floats(scores, users * poolSize)
      topKArray(turn, users, poolSize, k, out.subarray(first * k))
      return
    }
    // the positions overwrite the scores: row r's k positions end before row r + 1's scores begin
    heap.kernels.topK(scores, users, poolSize, k, scores, list)
    out.set(heap.ints(scores, users * k), first * k)
  })
}

/** Fewer users do not pay for rounding the items. */
const COARSE_USERS = 8

/**
 * Long lists of candidates of a dot head, by products in few bits and in full for those that may be among
 * the best: the same lists.
 * @returns whether it could be done so
 */
function rankCoarsely(
  heap: WasmHeap,
  rounded: RoundedItems,
  call: ScoringCall,
  k: number,
  out: Int32Array,
): boolean {
  const { userSide, itemSide, head, pools, poolSize } = call
  const [users, width] = userSide.shape
  const items = itemSide.shape[0]
  const turn = Math.min(users, Math.floor(HELD_SCORES / items) & ~3)
  const pays =
    head.kind === 'dot' &&
    turn >= COARSE_USERS &&
    k <= LONGEST_LIST &&
    poolSize >= 4 * (8 + 1.5 * k) &&
    (pools === null || items <= DENSE_POOL * poolSize)
  const panels = pays ? rounded(itemSide) : 0
  if (panels === 0) return false
  const [rows, columns] = [(turn + 3) & ~3, (items + 7) & ~7]
  const listBlock = aligned(turn * k * 4)
  const poolBlock = pools ? aligned(turn * poolSize * 4) : 0
  const halves = rows * (width + columns) + ((poolSize + 7) & ~7)
  const wholes = rows + 3 * ((poolSize + 3) & ~3)
  const list = heap.scratch(listBlock + poolBlock + 2 * halves + 4 * wholes + listBytes(k))
  const poolAt = pools ? list + listBlock : 0
  const work = list + listBlock + poolBlock
  const { kernels } = heap
  for (let first = 0; first < users; first += turn) {
    const count = Math.min(turn, users - first)
    if (pools) writePools(heap, pools, first * poolSize, count * poolSize, poolAt, items)
    const u = heap.pointer(userSide) + first * width * 4
    const p = heap.pointer(itemSide)
    if (!kernels.rankDot(u, p, panels, poolAt, list, count, items, poolSize, width, k, work)) {
      return false
    }
    out.set(heap.ints(list, count * k), first * k)
  }
  return true
}

/** @throws RangeError if a pool names a row outside [0, items) */
function writePools(
  heap: WasmHeap,
  pools: Int32Array,
  from: number,
  size: number,
  at: number,
  items: number,
): void {
  heap.ints(at, size).set(pools.subarray(from, from + size))
  if (heap.kernels.largestIndex(at, size) >>> 0 >= items) checkPools(pools, from + size, items)
}

/** `ComputeOps.topK` on the heap. */
export function topK(
  heap: WasmHeap,
  scores: Float32Array,
  rows: number,
  width: number,
  k: number,
  out: Int32Array,
): void {
  checkTopK(scores.length, rows, width, k, out.length)
  if (k > LONGEST_LIST) {
    topKArray(scores, rows, width, k, out)
    return
  }
  const turn = Math.max(1, Math.floor(HELD_SCORES / width))
  for (let first = 0; first < rows; first += turn) {
    const count = Math.min(turn, rows - first)
    const list = heap.scratch(listBytes(k) + count * width * 4)
    const at = list + listBytes(k)
    heap.floats(at, count * width).set(scores.subarray(first * width, (first + count) * width))
    heap.kernels.topK(at, count, width, k, at, list)
    out.set(heap.ints(at, count * k), first * k)
  }
}

/** Bytes of the kernel's sorted list, scores and positions in whole vectors, and its group maxima. */
function listBytes(k: number): number {
  return Math.ceil(k / 4) * 32 + Math.floor((Math.floor(1.5 * k) + 15) / 8) * 32
}

/**
 * Scores the users in turns. `receive` gets the offset of a turn's scores, its first user, its number
 * of users and the offset of `extraBytes` of scratch.
 */
function scoreInTurns(
  heap: WasmHeap,
  { userSide, itemSide, head, pools, poolSize }: ScoringCall,
  extraBytes: number,
  receive: (scores: number, first: number, users: number, extra: number) => void,
): void {
  const [users, width] = userSide.shape
  const items = itemSide.shape[0]
  // at least four users share one pass over the items
  const turn = Math.min(users, Math.max(4, Math.floor(HELD_SCORES / poolSize)))
  const scoreBytes = aligned(turn * poolSize * 4)
  const poolBytes = pools ? scoreBytes : 0
  const headBytes = head.kind === 'hidden2' ? hidden2Bytes(head, width) : 0
  const wholly = pools !== null && head.kind === 'dot' && items <= DENSE_POOL * poolSize
  const allBytes = wholly ? aligned(turn * items * 4) : 0
  const extra = heap.scratch(aligned(extraBytes) + scoreBytes + poolBytes + allBytes + headBytes)
  const scores = extra + aligned(extraBytes)
  const poolAt = pools ? scores + scoreBytes : 0
  const allAt = scores + scoreBytes + poolBytes
  const score = scorer(heap, head, width, allAt + allBytes)
  for (let first = 0; first < users; first += turn) {
    const count = Math.min(turn, users - first)
    if (pools) {
      writePools(heap, pools, first * poolSize, count * poolSize, poolAt, items)
    }
    const u = heap.pointer(userSide) + first * width * 4
    const p = heap.pointer(itemSide)
    if (wholly) {
      score(u, p, 0, allAt, count, items)
      heap.kernels.pickPools(allAt, poolAt, scores, count, poolSize, items)
    } else {
      score(u, p, poolAt, scores, count, poolSize)
    }
    receive(scores, first, count, extra)
  }
}

/** Offsets of user rows, item rows, pools (0: all items) and scores; users and pool size. */
type Scorer = (
  u: number,
  p: number,
  pools: number,
  out: number,
  users: number,
  poolSize: number,
) => void

function scorer(heap: WasmHeap, head: ScoringHead, width: number, scratch: number): Scorer {
  const { kernels } = heap
  switch (head.kind) {
    case 'dot':
      return (u, p, pools, out, users, size) =>
        pools
          ? kernels.dotPools(u, p, pools, out, users, size, width)
          : kernels.dotAll(u, p, out, users, size, width, 0)
    case 'hidden1': {
      const [w, b] = [heap.pointer(head.w), heap.pointer(head.b)]
      return (u, p, pools, out, users, size) =>
        pools
          ? kernels.hidden1Pools(u, p, w, b, pools, out, users, size, width)
          : kernels.hidden1All(u, p, w, b, out, users, size, width)
    }
    case 'hidden2': {
      const inner = head.hiddenW.shape[1]
      const panels = Math.ceil(inner / 8)
      const bias = scratch + packedBytes(width, inner)
      const weights = bias + panels * 32
      const work = weights + panels * 32
      kernels.packColumns(heap.pointer(head.hiddenW), inner, 1, scratch, width, inner)
      padded(heap, heap.pointer(head.hiddenB), inner, bias, panels * 8)
      padded(heap, heap.pointer(head.w), inner, weights, panels * 8)
      const b = heap.pointer(head.b)
      return (u, p, pools, out, users, size) =>
        kernels.hidden2(
          u,
          p,
          scratch,
          bias,
          weights,
          b,
          pools,
          out,
          users,
          size,
          width,
          panels,
          work,
        )
    }
  }
}

/** Panels, padded bias and weights, and four first layers with their sums. */
function hidden2Bytes(head: Extract<ScoringHead, { kind: 'hidden2' }>, width: number): number {
  const inner = head.hiddenW.shape[1]
  return packedBytes(width, inner) + Math.ceil(inner / 8) * 64 + (4 * width + 32) * 4
}

function padded(heap: WasmHeap, from: number, length: number, to: number, size: number): void {
  const out = heap.floats(to, size).fill(0)
  out.set(heap.floats(from, length))
}

function aligned(bytes: number): number {
  return (bytes + 15) & ~15
}
