import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { badFile, plainFileSize, unreadable } from '../../plainFile.ts'

type Packing = 'gzip' | 'zstd' | null

export interface InputFile {
  readonly path: string
  readonly name: string // for sentences: never a path
  readonly bytes: number
  readonly packing: Packing
}

/**
 * Looks at a file that somebody named.
 * @throws RpcError `BAD_FILE` when it is no plain file or of a kind that is never read
 */
export async function inputFile(path: string, name = basename(path)): Promise<InputFile> {
  const bytes = await plainFileSize(path)
  const start = await firstBytes(path, 8)
  const [a, b, c, d] = start
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) {
    throw badFile(`${name} is a zip archive or a spreadsheet: unpack it or save it as CSV`)
  }
  if (a === 0x42 && b === 0x5a && c === 0x68) {
    throw badFile(`${name} is packed by bzip2: unpack it, or pack it by gzip or zstd`)
  }
  if (a === 0xfd && b === 0x37 && c === 0x7a) {
    throw badFile(`${name} is packed by xz: unpack it, or pack it by gzip or zstd`)
  }
  const packing =
    a === 0x1f && b === 0x8b
      ? 'gzip'
      : a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd
        ? 'zstd'
        : null
  return { path, name, bytes, packing }
}

export const isParquet = async (path: string): Promise<boolean> =>
  Buffer.from(await firstBytes(path, 4)).toString('latin1') === 'PAR1'

async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
