import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { selectOps } from '#core/compute/selectOps'
import { openHeap } from '#core/compute/wasmHeap'

afterEach(() => vi.restoreAllMocks())

/** The backend as the kernels' start sees it, with some of its properties changed. */
function pretend(change: (backend: Record<string, unknown>) => void): void {
  const real = tf.backend()
  const copy = Object.create(real) as Record<string, unknown>
  change(copy)
  vi.spyOn(tf.engine(), 'backend', 'get').mockReturnValue(copy as unknown as tf.KernelBackend)
}

describe('selectOps', () => {
  it('takes the tfjs operations on cpu, and says why', async () => {
    await tf.setBackend('cpu')
    const { ops, reason } = selectOps()
    expect(ops.id).toBe('tfjs')
    expect(reason).toMatch(/need the wasm backend, tfjs runs on cpu/)
  })

  it('takes the kernels on wasm, once per backend', async () => {
    await tf.setBackend('wasm')
    const first = selectOps()
    expect(first.reason).toBeNull()
    expect(first.ops.id).toBe('simd')
    expect(selectOps()).toBe(first)
  })

  it.each([
    ['memory', (backend: Record<string, unknown>) => (backend['wasm'] = { asm: {} })],
    ['wasm module', (backend: Record<string, unknown>) => (backend['wasm'] = undefined)],
    ['data map', (backend: Record<string, unknown>) => (backend['dataIdMap'] = {})],
    ['outputs', (backend: Record<string, unknown>) => (backend['makeOutput'] = undefined)],
  ])('falls back when the backend hides its %s', async (_what, change) => {
    await tf.setBackend('wasm')
    pretend(change)
    const { ops, reason } = selectOps()
    expect(ops.id).toBe('tfjs')
    expect(reason).toMatch(/does not show its memory, data map and allocator/)
  })

  it('falls back when tensors are not where the backend says', async () => {
    await tf.setBackend('wasm')
    const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }
    const elsewhere = new WebAssembly.Memory({ initial: wasm.HEAPU8.length / 65536 })
    pretend((backend) => {
      backend['wasm'] = Object.create(wasm, { asm: { value: { memory: elsewhere } } })
    })
    expect(selectOps().reason).toMatch(/not where the wasm backend says/)
  })

  it('falls back on another version of tfjs', async () => {
    await tf.setBackend('wasm')
    const version = tf.version as Record<string, string>
    const tested = version['tfjs-core']!
    version['tfjs-core'] = '4.23.0'
    try {
      expect(openHeap()).toMatch(/tested with tfjs 4\.22\.0, this is 4\.23\.0/)
    } finally {
      version['tfjs-core'] = tested
    }
  })
})
