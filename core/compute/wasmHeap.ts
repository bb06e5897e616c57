import * as tf from '@tensorflow/tfjs'
import { fromBase64 } from './base64.ts'
import type { KernelExports } from './kernelExports.ts'
import { kernelBytes } from './kernels/bytes.ts'
import { instantiate, isWasmMemory, type WasmMemory } from './wasm.ts'

/** The heap of the tfjs wasm backend with the kernels that work on it. */
export interface WasmHeap {
  readonly kernels: KernelExports
  /** Byte offset of a float32 tensor. Stays valid while the tensor's data lives, also over growth. */
  pointer(tensor: tf.TensorInfo): number
  /**
   * Byte offset of a variable that is about to be written in place. Data shared with another tensor,
   * as a clone shares it, is copied first, so that the other keeps its values.
   */
  ownPointer(variable: tf.Variable): number
  /** A new float32 tensor with arbitrary content, to be returned from a kernel. */
  output(shape: number[]): tf.TensorInfo
  /** Frees a tensor that a kernel made for itself. */
  release(tensor: tf.TensorInfo): void
  /** Offset of at least that many bytes, aligned to 16; the next call may hand out the same ones. */
  scratch(bytes: number): number
  /** Numbers at an offset; to be used at once, for the heap's growth empties every view. */
  floats(pointer: number, length: number): Float32Array
  ints(pointer: number, length: number): Int32Array
}

/** The undocumented part of the backend that the kernels rest on, hence the exact version. */
interface WasmBackend {
  readonly wasm: {
    readonly asm: object
    _malloc(bytes: number): number
    _free(pointer: number): void
  }
  readonly dataIdMap: {
    get(dataId: object): { readonly memoryOffset: number; readonly refCount: number }
  }
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo
  disposeData(dataId: object): boolean
}

const TESTED_VERSION = '4.22.0'

/**
 * Finds the heap behind the active tfjs backend and puts the kernels onto it.
 * @returns the heap, or in a sentence why it can not be used
 */
export function openHeap(): WasmHeap | string {
  const name = tf.getBackend()
  if (name !== 'wasm') return `the kernels need the wasm backend, tfjs runs on ${name}`
  const version = tf.version['tfjs-core']
  if (version !== TESTED_VERSION) {
    return `the kernels were tested with tfjs ${TESTED_VERSION}, this is ${version}`
  }
  const backend: unknown = tf.backend()
  const memory = findMemory(backend)
  if (!memory || !hasInternals(backend)) {
    return 'the wasm backend of tfjs does not show its memory, data map and allocator'
  }
  let kernels: KernelExports
  try {
    kernels = instantiate(fromBase64(kernelBytes), memory) as KernelExports
  } catch (error) {
    return `the kernels do not compile here: ${error instanceof Error ? error.message : 'no SIMD'}`
  }
  const heap = heapOf(backend, memory, kernels)
  return readsBack(heap) ? heap : 'tensors are not where the wasm backend says they are'
}

function findMemory(backend: unknown): WasmMemory | undefined {
  const asm = field(field(backend, 'wasm'), 'asm')
  return typeof asm === 'object' && asm ? Object.values(asm).find(isWasmMemory) : undefined
}

function hasInternals(backend: unknown): backend is WasmBackend {
  const wasm = field(backend, 'wasm')
  return [
    field(wasm, '_malloc'),
    field(wasm, '_free'),
    field(field(backend, 'dataIdMap'), 'get'),
    field(backend, 'makeOutput'),
    field(backend, 'disposeData'),
  ].every((value) => typeof value === 'function')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value ? Reflect.get(value, name) : undefined
}

function heapOf(backend: WasmBackend, memory: WasmMemory, kernels: KernelExports): WasmHeap {
  let scratch = 0
  let scratchBytes = 0
  const pointer = (tensor: tf.TensorInfo): number => {
    if (tensor.dtype !== 'float32') throw new TypeError(`${tensor.dtype} tensor, float32 is needed`)
    return backend.dataIdMap.get(tensor.dataId).memoryOffset
  }
  return {
    kernels,
    pointer,
    ownPointer(variable) {
      if (backend.dataIdMap.get(variable.dataId).refCount > 1) {
        const copy = tf.tensor(variable.dataSync().slice(), variable.shape, variable.dtype)
        variable.assign(copy)
        copy.dispose()
      }
      return pointer(variable)
    },
    output: (shape) => backend.makeOutput(shape, 'float32'),
    release: (tensor) => void backend.disposeData(tensor.dataId),
    scratch(bytes) {
      if (bytes > scratchBytes) {
        if (scratch) backend.wasm._free(scratch)
        // a quarter more than asked for, so that slowly growing requests do not reallocate each time
        scratchBytes = Math.ceil(bytes * 1.25) + 16
        scratch = backend.wasm._malloc(scratchBytes) >>> 0
        if (!scratch) {
          const refused = scratchBytes
          scratchBytes = 0
          throw new RangeError(`the wasm heap has no ${refused} bytes of scratch left`)
        }
      }
      return Math.ceil(scratch / 16) * 16
    },
    floats: (at, length) => new Float32Array(memory.buffer, at, length),
    ints: (at, length) => new Int32Array(memory.buffer, at, length),
  }
}

/** Whether a tensor's numbers lie at its pointer, and a number written there is the tensor's. */
function readsBack(heap: WasmHeap): boolean {
  const values = [1, -2, 3, 0.5, 7]
  const tensor = tf.tensor1d(values)
  const view = heap.floats(heap.pointer(tensor), values.length)
  let same = values.every((value, i) => view[i] === value)
  if (same) {
    view[4] = 11
    same = tensor.dataSync()[4] === 11
  }
  tensor.dispose()
  return same
}
