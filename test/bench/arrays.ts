import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { streams } from '#core/random/philox'

/** Named float32 arrays with their shapes. */
export type Arrays = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
>

/** Reproducible normal numbers of a shape, times `scale`. */
export function normal(name: string, shape: readonly number[], scale = 1): Arrays[string] {
  const rng = streams(2018)(name, 0)
  const size = shape.reduce((a, b) => a * b, 1)
  const values = Float32Array.from(
    { length: size },
    () => scale * Math.sqrt(-2 * Math.log(1 - rng.u())) * Math.cos(2 * Math.PI * rng.u()),
  )
  return { shape, values }
}

export function zeros(shape: readonly number[]): Arrays[string] {
  return { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) }
}

/** Writes <name>.bin for each array and shapes.json, for a peer to read; returns the folder. */
export function writeArrays(folder: string, arrays: Arrays): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, { values }] of Object.entries(arrays)) {
    writeFileSync(join(folder, `${name}.bin`), new Uint8Array(values.buffer))
  }
  const shapes = Object.entries(arrays).map(([name, { shape }]) => [name, shape])
  writeFileSync(join(folder, 'shapes.json'), JSON.stringify(Object.fromEntries(shapes)))
  return folder
}
