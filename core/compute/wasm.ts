/** The part of WebAssembly used here: the language's own library does not declare it. */
interface WasmMemory {
  readonly buffer: ArrayBuffer
}
interface WasmApi {
  readonly Memory: new (limits: { readonly initial: number }) => WasmMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: object }
}
declare const WebAssembly: WasmApi

export type { WasmMemory }

export function isWasmMemory(value: unknown): value is WasmMemory {
  return value instanceof WebAssembly.Memory
}

/**
 * Compiles a module that imports nothing but `env.memory`.
 * @throws an engine's CompileError where it lacks SIMD
 */
export function instantiate(bytes: Uint8Array, memory: WasmMemory): object {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports
}

const PAGE = 65536

/** A memory of its own, outside any backend; pages that are never touched cost nothing. */
export function newMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) })
}
