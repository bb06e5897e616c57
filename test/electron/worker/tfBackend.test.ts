import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nativeShims, probeNative } from '#electron/worker/probeNative'
import { chooseBackend, tensorCount } from '#electron/worker/tfBackend'

describe('the compute backend', () => {
  it('is the best that works, with a reason for each better one and a version', async () => {
    const { choice, ops } = await chooseBackend('')
    const order = ['tensorflow-gpu', 'tensorflow', 'wasm', 'cpu']
    const better = order.slice(0, order.indexOf(choice.name))
    const rejected = choice.rejected.filter(({ name }) => name !== 'simd')
    expect(rejected.map(({ name }) => name)).toEqual(better)
    for (const { reason } of choice.rejected) expect(reason.length).toBeGreaterThan(10)
    expect(choice.versions['tfjs']).toMatch(/^4\./)
    expect(choice.ops).toBe(ops.id)
    expect(tensorCount()).toBe(0)
  })

  it('is the one that is asked for, or an error with every reason', async () => {
    const { choice } = await chooseBackend('cpu')
    expect(choice.name).toBe('cpu')
    expect(choice.rejected.find(({ name }) => name === 'wasm')?.reason).toBe(
      'DUELIST_BACKEND asks for cpu',
    )
    await expect(chooseBackend('abacus')).rejects.toThrow(
      /no compute backend works here \(tensorflow-gpu: DUELIST_BACKEND asks for abacus; .*cpu: /,
    )
  })
})

describe('the probe of a native package', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'duelist-probe-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function probe(source: string): Promise<string | null> {
    const home = join(folder, 'node_modules', 'native')
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'index.js'), source)
    return probeNative('native', pathToFileURL(join(folder, 'from.js')).href)
  }

  const working = (values: string) => `
    const util = require('node:util')
    if (util.isNullOrUndefined(null) !== true || !util.isArray([])) throw new Error('no shims')
    exports.tensor2d = exports.matMul = () => ({})
    exports.topk = () => ({ values: { dataSync: () => ${values} } })`

  it('lets one that computes pass', async () => {
    expect(await probe(working('[10, 22]'))).toBeNull()
  })

  it.each([
    ['wrong numbers', working('[1, 2]'), 'came out wrong'],
    [
      'an addon that can not be loaded',
      "throw new Error('libcudart.so.11 is missing')",
      'libcudart.so.11 is missing',
    ],
    ['a native crash', "process.kill(process.pid, 'SIGSEGV')", 'it ended its process with SIGSEGV'],
    ['a quiet end', 'process.exit(3)', 'it could not be loaded'],
  ])('refuses %s', async (_, source, reason) => {
    expect(await probe(source)).toContain(reason)
  })

  it('knows one that is not installed without starting a process', async () => {
    expect(await probeNative('nowhere', pathToFileURL(join(folder, 'x.js')).href)).toBe(
      'the package nowhere is not installed',
    )
  })

  it('puts back what Node 23 removed', () => {
    nativeShims()
    const util = createRequire(import.meta.url)('node:util')
    expect([
      util.isNullOrUndefined(undefined),
      util.isNullOrUndefined(0),
      util.isArray([]),
    ]).toEqual([true, false, true])
  })
})
