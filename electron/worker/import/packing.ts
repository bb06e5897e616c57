import type { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { badFile } from '../../plainFile.ts'
import type { InputFile } from './inputFile.ts'

/** What is in the file, where it is packed; as it is where it is not. */
export function unpacked(file: InputFile, raw: Readable): Readable {
  if (file.packing === null) return raw
  const unpack = file.packing === 'gzip' ? createGunzip() : createZstdDecompress()
  raw.on('error', (error) => unpack.destroy(error))
  return raw.pipe(unpack)
}

/** What a failed unpacking says of the file. */
export function brokenPacking(file: InputFile, error: unknown): Error {
  if (error instanceof Error && error.name === 'RpcError') return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why =
    code === 'Z_BUF_ERROR' || /unexpected end/i.test(String(error))
      ? 'it ends too early: copy the whole file again'
      : 'what is packed in it is damaged: copy the file again'
  return badFile(`${file.name} can not be unpacked (${file.packing ?? 'plain'}): ${why}`)
}
