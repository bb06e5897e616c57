import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import type { ComputeOps } from '#core/compute/ops'
import { selectOps } from '#core/compute/selectOps'
import type { BackendChoice } from '#core/jobContract'
import { nativeShims, probeNative } from './probeNative.ts'

export interface Backend {
  readonly choice: BackendChoice
  readonly ops: ComputeOps
}

type Name = BackendChoice['name']

interface Candidate {
  readonly name: Name
  /** Activates it, or says in a few words why not. */
  readonly start: () => Promise<string | null>
  /** The package whose version is told with the choice. */
  readonly package: string
}

const require = createRequire(import.meta.url)

/** Best first. */
const candidates: readonly Candidate[] = [
  native('tensorflow-gpu', '@tensorflow/tfjs-node-gpu'),
  native('tensorflow', '@tensorflow/tfjs-node'),
  { name: 'wasm', package: '@tensorflow/tfjs-backend-wasm', start: startWasm },
  { name: 'cpu', package: '@tensorflow/tfjs-backend-cpu', start: () => activate('cpu') },
]

/**
 * Makes the best backend that works here the active one of this process, by its own choice or by
 * that of `DUELIST_BACKEND` (one of the names of a BackendChoice).
 * @throws Error when none works, with the reasons
 */
export async function chooseBackend(wanted = process.env['DUELIST_BACKEND']): Promise<Backend> {
  tf.env().set('PROD', true) // no advice on the console, and no checks that training does not need
  const rejected: { name: string; reason: string }[] = []
  for (const candidate of candidates) {
    const refused = wanted && wanted !== candidate.name
    const reason = refused ? `DUELIST_BACKEND asks for ${wanted}` : await startSafely(candidate)
    if (reason !== null) {
      rejected.push({ name: candidate.name, reason })
      continue
    }
    const { ops, reason: slower } = selectOps()
    if (slower) rejected.push({ name: 'simd', reason: slower })
    const versions = {
      tfjs: tf.version_core,
      [candidate.package]: versionOf(candidate.package),
      node: process.versions.node,
    }
    return { choice: { name: candidate.name, ops: ops.id, rejected, versions }, ops }
  }
  const reasons = rejected.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
  throw new Error(`no compute backend works here (${reasons})`)
}

/** Tensors that this process holds. */
export const tensorCount = (): number => tf.memory().numTensors

async function startSafely({ start }: Candidate): Promise<string | null> {
  try {
    return await start()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function native(name: Name, packageName: string): Candidate {
  return {
    name,
    package: packageName,
    async start() {
      const refusal = await probeNative(packageName, import.meta.url)
      if (refusal !== null) return refusal
      nativeShims()
      require(packageName)
      return activate('tensorflow')
    },
  }
}

async function startWasm(): Promise<string | null> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'))
  // one thread: results then do not depend on the machine, and runs share the cores anyway
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return 'this machine has no wasm SIMD'
  return activate('wasm')
}

async function activate(backend: string): Promise<string | null> {
  if (!(await tf.setBackend(backend))) return 'it could not be initialised'
  await tf.ready()
  const product = tf.tidy(() => {
    const square = tf.tensor2d([1, 2, 3, 4], [2, 2])
    return tf.matMul(square, square).dataSync()
  })
  return [...product].join() === '7,10,15,22' ? null : 'a product of two matrices came out wrong'
}

function versionOf(packageName: string): string {
  const manifest = require(`${packageName}/package.json`) as { readonly version: string }
  return manifest.version
}
