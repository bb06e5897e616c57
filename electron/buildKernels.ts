import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const folder = new URL('../core/compute/kernels/', import.meta.url)

/**
 * Compiles the kernels of core/compute/kernels: plain SIMD, memory imported, no runtime, so that the
 * module has no stack, no globals and no data of its own inside the heap it is put onto.
 * @throws Error with the compiler's messages
 */
export async function compileKernels(): Promise<Uint8Array> {
  const messages: string[] = []
  const outputs = new Map<string, Uint8Array | string>()
  const { error } = await asc.main(
    [
      // -O3 merges the unrolled steps into expressions that no longer fit the registers
      ...['index.ts', '--outFile', 'kernels.wasm', '--enable', 'simd', '-O2', '--noAssert'],
      ...['--runtime', 'stub', '--importMemory', '--noExportMemory'],
    ],
    {
      // the sources end in .as, as they are no TypeScript although the compiler asks for .ts
      readFile: (name) => readSource(name.replace(/\.ts$/, '.as')),
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
      stderr: { write: (text) => void messages.push(String(text)) },
    },
  )
  const wasm = outputs.get('kernels.wasm')
  if (error || !(wasm instanceof Uint8Array)) {
    throw new Error(`the kernels do not compile: ${messages.join('')}`)
  }
  return wasm
}

/** core/compute/kernels/bytes.ts for a compiled module: base64, as core can not read files. */
export function kernelModuleSource(wasm: Uint8Array): string {
  const lines =
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,96}/g) ?? []
  return [
    '/** The compiled kernels in base64: written by electron/buildKernels.ts, not by hand. */',
    'export const kernelBytes = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('')",
    '',
  ].join('\n')
}

function readSource(name: string): string | null {
  try {
    return readFileSync(new URL(name, folder), 'utf8')
  } catch {
    return null // the compiler asks for places where a file might be
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('bytes.ts', folder), kernelModuleSource(await compileKernels()))
}
