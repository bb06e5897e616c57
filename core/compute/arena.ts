import { fromBase64 } from './base64.ts'
import type { KernelExports } from './kernelExports.ts'
import { kernelBytes } from './kernels/bytes.ts'
import { multiply, packedBytes, type MatrixProduct, type ProductMemory } from './matrixProduct.ts'
import { instantiate, newMemory, type WasmMemory } from './wasm.ts'

/** Numbers in an arena: a view, and where it lies for the kernels. */
export interface Block {
  readonly at: number // byte offset
  readonly values: Float32Array
}

/** A matrix product on blocks' byte offsets; what is left out is false or none. */
export type ArenaProduct = Pick<MatrixProduct, 'a' | 'b' | 'out' | 'm' | 'n' | 'k'> &
  Partial<MatrixProduct>

const mostBytes = 2 ** 31

/**
 * A memory with the SIMD kernels on it, apart from tfjs. Learners that make thousands of small products
 * per update would spend their time on tensors; here a product is one call, and the bits are the same on
 * every machine and backend.
 */
export class Arena implements ProductMemory {
  readonly kernels: KernelExports
  readonly #memory: WasmMemory
  #end = 64
  #scratch = 0
  #scratchBytes = 0

  /** @param numbers float32 numbers that will be asked for in all, without what products pack */
  constructor(numbers: number) {
    const bytes = Math.ceil(numbers) * 4
    if (bytes > mostBytes) {
      throw new RangeError(`${numbers} numbers do not fit into an arena of 2 GiB`)
    }
    // room to pack operands as large as all blocks, several times over: unused pages are not backed
    this.#memory = newMemory(Math.min(mostBytes, 4 * bytes + 2 ** 25))
    this.kernels = instantiate(fromBase64(kernelBytes), this.#memory) as KernelExports
  }

  /** New numbers, all zero, that live as long as the arena. */
  block(length: number): Block {
    const at = this.#take(length * 4)
    return { at, values: this.floats(at, length) }
  }

  /** B packed for `kernels.gemm`; to be filled by `pack`. */
  packedBlock(k: number, n: number): Block {
    return this.block(packedBytes(k, n) / 4)
  }

  /** B [K, N] row-major at `from`, or transposed [N, K], into the panels at `to`. */
  pack(from: number, to: number, k: number, n: number, transposed = false): void {
    this.kernels.packColumns(from, transposed ? 1 : n, transposed ? k : 1, to, k, n)
  }

  multiply(product: ArenaProduct): void {
    multiply(this, { transposeA: false, transposeB: false, bias: 0, relu: false, ...product })
  }

  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      this.#scratchBytes = Math.ceil(bytes * 1.5)
      this.#scratch = this.#take(this.#scratchBytes)
    }
    return this.#scratch
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length)
  }

  ints(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length)
  }

  #take(bytes: number): number {
    const at = this.#end
    this.#end = Math.ceil((at + bytes + 64) / 64) * 64
    if (this.#end > this.#memory.buffer.byteLength) {
      throw new RangeError(
        `the arena of ${this.#memory.buffer.byteLength} bytes has no ${bytes} left: make a larger one`,
      )
    }
    return at
  }
}
