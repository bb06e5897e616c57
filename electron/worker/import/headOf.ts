import { createReadStream } from 'node:fs'
import { badFile } from '../../plainFile.ts'
import type { InputFile } from './inputFile.ts'
import { brokenPacking, unpacked } from './packing.ts'
import { encodingOf, lastWhole, requireText } from './utf8.ts'

const headBytes = 256 * 1024

export interface Head {
  readonly text: string
  readonly isWhole: boolean
}

/**
 * Text of the first bytes of a file, unpacked.
 * @throws RpcError `BAD_FILE` for what is no text
 */
export async function headOf(file: InputFile): Promise<Head> {
  const pieces: Uint8Array[] = []
  let length = 0
  let isWhole = true
  const source = unpacked(file, createReadStream(file.path, { end: 4 * headBytes }))
  try {
    for await (const piece of source as AsyncIterable<Uint8Array>) {
      pieces.push(piece)
      length += piece.length
      if (length >= headBytes) {
        isWhole = false
        break
      }
    }
  } catch (error) {
    // a cut head of a packed file ends early; a broken one has nothing before
    if (length === 0) throw brokenPacking(file, error)
    isWhole = false
  }
  const bytes = Buffer.concat(pieces)
  const encoding = encodingOf(bytes)
  if (encoding.name === 'utf-8') requireText(file.name, bytes.subarray(0, lastWhole(bytes)))
  try {
    // a cut character at the end is not an error yet
    const decoder = new TextDecoder(encoding.name, { fatal: true })
    return { text: decoder.decode(bytes, { stream: true }), isWhole }
  } catch {
    throw badFile(`${file.name} is not ${encoding.name.toUpperCase()}: save it as UTF-8`)
  }
}
