import type { WasmHeap } from './wasmHeap.ts'

/** C [M, N] = relu?(A·B + bias); byte offsets of row-major matrices. */
export interface MatrixProduct {
  /** [M, K], or [K, M] when transposed */
  readonly a: number
  readonly transposeA: boolean
  /** [K, N], or [N, K] when transposed */
  readonly b: number
  readonly transposeB: boolean
  /** N numbers, or 0 for none */
  readonly bias: number
  readonly out: number
  readonly m: number
  readonly n: number
  readonly k: number
  readonly relu: boolean
}

/** What a product needs of the memory that it works on. */
export type ProductMemory = Pick<WasmHeap, 'kernels' | 'scratch' | 'floats'>

/** Multiplies on the heap. The bits of a row of C do not depend on the other rows or their number. */
export function multiply(heap: ProductMemory, product: MatrixProduct): void {
  const { a, transposeA, b, transposeB, bias, out, m, n, k, relu } = product
  const { kernels } = heap
  if (m === 0 || n === 0) return
  if (n === 1 && !relu && !transposeA) {
    // a column fills one lane in eight of a panel, but is one row against the rows of A
    kernels.dotAll(b, a, out, 1, m, k, bias ? heap.floats(bias, 1)[0]! : 0)
    return
  }
  if (n === 1 && !relu && !bias) {
    // Aᵀ times a column: the transposed product has one row and wide columns
    const packed = heap.scratch(packedBytes(k, m))
    kernels.packColumns(a, m, 1, packed, k, m)
    kernels.gemm(b, packed, 0, out, 1, m, k, 0)
    return
  }
  const packed = heap.scratch(packedBytes(k, n) + (transposeA ? m * k * 4 : 0))
  const rows = transposeA ? packed + packedBytes(k, n) : a
  if (transposeA) kernels.transpose(a, rows, k, m)
  kernels.packColumns(b, transposeB ? 1 : n, transposeB ? k : 1, packed, k, n)
  kernels.gemm(rows, packed, bias, out, m, n, k, relu ? 1 : 0)
}

/** Bytes that `packColumns` fills for K rows of N columns. */
export function packedBytes(k: number, n: number): number {
  return Math.ceil(n / 8) * 32 * k
}
