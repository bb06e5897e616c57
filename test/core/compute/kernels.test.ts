import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromBase64 } from '#core/compute/base64'
import { kernelBytes } from '#core/compute/kernels/bytes'
import { compileKernels, kernelModuleSource } from '#electron/buildKernels'

describe('the compiled kernels', () => {
  it('are what a fresh compilation of their sources gives', async () => {
    const wasm = await compileKernels()
    expect(Buffer.from(fromBase64(kernelBytes)).equals(Buffer.from(wasm))).toBe(true)
    const committed = new URL('../../../core/compute/kernels/bytes.ts', import.meta.url)
    expect(readFileSync(committed, 'utf8')).toBe(kernelModuleSource(wasm))
  })

  it('have no stack, no globals and no data in the heap that they are put onto', () => {
    const module = new WebAssembly.Module(Uint8Array.from(fromBase64(kernelBytes)))
    expect(WebAssembly.Module.imports(module)).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ])
    expect(WebAssembly.Module.exports(module).every(({ kind }) => kind === 'function')).toBe(true)
    // table 4, memory 5, global 6, start 8, element 9, data 11: none of them
    expect(sections(fromBase64(kernelBytes))).toEqual([1, 2, 3, 7, 10])
  })

  it('leave what lies around their outputs alone', () => {
    const memory = new WebAssembly.Memory({ initial: 4 })
    const module = new WebAssembly.Module(Uint8Array.from(fromBase64(kernelBytes)))
    const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<
      string,
      (...args: number[]) => unknown
    >
    const floats = new Float32Array(memory.buffer)
    const canary = 1234.5
    /** Runs one kernel over canaries and tells which of the numbers it changed. */
    const changed = (name: string, ...args: number[]): number[] => {
      floats.fill(canary)
      kernels[name]!(...args)
      return [...floats.keys()].filter((i) => floats[i] !== canary)
    }
    const range = (from: number, length: number): number[] =>
      Array.from({ length }, (_, i) => from / 4 + i)
    const [x, y, z, out, work] = [4096, 16384, 32768, 65536, 131072]

    for (const n of [1, 4, 7, 17]) {
      expect(changed('addScaled', out, x, n, 1)).toEqual(range(out, n))
      expect(changed('polyak', out, work, n, 0.5).length).toBe(0) // equal canaries do not move
      expect(changed('reluGradient', z, z, out, n).length).toBe(0) // nor do masked ones
      expect(changed('perturbTensor', x, out, n, 0, 1, 2, 0.5)).toEqual(range(out, n))
      expect(changed('perturbElements', x, out, n, 0, 1, 2, 0.5, 1, 0)).toEqual(range(out, n))
      expect(changed('columnSums', x, out, 3, n)).toEqual(range(out, n))
      expect(changed('gemm', x, y, 0, out, 5, n, 3, 0)).toEqual(range(out, 5 * n))
      expect(changed('dotAll', x, y, out, 3, n, 5, 0)).toEqual(range(out, 3 * n))
      expect(changed('hidden1All', x, y, z, z, out, 3, n, 5)).toEqual(range(out, 3 * n))
      const written = changed('hidden2', x, y, z, z, z, z, 0, out, 3, n, 5, 1, work)
      expect(written.filter((i) => i < work / 4)).toEqual(range(out, 3 * n))
      expect(Math.max(...written)).toBeLessThan(work / 4 + 4 * 5 + 32)
      const packed = changed('packColumns', x, n, 1, out, 3, n)
      const within = new Set(range(out, Math.ceil(n / 8) * 24))
      expect(packed.every((i) => within.has(i))).toBe(true)
      const listed = changed('topK', x, 2, 64 + n, n, out, work)
      expect(listed.filter((i) => i < work / 4)).toEqual(range(out, 2 * n))
      const places = 8 * Math.ceil(n / 4)
      const groups = 8 * Math.floor((Math.floor(1.5 * n) + 15) / 8)
      expect(Math.max(...listed)).toBeLessThan(work / 4 + places + groups)

      floats.fill(canary)
      floats.fill(7, x / 4, x / 4 + 15)
      new Int32Array(memory.buffer, z, 3 * n).fill(4)
      kernels['pickPools']!(x, z, out, 3, n, 5)
      const picked = [...floats.keys()].filter((i) => i >= work / 8 && floats[i] !== canary)
      expect(picked).toEqual(range(out, 3 * n))
    }

    // one item more than fills its panel, one user more than fills four
    floats.fill(canary)
    for (let i = 0; i < 129 * 8; i++) floats[x / 4 + i] = Math.sin(i)
    expect(kernels['roundItems']!(x, y, 129, 8)).toBe(1)
    const rounded = [...floats.keys()].filter((i) => i >= y / 4 && floats[i] !== canary)
    expect(rounded.every((i) => i < y / 4 + (136 * 8) / 2)).toBe(true)
    // as bits, for rounded numbers may read as NaN
    const bits = new Int32Array(memory.buffer)
    const before = bits.slice()
    expect(kernels['rankDot']!(x, x, y, 0, out, 5, 129, 129, 8, 10, work)).toBe(1)
    const ranked = [...bits.keys()].filter((i) => bits[i] !== before[i])
    expect(ranked.filter((i) => i < work / 4)).toEqual(range(out, 50))
    const [halves, wholes] = [8 * (8 + 136) + 136, 8 + 3 * 132 + 8 * 3 + 24]
    expect(Math.max(...ranked)).toBeLessThan(work / 4 + halves / 2 + wholes)
  })
})

describe('fromBase64', () => {
  it('decodes what Buffer encodes', () => {
    for (let length = 0; length < 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 97 + length * 31) & 0xff)
      expect(fromBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
    }
  })

  it('refuses other characters', () => {
    expect(() => fromBase64('AA*A')).toThrow(/"\*"/)
  })
})

/** Section ids of a wasm module in order (WebAssembly core specification, §5.5.2), custom ones left out. */
function sections(wasm: Uint8Array): number[] {
  const ids: number[] = []
  let at = 8
  while (at < wasm.length) {
    const id = wasm[at++]!
    let size = 0
    for (let shift = 0, byte = 0x80; byte & 0x80; shift += 7) {
      byte = wasm[at++]!
      size |= (byte & 0x7f) << shift
    }
    at += size
    if (id !== 0) ids.push(id)
  }
  return ids
}
