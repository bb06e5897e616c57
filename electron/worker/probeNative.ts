import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'

const PROBE_MS = 30_000

/** Runs in a process of its own, since a native library may end its process. */
const probe = `
  const { createRequire } = require('node:module')
  const util = require('node:util')
  util.isNullOrUndefined ??= (value) => value == null
  util.isArray ??= Array.isArray
  const tf = createRequire(process.argv[1])(process.argv[2])
  const square = tf.tensor2d([1, 2, 3, 4], [2, 2])
  const values = [...tf.topk(tf.matMul(square, square), 1).values.dataSync()]
  process.stdout.write('works ' + values.join())
`

/**
 * Whether a native tfjs package loads and computes here.
 * @param from URL of the module that would load it
 * @returns null when it works, else why not
 */
export async function probeNative(packageName: string, from: string): Promise<string | null> {
  try {
    createRequire(from).resolve(packageName)
  } catch {
    return `the package ${packageName} is not installed`
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['-e', probe, from, packageName],
      // within Electron the same binary is asked to be plain Node
      { timeout: PROBE_MS, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
      (error, stdout, stderr) => {
        if (stdout.endsWith('works 10,22')) resolve(null)
        else if (!error) resolve('a product of two matrices came out wrong')
        else resolve(failure(error.signal ?? null, error.killed === true, stderr))
      },
    )
  })
}

/**
 * tfjs-node 4.22 still calls two functions that Node 23 removed (tensorflow/tfjs#8425). They are put
 * back on the CommonJS object, as the ES module's is frozen.
 */
export function nativeShims(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  util['isArray'] ??= Array.isArray
}

function failure(signal: string | null, timedOut: boolean, stderr: string): string {
  if (timedOut) return `it did not answer within ${PROBE_MS / 1000} s`
  if (signal) return `it ended its process with ${signal}`
  const line = stderr.split('\n').find((text) => /Error: /.test(text))
  return line?.trim().slice(0, 300) ?? 'it could not be loaded'
}
